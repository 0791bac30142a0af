// Reads the options of training.
#include "options/training_options.h"

#include <limits>

#include "text.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

constexpr Index most_rows = std::numeric_limits<std::int32_t>::max();
constexpr Index most_epochs = 1'000'000'000;

std::optional<Index> read_batch_size(const Arguments& arguments) {
  const std::string text = arguments.text("batch-size");
  if (text == "full") return std::nullopt;
  if (text.find_first_not_of("+-0123456789") != std::string::npos)
    throw InputError(in_quotes(text) + " is no batch size (--batch-size): give a whole number, or full");
  return arguments.whole("batch-size", 1, most_rows);
}

}  // namespace

OptionGroup training_option_group() {
  OptionGroup group{"Training", loss_options()};
  const auto add = [&](const std::vector<Option>& options) {
    group.options.insert(group.options.end(), options.begin(), options.end());
  };
  add(optimizer_options());
  add({{"batch-size", "N|full", "samples in a step", "32"},
       {"epochs", "N", "passes through the training rows", "100"},
       {"patience", "N",
        "end after N epochs without a lower validation loss (--validation-fraction), with the best weights"},
       {"seed", "S", "of the initial weights, the order of samples and dropout", "0"},
       {"no-shuffle", "", "take the rows in their order, every epoch"}});
  return group;
}

TrainingOptions read_training_options(const Arguments& arguments) {
  TrainingOptions options;
  options.loss = read_loss_options(arguments);
  options.optimizer = read_optimizer_options(arguments);
  options.batch_size = read_batch_size(arguments);
  options.epochs = arguments.whole("epochs", 0, most_epochs);
  if (arguments.given("patience")) options.patience = arguments.whole("patience", 1, most_epochs);
  options.seed = arguments.seed("seed");
  options.shuffle = !arguments.flag("no-shuffle");
  if (options.optimizer.warmup > options.epochs)
    throw InputError("the warm-up takes " + std::to_string(options.optimizer.warmup) + " epochs of " +
                     std::to_string(options.epochs) + " (--warmup): give a smaller number, or more --epochs");
  return options;
}

Settings settings_of(const TrainingOptions& options, const std::string& loss) {
  Settings settings = settings_of(options.loss, loss);
  const auto add = [&](const Settings& part) { settings.insert(settings.end(), part.begin(), part.end()); };
  add(settings_of(options.optimizer));
  add({{"batch-size", options.batch_size ? SettingValue(*options.batch_size) : SettingValue("full")},
       {"epochs", options.epochs},
       {"seed", options.seed},
       {"no-shuffle", !options.shuffle}});
  if (options.patience) settings.emplace_back("patience", *options.patience);
  return settings;
}

void check_validation_part(const TrainingOptions& options, const DataParts& parts) {
  if (options.patience && parts.validation.rows() == 0)
    throw InputError("there is no validation part to look at (--patience): give --validation-fraction, as 0.2");
}

TrainerOptions trainer_options(const TrainingOptions& options, Index rows, std::optional<double> threshold) {
  return {.batch_size = options.batch_size.value_or(rows),
          .seed = options.seed,
          .shuffle = options.shuffle,
          .threshold = threshold,
          .warmup_epochs = options.optimizer.warmup,
          .planned_epochs = options.epochs,
          .clip_norm = options.optimizer.clip_norm};
}

}  // namespace tinymlp::program
