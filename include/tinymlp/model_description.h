// What a trained network is, beside its weights: its layers, what goes in and what its outputs mean. Enough to build it
// again and to read its predictions.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tinymlp/dataset.h"

namespace tinymlp {

/// Whether the loss takes outputs for logits, whose border between two classes is 0, and targets of 0 and 1: bce,
/// cross-entropy.
bool takes_logits(std::string_view loss);
/// Whether the loss is for classes only: those, and hinge.
bool is_for_classes(std::string_view loss);

struct ModelDescription {
  Index inputs = 0;
  std::vector<std::string> layers;  // "Dense(2, 16)", "tanh", "Dense(16, 1)"
  Task task = Task::regression;
  std::string loss = "mse";
  double low = 0, high = 1;  // the target of a wrong and of the right class
  InputScaling scaling;
  std::vector<std::string> feature_names;  // (inputs), or empty where unknown
  std::vector<std::string> class_names;    // (classes), sorted; empty for regression or where unknown
  std::string target_name = "target";

  /// The border between two classes for a network of one output: 0 for logits (bce), else halfway between their
  /// targets. Nothing for regression.
  std::optional<double> threshold() const;
};

}  // namespace tinymlp
