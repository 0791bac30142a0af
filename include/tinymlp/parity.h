// The same training on two devices: how far do they come apart?
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tinymlp/dataset.h"
#include "tinymlp/device.h"
#include "tinymlp/model_description.h"
#include "tinymlp/optimizers.h"
#include "tinymlp/trainer.h"

TINYMLP_BEGIN

/// What is trained, and how.
struct ParityTask {
  const DataSet& data;
  const ModelDescription& model;
  std::string_view initializer = "auto";
  std::uint64_t seed = 0;  // of the initial weights
  std::string_view optimizer = "sgd";
  OptimizerOptions optimizer_options = {};
  std::string_view schedule = "constant";  // each device gets its own, for a plateau remembers
  TrainerOptions trainer = {};             // its schedule is not used
  Index epochs = 20;
};

/// Of one array of parameters, after training.
struct TensorDifference {
  std::string name;          // "0.weight"
  Index size = 0;            // numbers compared
  double largest = 0;        // |a - b|; NaN if any number is
  double largest_value = 0;  // |a|, to compare with
};

struct Parity {
  bool same_start = false;                 // the initial parameters are equal, bit by bit
  std::vector<double> losses_a, losses_b;  // after each epoch
  double largest_loss_difference = 0;      // NaN if any loss is
  std::vector<TensorDifference> tensors;
  std::string recording_problem;  // why a device ran steps one by one that it could have recorded; empty if none did
};

/// Trains the task's network on both devices. Throws what training throws.
Parity compare_devices(Device& a, Device& b, const ParityTask& task);

TINYMLP_END
