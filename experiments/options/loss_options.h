// The options that choose a loss and what it takes for targets.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "options/arguments.h"
#include "options/setting.h"

namespace tinymlp::program {

struct LossOptions {
  std::string name = "auto";            // or the name of a loss
  std::optional<bool> plus_minus = {};  // classes are -1 and 1, not 0 and 1; nothing: as the loss takes them
};

std::vector<Option> loss_options();
LossOptions read_loss_options(const Arguments& arguments);
/// `loss`: as it was chosen, never auto.
Settings settings_of(const LossOptions& options, const std::string& loss);

}  // namespace tinymlp::program
