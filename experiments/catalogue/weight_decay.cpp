// More features than samples: without weight decay the 200 weights fit the noise of 20 samples; with it they stay
// small. The book's experiment.
#include "catalogue/registry.h"
#include "grading/data.h"
#include "grading/networks.h"
#include "grading/statistics.h"

namespace tinymlp::program {

namespace {

constexpr Index features = 200, seeds = 20;

/// y = .05 + Σ .01 xᵢ + N(0, .01²), xᵢ from N(0, 1).
DataSet make_part(Index rows, Random& random) {
  std::vector<double> inputs, targets;
  for (Index row = 0; row < rows; ++row) {
    double y = 0.05;
    for (Index i = 0; i < features; ++i) {
      inputs.push_back(random.normal());
      y += 0.01 * inputs.back();
    }
    targets.push_back(y + 0.01 * random.normal());
  }
  return number_set("weight-decay", features, std::move(inputs), std::move(targets));
}

struct Result {
  double half_square, training, test;  // ½‖w‖², the two losses
};

Result train(double weight_decay, std::uint64_t seed) {
  Random random(seed, Purpose::data);
  DataParts parts;
  parts.training = make_part(20, random);
  parts.test = make_part(100, random);
  Training training({.sizes = {features, 1},
                     .initializer = make_initializer("normal(0.01)"),
                     .optimizer = sgd(0.01, 0, weight_decay),
                     .batch_size = 5},
                    parts, seed);
  training.run(10);
  double squares = 0;
  const std::vector<Tensor> tensors = training.network().parameter_tensors();
  for (const double weight : tensors[0].values) squares += weight * weight;
  return {squares / 2, training.training_metrics().loss, training.test_metrics().loss};
}

void run(Trial& trial) {
  struct Case {
    double weight_decay, earlier, book;
  };
  DotFigure figure{.name = "norms",
                   .title = "Weight decay keeps the weights small: 20 seeds",
                   .y_label = "½‖w‖² after 10 epochs",
                   .groups = {},
                   .settings = "set yrange [0:0.016]\n"};
  for (const auto& [weight_decay, earlier, book] : {Case{0, 0.0100, 0.00922}, Case{3, 0.0014, 0.00162}}) {
    const auto all = trial.for_each(
        seeds, [lambda = weight_decay](Index seed) { return train(lambda, static_cast<std::uint64_t>(seed)); });
    std::vector<double> squares, test;
    for (const Result& result : all) {
      squares.push_back(result.half_square);
      test.push_back(result.test);
    }
    const std::string name = "weight decay " + std::to_string(static_cast<int>(weight_decay));
    trial.claim(name + ": ½‖w‖², median of 20 seeds", near_relative(earlier, 0.2), measured("20 seeds"),
                median(squares));
    trial.claim(name + ": the book's single run lies among the 20 seeds",
                between(quantile(squares, 0), quantile(squares, 1)), published("D2L, weight decay"), book);
    figure.groups.push_back({name, squares});
  }
  trial.figure(figure);
}

}  // namespace

Experiment weight_decay() {
  return {"weight-decay", "Weight decay keeps weights small",
          "The book's experiment: 200 features, 20 training samples. Plain gradient descent uses the spare weights to "
          "fit the noise; with a weight decay of 3, which adds 3w to the gradient, half the squared norm of the "
          "weights ends about seven times smaller.",
          run};
}

}  // namespace tinymlp::program
