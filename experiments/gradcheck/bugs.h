// Mistakes that people make in derivatives, planted in layers and losses of our own, to see which check finds them.
#pragma once
#include <string>
#include <vector>

#include "gradcheck/checks.h"

namespace tinymlp::program {

/// One planted mistake.
struct Bug {
  std::string name;     // "bias-last-row"
  std::string summary;  // what is wrong, in a line
  std::string lesson;   // how it is found, in a line or two
  /// Checks that find it, and some that do not.
  std::vector<GradientVerdict> (*check)();
};

const std::vector<Bug>& all_bugs();
std::vector<std::string> bug_names();

}  // namespace tinymlp::program
