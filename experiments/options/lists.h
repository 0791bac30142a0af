// Lists as users write them.
#pragma once
#include <string>
#include <vector>

namespace tinymlp::program {

/// The parts between commas, those in brackets not counted: "8:elu(1),hard-tanh(-1, 1)" has two.
std::vector<std::string> split_list(const std::string& text);

}  // namespace tinymlp::program
