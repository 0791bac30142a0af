// Reads the options of training.
#include "options/training_options.h"

#include <limits>

#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/losses.h"

namespace tinymlp::program {

namespace {

constexpr Index most_rows = std::numeric_limits<std::int32_t>::max();
constexpr Index most_epochs = 1'000'000'000;

std::vector<std::string> with_auto(std::vector<std::string> names) {
  names.insert(names.begin(), "auto");
  return names;
}

std::optional<Index> read_batch_size(const Arguments& arguments) {
  const std::string text = arguments.text("batch-size");
  if (text == "full") return std::nullopt;
  if (text.find_first_not_of("+-0123456789") != std::string::npos)
    throw InputError(in_quotes(text) + " is no batch size (--batch-size): give a whole number, or full");
  return arguments.whole("batch-size", 1, most_rows);
}

}  // namespace

OptionGroup training_option_group() {
  return {"Training",
          {{"loss", "NAME",
            "auto, mse, half-mse, bce or cross-entropy; auto: mse for numbers, bce for two classes, else "
            "cross-entropy",
            "auto"},
           {"optimizer", "NAME", "sgd", "sgd"},
           {"learning-rate,lr", "X", "step size; --lr is the same", "0.1"},
           {"momentum", "X", "from 0 to below 1", "0"},
           {"nesterov", "", "Nesterov's kind of momentum"},
           {"weight-decay", "X", "adds X times the weights to their gradient", "0"},
           {"decay-biases", "", "weight decay for biases, too"},
           {"batch-size", "N|full", "samples in a step", "32"},
           {"epochs", "N", "passes through the training rows", "100"},
           {"patience", "N",
            "end after N epochs without a lower validation loss (--validation-fraction), with the best weights"},
           {"seed", "S", "of the initial weights and of the order of samples", "0"},
           {"no-shuffle", "", "take the rows in their order, every epoch"}}};
}

TrainingOptions read_training_options(const Arguments& arguments) {
  TrainingOptions options;
  options.loss = arguments.choice("loss", with_auto(loss_names()));
  arguments.choice("optimizer", {"sgd"});
  options.sgd.learning_rate = arguments.number("learning-rate");
  options.sgd.momentum = arguments.number("momentum", {.highest = 1, .below = true});
  options.sgd.nesterov = arguments.flag("nesterov");
  options.sgd.weight_decay = arguments.number("weight-decay");
  options.sgd.decay_biases = arguments.flag("decay-biases");
  if (options.sgd.nesterov && options.sgd.momentum == 0)
    throw InputError("there is no momentum (--nesterov): give one, as --momentum 0.9");
  const Sgd checked(options.sgd);
  options.batch_size = read_batch_size(arguments);
  options.epochs = arguments.whole("epochs", 0, most_epochs);
  if (arguments.given("patience")) options.patience = arguments.whole("patience", 1, most_epochs);
  options.seed = arguments.seed("seed");
  options.shuffle = !arguments.flag("no-shuffle");
  return options;
}

Settings settings_of(const TrainingOptions& options, const std::string& loss) {
  Settings settings{{"loss", loss},
                    {"optimizer", "sgd"},
                    {"learning-rate", options.sgd.learning_rate},
                    {"momentum", options.sgd.momentum},
                    {"nesterov", options.sgd.nesterov},
                    {"weight-decay", options.sgd.weight_decay},
                    {"decay-biases", options.sgd.decay_biases},
                    {"batch-size", options.batch_size ? SettingValue(*options.batch_size) : SettingValue("full")},
                    {"epochs", options.epochs},
                    {"seed", options.seed},
                    {"no-shuffle", !options.shuffle}};
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
          .threshold = threshold};
}

}  // namespace tinymlp::program
