// Reads the options of optimizers.
#include "options/optimizer_options.h"

#include "tinymlp/error.h"
#include "tinymlp/names.h"
#include "tinymlp/schedule.h"

namespace tinymlp::program {

namespace {

constexpr Index most_warmup_epochs = 1'000'000'000;

/// What make_optimizer refuses as well, in words of the command line.
void check(const OptimizerChoice& choice) {
  const auto& [name, settings, schedule, warmup, clip_norm] = choice;
  if (settings.momentum != 0 && name != "sgd" && name != "rmsprop")
    throw InputError("the optimizer " + name + " takes no momentum (--momentum): leave it out, or use sgd or rmsprop");
  if (settings.nesterov && name != "sgd")
    throw InputError("Nesterov's momentum is sgd's, not " + name + "'s (--nesterov): leave it out, or use sgd");
  if (settings.nesterov && settings.momentum == 0)
    throw InputError("there is no momentum (--nesterov): give one, as --momentum 0.9");
  make_optimizer(name, settings);
}

}  // namespace

std::vector<Option> optimizer_options() {
  return {{"optimizer", "NAME", "sgd, adam, adamw, rmsprop or adagrad", "sgd"},
          {"learning-rate,lr", "X", "step size, for each optimizer; --lr is the same", "0.1"},
          {"momentum", "X", "of sgd and rmsprop, from 0 to below 1", "0"},
          {"nesterov", "", "Nesterov's kind of momentum, for sgd"},
          {"weight-decay", "X",
           "adds X times the weights to their gradient; adamw's shrinks them itself (default: 0, for adamw 0.01)"},
          {"l1", "X", "adds X times the weights' signs to their gradient", "0"},
          {"decay-biases", "", "both penalties for biases, too"},
          {"clip-norm", "X", "shortens all gradients together to at most this norm, before any penalty; 0: never", "0"},
          {"schedule", "NAME",
           "of the learning rate: constant, step(EVERY,FACTOR), exponential(FACTOR), cosine or "
           "plateau(PATIENCE,FACTOR); EVERY and PATIENCE count epochs",
           "constant"},
          {"warmup", "N", "epochs in which the learning rate rises to its full size, step by step", "0"}};
}

OptimizerChoice read_optimizer_options(const Arguments& arguments) {
  OptimizerChoice choice;
  choice.name = arguments.choice("optimizer", optimizer_names());
  choice.settings.learning_rate = arguments.number("learning-rate");
  choice.settings.momentum = arguments.number("momentum", {.highest = 1, .below = true});
  choice.settings.nesterov = arguments.flag("nesterov");
  choice.settings.weight_decay =
      arguments.given("weight-decay") ? arguments.number("weight-decay") : default_weight_decay(choice.name);
  choice.settings.decay_biases = arguments.flag("decay-biases");
  choice.settings.l1 = arguments.number("l1");
  choice.clip_norm = arguments.number("clip-norm");
  choice.warmup = arguments.whole("warmup", 0, most_warmup_epochs);
  try {
    choice.schedule = make_schedule(arguments.text("schedule"))->describe();
  } catch (const InputError& error) {
    throw InputError("--schedule: " + std::string(error.what()));
  }
  check(choice);
  return choice;
}

Settings settings_of(const OptimizerChoice& choice) {
  const auto& [name, settings, schedule, warmup, clip_norm] = choice;
  return {{"optimizer", name},
          {"learning-rate", settings.learning_rate},
          {"momentum", settings.momentum},
          {"nesterov", settings.nesterov},
          {"weight-decay", settings.weight_decay.value_or(default_weight_decay(name))},
          {"l1", settings.l1},
          {"decay-biases", settings.decay_biases},
          {"clip-norm", clip_norm},
          {"schedule", schedule},
          {"warmup", warmup}};
}

}  // namespace tinymlp::program
