// Dropout sets each number to 0 with probability p while a network learns, and divides the others by 1 - p, so that the
// mean stays what it was. On Fashion-MNIST a network learns well even with half of its units missing at each step.
#include "tinymlp/dropout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "catalogue/registry.h"
#include "data/source.h"
#include "grading/networks.h"
#include "grading/statistics.h"

namespace tinymlp::program {

namespace {

constexpr Index numbers = 16, draws = 10'000, seeds = 3;

/// What the layer makes of 0, 1, …, 15 in training, draw after draw: (draws, numbers).
std::vector<double> outputs_in_training(double p) {
  const auto device = make_cpu_device();
  Dropout layer(p);
  layer.join(1, 0);
  std::vector<Scalar> x(numbers), y(numbers);
  std::iota(x.begin(), x.end(), Scalar(0));
  std::vector<double> all;
  for (Index draw = 1; draw <= draws; ++draw) {
    const Step step{static_cast<std::uint64_t>(draw), 0};
    layer.forward({*device, &step}, {x.data(), 1, numbers}, {y.data(), 1, numbers});
    all.insert(all.end(), y.begin(), y.end());
  }
  return all;
}

/// The share of entries that are `factor` times the number they stand for.
double share_of(const std::vector<double>& outputs, double factor) {
  double count = 0;
  for (std::size_t i = 0; i < outputs.size(); ++i) count += outputs[i] == factor * static_cast<double>(i % numbers);
  return count / static_cast<double>(outputs.size());
}

double test_accuracy(const DataParts& parts, std::uint64_t seed) {
  Training training({.sizes = {784, 256, 256, 10},
                     .activation = "relu",
                     .initializer = make_initializer("he-normal"),
                     .dropout = 0.5,
                     .loss = "cross-entropy",
                     .coding = {.outputs = 10},
                     .threshold = 0,
                     .optimizer = sgd(0.1),
                     .batch_size = 256},
                    parts, seed);
  training.run(10);
  return training.test_accuracy();
}

void run_on_fashion(Trial& trial) {
  DataOptions options;
  options.data = "fashion-mnist";
  options.directory = trial.options().data_dir;
  const DataParts parts = load_parts(options);
  const std::vector<double> all =
      trial.for_each(seeds, [&](Index seed) { return test_accuracy(parts, static_cast<std::uint64_t>(seed)); });
  trial.claim("Fashion-MNIST, 784-256-256-10, dropout .5 and .5: test accuracy, median of 3 seeds", at_least(0.83),
              published("D2L, dropout"), median(all));
}

void run(Trial& trial) {
  const Origin definition = theory("Srivastava et al. 2014");
  const std::vector<double> none = outputs_in_training(0), half = outputs_in_training(0.5),
                            all = outputs_in_training(1);
  trial.claim("p = 0: share of entries that are as they were", near(1, 0), definition, share_of(none, 1));
  trial.claim("p = 1: share of entries that are 0", near(1, 0), definition, share_of(all, 0));
  // 0, the first number, is both 0 and doubled.
  trial.claim("p = 1/2: share of entries that are exactly 0 or doubled", near(1, 0), definition,
              share_of(half, 0) + share_of(half, 2) - 1.0 / numbers);
  double squares = 0;
  for (int x = 0; x < numbers; ++x) squares += x * x;
  const double mean_of_all = mean(half), expected = (numbers - 1) / 2.0;
  // An entry is x ± x: of 10,000 draws of 16 numbers the mean has this standard error.
  const double error = std::sqrt(squares / static_cast<double>(draws)) / numbers;
  trial.claim("p = 1/2: mean of 10,000 draws", near(expected, 3 * error), definition, mean_of_all);
  DotFigure figure{.name = "draws",
                   .title = "Dropout of 1/2 on 0, 1, …, 15: the mean of each of 200 draws",
                   .y_label = "mean of the 16 outputs",
                   .groups = {{"p = 0", {}}, {"p = 1/2", {}}, {"p = 1", {}}},
                   .lines = {{"mean of the inputs", expected}}};
  for (std::size_t draw = 0; draw < 200; ++draw) {
    std::size_t group = 0;
    for (const auto* outputs : {&none, &half, &all}) {
      const auto begin = outputs->begin() + static_cast<std::ptrdiff_t>(draw * numbers);
      figure.groups[group++].values.push_back(mean({begin, begin + numbers}));
    }
  }
  trial.figure(figure);
  if (trial.options().with_fashion)
    run_on_fashion(trial);
  else
    trial.note("With --with-fashion it also trains 784-256-256-10 with dropout on Fashion-MNIST.");
}

}  // namespace

Experiment dropout() {
  return {"dropout", "Dropout leaves out units and keeps the mean",
          "In training, dropout sets each entry to exactly 0 with probability p and divides the rest by 1 - p: for p = "
          "1/2 an entry is 0 or doubled, and over many draws the mean is kept. Outside of training it does nothing. A "
          "network with half of its hidden units missing in each step still learns Fashion-MNIST.",
          run};
}

}  // namespace tinymlp::program
