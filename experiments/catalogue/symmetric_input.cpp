// Inputs far from 0 make learning slow: then the loss is steep in one direction and flat in all others, and a learning
// rate that survives the one is too small for the rest (LeCun, Bottou, Orr, Müller 1998, "Efficient BackProp").
#include <cmath>

#include "catalogue/registry.h"
#include "grading/data.h"
#include "grading/networks.h"
#include "grading/statistics.h"
#include "output/text_format.h"

namespace tinymlp::program {

namespace {

constexpr Index seeds = 20, most_epochs = 1000;
constexpr double target_loss = 0.1;

enum class Inputs { standardized, raw, shifted };

/// Column by column.
void transform(DataSet& data, Inputs inputs) {
  for (std::size_t k = 0; k < 2; ++k) {
    double sum = 0, squares = 0;
    for (std::size_t i = k; i < data.inputs.size(); i += 2) sum += data.inputs[i];
    const auto rows = static_cast<double>(data.rows());
    for (std::size_t i = k; i < data.inputs.size(); i += 2) squares += std::pow(data.inputs[i] - sum / rows, 2);
    for (std::size_t i = k; i < data.inputs.size(); i += 2) {
      double& x = data.inputs[i];
      if (inputs == Inputs::shifted) x += 10;
      if (inputs == Inputs::standardized) x = (x - sum / rows) / std::sqrt(squares / rows);
    }
  }
}

/// Epochs until the training loss is below the target; the limit if it never is.
double epochs_to_target(Inputs inputs, std::uint64_t seed) {
  DataParts parts = halves("moons", seed);
  transform(parts.training, inputs);
  Training training({.sizes = {2, 16, 1}, .activation = "tanh", .loss = "bce", .optimizer = sgd(0.1), .batch_size = 16},
                    {parts.training, parts.training}, seed);
  for (Index epoch = 1; epoch <= most_epochs; ++epoch)
    if (training.epoch().loss < target_loss) return static_cast<double>(epoch);
  return most_epochs;
}

void run(Trial& trial) {
  DotFigure figure{.name = "epochs",
                   .title = "The same network on moons, its inputs standardized, as they are, and moved by 10",
                   .y_label = "epochs until the training loss is below 0.1",
                   .groups = {},
                   .log_y = true};
  std::vector<double> medians;
  for (const auto& [inputs, name] : {std::pair{Inputs::standardized, "standardized"}, std::pair{Inputs::raw, "raw"},
                                     std::pair{Inputs::shifted, "shifted by 10"}}) {
    const std::vector<double> epochs = trial.for_each(
        seeds, [chosen = inputs](Index seed) { return epochs_to_target(chosen, static_cast<std::uint64_t>(seed)); });
    medians.push_back(median(epochs));
    figure.groups.push_back({name, epochs});
  }
  const Origin lecun = published("LeCun, Bottou, Orr, Müller 1998");
  trial.claim("epochs when shifted over epochs when raw, medians of 20 seeds", at_least(3), lecun,
              medians[2] / medians[1]);
  trial.claim("epochs when shifted over epochs when standardized", at_least(3), lecun, medians[2] / medians[0]);
  trial.note("A run whose loss is not below " + fixed(target_loss, 1) + " after " + std::to_string(most_epochs) +
             " epochs counts with that number.");
  trial.figure(figure);
}

}  // namespace

Experiment symmetric_input() {
  return {"symmetric-input", "Inputs should lie around 0",
          "The same tanh network learns moons with inputs as they are, standardized, and moved by 10 in both "
          "directions. Moving them changes nothing about the problem, for a bias can undo it, but it saturates units "
          "at the start and makes the loss steep in one direction only: learning takes several times as many epochs. "
          "The same holds inside a network, where it speaks for activations whose outputs are centred.",
          run};
}

}  // namespace tinymlp::program
