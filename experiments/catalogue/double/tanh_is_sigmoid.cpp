// tanh(z) = 2σ(2z) - 1: a network with tanh can be rewritten, exactly, as one with sigmoid. They differ in how they
// learn, not in what they can represent.
#include <cmath>

#include "catalogue/registry.h"
#include "grading/data.h"
#include "grading/networks.h"

namespace tinymlp::program {

namespace {

/// W₁' = 2 W₁, b₁' = 2 b₁, W₂' = 2 W₂, b₂' = b₂ - W₂ 1.  W₂: (1, hidden).
void rewrite(std::vector<Tensor>& tensors) {
  for (std::size_t i = 0; i < 2; ++i)
    for (double& value : tensors[i].values) value *= 2;
  for (double& value : tensors[2].values) {
    tensors[3].values[0] -= value;
    value *= 2;
  }
}

double largest_difference(std::uint64_t seed) {
  const std::vector<Index> sizes{2, 8, 1};
  const TrainingPlan plan{.sizes = sizes, .activation = "tanh", .coding = {1, -1, 1}, .threshold = 0};
  const DataParts parts = halves("moons", seed);
  Training training(plan, parts, seed);
  training.run(50);
  std::vector<Tensor> tensors = training.network().parameter_tensors();
  rewrite(tensors);
  const auto device = make_cpu_device();
  Network rewritten(*device, 2, 0, dense_stack(sizes, "sigmoid", "identity", make_initializer("zeros")));
  rewritten.set_parameters(tensors);
  const std::vector<double> a = network_outputs(training.network(), parts.test.inputs),
                            b = network_outputs(rewritten, parts.test.inputs);
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

void run(Trial& trial) {
  const std::vector<double> differences =
      trial.for_each(5, [](Index seed) { return largest_difference(static_cast<std::uint64_t>(seed)); });
  trial.claim("5 trained 2-8-1 tanh networks, rewritten with sigmoid: largest difference of an output", near(0, 1e-12),
              theory("tanh(z) = 2 sigmoid(2z) - 1; D2L, exercise on activations"),
              *std::ranges::max_element(differences));
  Curve tanh_curve{"tanh(z)", evenly_spaced(-4, 4, 161), {}}, sigmoid{"sigmoid(z)", tanh_curve.x, {}},
      moved{"2 sigmoid(2z) - 1", {}, {}, Curve::Look::points};
  for (const double z : tanh_curve.x) {
    tanh_curve.y.push_back(std::tanh(z));
    sigmoid.y.push_back(1 / (1 + std::exp(-z)));
  }
  for (const double z : evenly_spaced(-4, 4, 33)) {
    moved.x.push_back(z);
    moved.y.push_back(2 / (1 + std::exp(-2 * z)) - 1);
  }
  trial.figure(CurveFigure{.name = "curves",
                           .title = "tanh is a sigmoid, stretched and moved",
                           .x_label = "z",
                           .y_label = "value",
                           .curves = {tanh_curve, sigmoid, moved}});
}

}  // namespace

Experiment tanh_is_sigmoid() {
  return {"tanh-is-sigmoid", "A tanh network is a sigmoid network in other clothes",
          "Since tanh(z) = 2σ(2z) - 1, doubling the first layer and the second one's weights, and moving the last "
          "bias, turns a trained tanh network into a sigmoid network with the same outputs. What the two can represent "
          "is the same; that tanh usually learns faster is a matter of training: its outputs have mean 0.",
          run};
}

}  // namespace tinymlp::program
