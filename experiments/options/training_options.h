// The options that choose how a network is trained.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "options/arguments.h"
#include "options/loss_options.h"
#include "options/optimizer_options.h"
#include "options/setting.h"
#include "tinymlp/dataset.h"
#include "tinymlp/trainer.h"

namespace tinymlp::program {

struct TrainingOptions {
  LossOptions loss;
  OptimizerChoice optimizer;
  std::optional<Index> batch_size;  // nothing: the whole set
  Index epochs = 0;
  std::optional<Index> patience;  // of early stopping
  std::uint64_t seed = 0;
  bool shuffle = true;
};

OptionGroup training_option_group();
TrainingOptions read_training_options(const Arguments& arguments);
/// The loss is given as it was chosen, never as auto.
Settings settings_of(const TrainingOptions& options, const std::string& loss);
/// Throws InputError if there is a patience, and no row that it could look at.
void check_validation_part(const TrainingOptions& options, const DataParts& parts);
/// All but the schedule, which somebody must own.
TrainerOptions trainer_options(const TrainingOptions& options, Index rows, std::optional<double> threshold);

}  // namespace tinymlp::program
