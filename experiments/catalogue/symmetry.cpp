// Hidden units that start equal stay equal: gradient descent gives them the same gradients, so that a whole layer of
// them is one unit. Random initial weights break the symmetry, and so does dropout.
#include <cmath>

#include "catalogue/registry.h"
#include "grading/networks.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/dropout.h"

namespace tinymlp::program {

namespace {

constexpr Index steps = 200;

struct Course {
  std::vector<double> differences;  // of the two hidden units' weights and biases, absolute, summed, after each step
  double moved = 0;                 // of a weight of theirs, from its beginning to the end
};

Course train(double dropout, std::uint64_t seed) {
  Initializer constant = make_initializer("zeros");
  constant.weights = [](std::span<double> weights, Index, Index, Random&) { std::ranges::fill(weights, 0.5); };
  const auto device = make_cpu_device();
  Network network(*device, 2, seed, Dense(2, 2, constant), Activation<Tanh>(), Dropout(dropout), Dense(2, 1, constant));
  const HalfMeanSquaredError loss;
  const auto optimizer = sgd(0.2)();
  FullBatch training(network, loss, *optimizer, {0, 0, 0, 1, 1, 0, 1, 1}, {0, 1, 1, 0});
  Course course;
  for (Index step = 0; step < steps; ++step) {
    training.step();
    const std::vector<Tensor> tensors = network.parameter_tensors();
    const std::vector<double>&w = tensors[0].values, &b = tensors[1].values, &v = tensors[2].values;
    course.moved = std::abs(w[0] - 0.5);
    course.differences.push_back(std::abs(w[0] - w[2]) + std::abs(w[1] - w[3]) + std::abs(b[0] - b[1]) +
                                 std::abs(v[0] - v[1]));
  }
  return course;
}

void run(Trial& trial) {
  const Course without = train(0, 1);
  trial.claim("plain gradient descent: largest difference of the two units in 200 steps", near(0, 0),
              theory("equal weights have equal gradients; D2L, breaking the symmetry"),
              *std::ranges::max_element(without.differences));
  trial.claim("plain gradient descent: how far a weight of theirs moves meanwhile", at_least(0.1),
              theory("they learn, as one unit"), without.moved);
  const auto with = trial.for_each(20, [](Index seed) { return train(0.5, static_cast<std::uint64_t>(seed)); });
  double least = INFINITY;
  for (const auto& one : with) least = std::min(least, one.differences.back());
  trial.claim("with dropout 1/2: smallest difference after 200 steps, of 20 seeds", at_least(1e-4),
              theory("dropout gives them different gradients"), least);
  Curve plain{"plain gradient descent", {}, without.differences},
      dropped{"with dropout 1/2", {}, with[0].differences, Curve::Look::line};
  for (Index step = 1; step <= steps; ++step) plain.x.push_back(static_cast<double>(step));
  dropped.x = plain.x;
  trial.figure(CurveFigure{.name = "difference",
                           .title = "Two hidden units that start equal",
                           .x_label = "step",
                           .y_label = "difference of their weights and biases, summed",
                           .curves = {dropped, plain},
                           .settings = "set yrange [-0.1:]\n"});
}

}  // namespace

Experiment symmetry() {
  return {"symmetry", "Units that start equal stay equal",
          "In a 2-2-1 network whose weights all start at the same number, the two hidden units see the same inputs and "
          "the same gradients, and stay equal to the last bit: the layer counts as one unit. This is why weights start "
          "at random. Dropout, which leaves out one or the other, tells them apart as well.",
          run};
}

}  // namespace tinymlp::program
