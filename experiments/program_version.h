// Which program this is.
#pragma once
#include <string>

namespace tinymlp::program {

std::string program_version();  // "0.1.0"
std::string program_commit();   // of the sources, or "unknown"

}  // namespace tinymlp::program
