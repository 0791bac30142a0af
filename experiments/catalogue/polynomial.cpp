// Too few features underfit, too many overfit: the book's polynomial of degree 3, learnt with the features xⁱ/i! up to
// the right degree, with too few of them, and with many more.
#include <cmath>

#include "catalogue/registry.h"
#include "grading/data.h"
#include "grading/networks.h"
#include "grading/statistics.h"

namespace tinymlp::program {

namespace {

constexpr Index seeds = 20, rows = 100;

/// y = 5 + 1.2 x - 3.4 x²/2! + 5.6 x³/3! + N(0, .1²), x from N(0, 1). The features are x, x²/2!, …: the network's bias
/// stands for the constant one.
DataSet make_part(Index features, Random& random) {
  std::vector<double> inputs, targets;
  for (Index row = 0; row < rows; ++row) {
    const double x = random.normal();
    double power = 1;
    for (Index i = 1; i <= features; ++i) {
      power *= x / static_cast<double>(i);
      inputs.push_back(power);
    }
    targets.push_back(5 + 1.2 * x - 3.4 * x * x / 2 + 5.6 * x * x * x / 6 + 0.1 * random.normal());
  }
  return number_set("polynomial", features, std::move(inputs), std::move(targets));
}

struct Losses {
  double training, test;
};

Losses train(Index degree, Index epochs, std::uint64_t seed) {
  Random random(seed, Purpose::data);
  DataParts parts;
  parts.training = make_part(degree - 1, random);
  parts.test = make_part(degree - 1, random);
  Training training({.sizes = {degree - 1, 1},
                     .initializer = make_initializer("normal(0.01)"),
                     .loss = "mse",
                     .optimizer = sgd(0.01),
                     .batch_size = 10},
                    parts, seed);
  training.run(epochs);
  return {training.training_metrics().loss, training.test_metrics().loss};
}

void run(Trial& trial) {
  struct Case {
    Index degree, epochs;
    const char* name;
  };
  DotFigure figure{.name = "losses",
                   .title = "A polynomial learnt with too few, enough and too many features",
                   .y_label = "mse",
                   .groups = {},
                   .x_label = "features, part of the data",
                   .log_y = true};
  double enough = 0;  // the median test loss with four features
  for (const auto& [degree, epochs, name] :
       {Case{4, 400, "4 features"}, Case{2, 400, "2 features"}, Case{20, 1500, "20 features"}}) {
    const auto all = trial.for_each(seeds, [features = degree, most = epochs](Index seed) {
      return train(features, most, static_cast<std::uint64_t>(seed));
    });
    std::vector<double> training, test;
    for (const Losses& losses : all) {
      training.push_back(losses.training);
      test.push_back(losses.test);
    }
    const std::string text(name);
    if (degree == 4) {
      enough = median(test);
      trial.claim(text + ": training loss, median of 20 seeds", near_relative(0.0095, 0.3), measured("20 seeds"),
                  median(training));
      trial.claim(text + ": test loss", near_relative(0.012, 0.3), measured("20 seeds"), median(test));
    } else if (degree == 2) {
      trial.claim(text + ": training loss", between(6, 14), measured("20 seeds"), median(training));
      trial.claim(text + ": test loss", between(6, 14), measured("20 seeds"), median(test));
    } else {
      trial.claim(text + ": test loss", between(0.012, 0.022), measured("20 seeds"), median(test));
      trial.claim(text + ": test loss over that of 4 features", at_least(1), measured("20 seeds"),
                  median(test) / enough);
    }
    figure.groups.push_back({std::to_string(degree) + ", train", training});
    figure.groups.push_back({std::to_string(degree) + ", test", test});
  }
  trial.figure(figure);
}

}  // namespace

Experiment polynomial() {
  return {
      "polynomial", "Underfitting and overfitting a polynomial",
      "The book's polynomial of degree 3 with noise of variance .01. With its four features (1, x, x²/2!, x³/3!) "
      "linear regression reaches the noise on training and test points alike. With two it underfits: both losses stay "
      "large. With twenty it fits the training points' noise as well, and the test loss is higher than it need be.",
      run};
}

}  // namespace tinymlp::program
