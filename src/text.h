// Small services for texts that come from outside: shown safely in messages, checked for their encoding.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tinymlp/matrix.h"

namespace tinymlp {

/// The text without blanks (spaces and tabs) at its ends.
std::string_view trim(std::string_view text);

/// Whether the bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF).
bool is_utf8(std::string_view bytes);

/// The text in double quotes for a message: on one line, at most about 60 bytes, what cannot be printed as \x0A.
std::string in_quotes(std::string_view text);

/// "(16, 2)"
std::string shape_text(const std::vector<Index>& shape);

}  // namespace tinymlp
