// The built-in optimizers by name.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tinymlp/adagrad.h"
#include "tinymlp/adam.h"
#include "tinymlp/rmsprop.h"
#include "tinymlp/sgd.h"

TINYMLP_BEGIN

/// The settings that they share; all else has PyTorch's default.
struct OptimizerOptions {
  double learning_rate = 0.1;
  double momentum = 0;                      // sgd, rmsprop
  bool nesterov = false;                    // sgd
  std::optional<double> weight_decay = {};  // nothing: 0.01 for adamw, 0 for all others
  bool decay_biases = false;
  double l1 = 0;
};

/// "sgd", "adam", "adamw", "rmsprop", "adagrad". Throws InputError for another name, a value out of range, a momentum
/// or Nesterov's where the optimizer has none.
std::unique_ptr<Optimizer> make_optimizer(std::string_view name, const OptimizerOptions& options);
std::vector<std::string> optimizer_names();

/// What OptimizerOptions::weight_decay is where nothing is given.
double default_weight_decay(std::string_view optimizer);

TINYMLP_END
