// A ReLU network is a function of straight pieces. One hidden layer of N units bends at most N times; layers in a row
// multiply: L layers of two units fold the line 2^L times (Montúfar, Pascanu, Cho, Bengio 2014; Telgarsky 2015).
#include <algorithm>
#include <cmath>

#include "catalogue/registry.h"
#include "grading/data.h"
#include "grading/networks.h"
#include "grading/statistics.h"

namespace tinymlp::program {

namespace {

/// Straight pieces of y over evenly spaced points. A bend between two points changes the slope twice in a row.
double count_pieces(const std::vector<double>& y) {
  double steepest = 0;
  for (std::size_t i = 1; i < y.size(); ++i) steepest = std::max(steepest, std::abs(y[i] - y[i - 1]));
  double pieces = 1;
  bool bent_before = false;
  for (std::size_t i = 2; i < y.size(); ++i) {
    const bool bends = std::abs(y[i] - 2 * y[i - 1] + y[i - 2]) > 1e-7 * steepest;
    if (bends && !bent_before) ++pieces;
    bent_before = bends && !bent_before;
  }
  return pieces;
}

double shallow_pieces(Index hidden, std::uint64_t seed) {
  Initializer initializer = make_initializer("he-normal");
  initializer.biases = [](std::span<double> biases, Index, Random& random) {
    for (double& bias : biases) bias = random.uniform(-2, 2);
  };
  const auto device = make_cpu_device();
  const Network network(*device, 1, seed, dense_stack({1, hidden, 1}, "relu", "identity", initializer));
  return count_pieces(network_outputs(network, evenly_spaced(-4, 4, 8001)));
}

/// tent(x) = relu(2x) - relu(4x - 2), so many times in a row: on [0, 1] up, down, up, …
std::vector<double> tents(Index layers, const std::vector<double>& x) {
  std::vector<Index> sizes(static_cast<std::size_t>(layers), 2);
  sizes.insert(sizes.begin(), 1);
  sizes.push_back(1);
  const auto device = make_cpu_device();
  Network network(*device, 1, 0, dense_stack(sizes, "relu", "identity", make_initializer("zeros")));
  std::vector<Tensor> tensors = network.parameter_tensors();
  for (std::size_t i = 0; i + 2 < tensors.size(); i += 2) {
    tensors[i].values = i == 0 ? std::vector<double>{2, 4} : std::vector<double>{2, -2, 4, -4};
    tensors[i + 1].values = {0, -2};
  }
  tensors[tensors.size() - 2].values = {1, -1};
  network.set_parameters(tensors);
  return network_outputs(network, x);
}

void run(Trial& trial) {
  constexpr Index seeds = 20;
  const std::vector<Index> widths{1, 2, 4, 8, 16, 32};
  Curve most{"one layer of N: most of 20", {}, {}, Curve::Look::line_points},
      bound{"N + 1", {}, {}, Curve::Look::dashes}, deep{"layers of two", {}, {}, Curve::Look::line_points};
  for (const Index width : widths) {
    const std::vector<double> pieces =
        trial.for_each(seeds, [width](Index seed) { return shallow_pieces(width, static_cast<std::uint64_t>(seed)); });
    const auto n = static_cast<double>(width);
    trial.claim("1-" + std::to_string(width) + "-1, 20 random networks: most pieces", at_most(n + 1),
                theory("Montúfar et al. 2014"), *std::ranges::max_element(pieces));
    most.x.push_back(n);
    most.y.push_back(*std::ranges::max_element(pieces));
    bound.x.push_back(n);
    bound.y.push_back(n + 1);
  }
  for (Index layers = 1; layers <= 10; ++layers) {
    const Index most_pieces = Index{1} << layers;
    const double pieces = count_pieces(tents(layers, evenly_spaced(0, 1, 8 * most_pieces + 1)));
    trial.claim("tents, " + std::to_string(layers) + (layers == 1 ? " layer" : " layers") + " of 2: pieces",
                near(static_cast<double>(most_pieces), 0), theory("Telgarsky 2015"), pieces);
    deep.x.push_back(static_cast<double>(2 * layers));
    deep.y.push_back(pieces);
  }
  trial.figure(CurveFigure{.name = "pieces",
                           .title = "Straight pieces of ReLU networks: width adds, depth multiplies",
                           .x_label = "hidden units",
                           .y_label = "pieces",
                           .curves = {deep, most, bound},
                           .log_y = true,
                           .settings = "set xrange [0:33]\n"});
  const std::vector<double> x = evenly_spaced(0, 1, 513);
  std::vector<Curve> curves;
  for (const Index layers : {1, 2, 4})
    curves.push_back({std::to_string(layers) + (layers == 1 ? " layer" : " layers"), x, tents(layers, x)});
  trial.figure(CurveFigure{.name = "tents",
                           .title = "The tent network: each layer of two units doubles the pieces",
                           .x_label = "x",
                           .y_label = "output",
                           .curves = curves});
}

}  // namespace

Experiment piecewise_linear() {
  return {
      "piecewise-linear", "ReLU networks are made of straight pieces, and depth multiplies them",
      "Each ReLU unit adds one bend to a sum, so that a network with one hidden layer of N units has at most N + 1 "
      "straight pieces. A layer whose input folds onto itself is used twice: the tent network with L layers of only "
      "two units has exactly 2^L pieces. This is what depth buys, and only with activations between the layers.",
      run};
}

}  // namespace tinymlp::program
