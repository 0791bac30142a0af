// What collapse tells.
#pragma once
#include <string>

#include "collapse/examine.h"

namespace tinymlp::program {

std::string collapse_text(const Subject& subject, const Collapse& collapse);
/// One line, an object.
std::string collapse_json(const Subject& subject, const Collapse& collapse);

}  // namespace tinymlp::program
