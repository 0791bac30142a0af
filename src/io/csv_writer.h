// Texts as fields of a CSV.
#pragma once
#include <string>
#include <string_view>

namespace tinymlp {

/// The text as a field that reads back as the same: in quotes where it has to be.
std::string csv_text(std::string_view text);

}  // namespace tinymlp
