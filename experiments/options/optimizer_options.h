// The options that choose how parameters move: the optimizer, its penalties, its learning rate over time.
#pragma once
#include <string>
#include <vector>

#include "options/arguments.h"
#include "options/setting.h"
#include "tinymlp/optimizers.h"

namespace tinymlp::program {

struct OptimizerChoice {
  std::string name;
  OptimizerOptions settings;
  std::string schedule;  // in its full form: "step(30,0.1)"
  Index warmup = 0;      // epochs
  double clip_norm = 0;  // 0: no limit
};

std::vector<Option> optimizer_options();
/// Throws InputError for settings that the optimizer does not have.
OptimizerChoice read_optimizer_options(const Arguments& arguments);
Settings settings_of(const OptimizerChoice& choice);

}  // namespace tinymlp::program
