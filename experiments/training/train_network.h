// Trains a network as the options say: loss, optimizer, trainer and evaluators joined. What every command that trains
// calls, so that an option means the same in each.
#pragma once
#include "options/training_options.h"
#include "tinymlp/dataset.h"
#include "tinymlp/model_description.h"
#include "tinymlp/network.h"
#include "training/fit.h"

namespace tinymlp::program {

/// What is trained, and how. All of it must outlive the training.
struct TrainingTask {
  const TrainingOptions& options;
  const DataParts& parts;
  const ModelDescription& model;
};

/// Trains `network`, which the task's model describes, on its device. Divergence is in the result, not thrown. Throws
/// InputError if there is a patience and no validation part.
FitResult train_network(const TrainingTask& task, Network& network, Progress& progress, const FitOptions& fitting);

}  // namespace tinymlp::program
