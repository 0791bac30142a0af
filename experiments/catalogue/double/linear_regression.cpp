// Linear regression by mini-batches. For inputs of variance 1, a step of size η brings each weight nearer to its
// optimum by the factor 1 - η; what is left after 96 steps is (1 - .03)^96 of the start. With more steps, gradient
// descent ends at the least-squares solution.
#include <cmath>

#include "catalogue/registry.h"
#include "grading/data.h"
#include "grading/linear_algebra.h"
#include "grading/networks.h"
#include "grading/statistics.h"

namespace tinymlp::program {

namespace {

constexpr double truth[] = {2, -3.4, 4.2};  // w₁, w₂, b
constexpr double learning_rate = 0.03;

DataSet make_data(std::uint64_t seed) {
  Random random(seed, Purpose::data);
  std::vector<double> x, t;
  for (int i = 0; i < 1000; ++i) {
    const double a = random.normal(), b = random.normal();
    x.insert(x.end(), {a, b});
    t.push_back(truth[0] * a + truth[1] * b + truth[2] + 0.01 * random.normal());
  }
  return number_set("linear", 2, std::move(x), std::move(t));
}

std::vector<double> weights_of(const Network& network) {
  const std::vector<Tensor> tensors = network.parameter_tensors();
  return {tensors[0].values[0], tensors[0].values[1], tensors[1].values[0]};
}

struct Errors {
  std::vector<double> left;  // |error| after three epochs, as a share of the start's: w₁, w₂, b
  double to_least_squares;   // the largest difference of a parameter after many steps on all samples
};

Errors train(std::uint64_t seed) {
  const DataSet data = make_data(seed);
  Training training({.sizes = {2, 1}, .initializer = make_initializer("zeros"), .optimizer = sgd(learning_rate)},
                    {data, data}, seed);
  training.run(3);
  Errors errors{{}, 0};
  const std::vector<double> learnt = weights_of(training.network());
  for (std::size_t i = 0; i < 3; ++i) errors.left.push_back(std::abs((learnt[i] - truth[i]) / truth[i]));

  const HalfMeanSquaredError loss;
  const auto optimizer = sgd(0.5)();
  FullBatch all(training.network(), loss, *optimizer, data.inputs, data.targets);
  for (int step = 0; step < 500; ++step) all.step();
  const std::vector<double> end = weights_of(training.network()), best = least_squares(data.inputs, data.targets);
  for (std::size_t i = 0; i < 3; ++i)
    errors.to_least_squares = std::max(errors.to_least_squares, std::abs(end[i] - best[i]));
  return errors;
}

void run(Trial& trial) {
  const auto all = trial.for_each(20, [](Index seed) { return train(static_cast<std::uint64_t>(seed)); });
  const char* const names[] = {"w1", "w2", "b"};
  const double expected = std::pow(1 - learning_rate, 96);
  DotFigure figure{.name = "errors",
                   .title = "Linear regression: what is left of each error after three epochs",
                   .y_label = "share of the error at the start",
                   .groups = {},
                   .settings = "set yrange [0:0.12]\n",
                   .lines = {{"0.97^96", expected}}};
  for (std::size_t i = 0; i < 3; ++i) {
    std::vector<double> left;
    for (const Errors& errors : all) left.push_back(errors.left[i]);
    trial.claim(std::string(names[i]) + ": share of its error left after 3 epochs, median of 20 seeds",
                near_relative(expected, 0.5), theory("(1 - learning rate)^steps; D2L, linear regression"),
                median(left));
    figure.groups.push_back({names[i], left});
  }
  double farthest = 0;
  for (const Errors& errors : all) farthest = std::max(farthest, errors.to_least_squares);
  trial.claim("all samples, 500 steps more: largest distance to the least-squares solution, of 20 seeds", near(0, 1e-9),
              theory("normal equations"), farthest);
  trial.figure(figure);
}

}  // namespace

Experiment linear_regression() {
  return {"linear-regression", "Gradient descent approaches the least-squares solution",
          "The book's first model: two weights and a bias, learnt from 1000 noisy samples. Each step of mini-batch "
          "gradient descent removes about 3 % of each error, so that 96 steps leave 0.97^96, a twentieth. Steps on all "
          "samples end at the solution of the normal equations, to the last digits.",
          run};
}

}  // namespace tinymlp::program
