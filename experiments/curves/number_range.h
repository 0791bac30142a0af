// The range LOW:HIGH:STEP of --range, its end excluded.
#pragma once
#include <string>
#include <vector>

namespace tinymlp::program {

/// LOW, LOW + STEP, … below HIGH. Where LOW is a whole multiple of STEP, each number is one, so that -8:8:0.1 has an
/// exact 0 in its middle. `option` names the range's place in messages. Throws InputError unless the text is such a
/// range, of at most a million numbers.
std::vector<double> read_range(const std::string& text, const std::string& option);

}  // namespace tinymlp::program
