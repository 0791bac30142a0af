#include "tinymlp/optimizers.h"

#include "tinymlp/error.h"
#include "tinymlp/names.h"

TINYMLP_BEGIN

std::unique_ptr<Optimizer> make_optimizer(std::string_view name, const OptimizerOptions& options) {
  const double rate = options.learning_rate;
  const double decay = options.weight_decay.value_or(default_weight_decay(name));
  const bool biases = options.decay_biases;
  std::unique_ptr<Optimizer> optimizer;
  if (name == "sgd")
    optimizer = std::make_unique<Sgd>(SgdOptions{.learning_rate = rate,
                                                 .momentum = options.momentum,
                                                 .nesterov = options.nesterov,
                                                 .weight_decay = decay,
                                                 .decay_biases = biases,
                                                 .l1 = options.l1});
  else if (name == "adam" || name == "adamw")
    optimizer = std::make_unique<Adam>(AdamOptions{.learning_rate = rate,
                                                   .weight_decay = decay,
                                                   .decoupled = name == "adamw",
                                                   .decay_biases = biases,
                                                   .l1 = options.l1});
  else if (name == "rmsprop")
    optimizer = std::make_unique<RmsProp>(RmsPropOptions{.learning_rate = rate,
                                                         .momentum = options.momentum,
                                                         .weight_decay = decay,
                                                         .decay_biases = biases,
                                                         .l1 = options.l1});
  else if (name == "adagrad")
    optimizer = std::make_unique<Adagrad>(
        AdagradOptions{.learning_rate = rate, .weight_decay = decay, .decay_biases = biases, .l1 = options.l1});
  else
    throw InputError(unknown_name("optimizer", name, optimizer_names()));
  if (options.momentum != 0 && name != "sgd" && name != "rmsprop")
    throw InputError("the optimizer " + std::string(name) + " takes no momentum: leave it out, or use sgd or rmsprop");
  if (options.nesterov && name != "sgd")
    throw InputError("Nesterov's momentum is sgd's, not " + std::string(name) + "'s: leave it out, or use sgd");
  return optimizer;
}

std::vector<std::string> optimizer_names() { return {"sgd", "adam", "adamw", "rmsprop", "adagrad"}; }

double default_weight_decay(std::string_view optimizer) { return optimizer == "adamw" ? 0.01 : 0; }

TINYMLP_END
