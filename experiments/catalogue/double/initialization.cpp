// Whether a signal survives 50 layers depends on the weights' variance: a layer of n units multiplies the second moment
// by n Var(w), and ReLU halves it. He's weights make up for the half; Xavier's are right for tanh (Glorot and Bengio
// 2010; He, Zhang, Ren, Sun 2015).
#include <cmath>

#include "catalogue/registry.h"
#include "grading/networks.h"
#include "grading/statistics.h"

namespace tinymlp::program {

namespace {

constexpr Index layers = 50, width = 100, batch = 100, seeds = 20;

/// The mean square of each layer's activations for inputs of N(0, 1).
std::vector<double> second_moments(const std::string& activation, const std::string& initializer, std::uint64_t seed) {
  const auto device = make_cpu_device();
  const Network network(
      *device, width, seed,
      dense_stack(std::vector<Index>(layers + 1, width), activation, activation, make_initializer(initializer)));
  Random random(seed, Purpose::check);
  std::vector<Scalar> x(batch * width);
  for (Scalar& value : x) value = static_cast<Scalar>(random.normal());
  Pass pass(network, batch);
  pass.forward({x.data(), batch, width});
  std::vector<double> moments;
  for (std::size_t i = 1; i < network.layers().size(); i += 2) {
    const ConstMatrixView y = pass.output(i);
    double sum = 0;
    for (Index k = 0; k < y.size(); ++k) sum += y.data[k] * y.data[k];
    moments.push_back(sum / static_cast<double>(y.size()));
  }
  return moments;
}

struct Survival {
  double last_to_first;  // second moment, median over the seeds
  Curve curve;
};

Survival survive(const Trial& trial, const std::string& name, const std::string& activation,
                 const std::string& initializer) {
  const auto all = trial.for_each(
      seeds, [&](Index seed) { return second_moments(activation, initializer, static_cast<std::uint64_t>(seed)); });
  Survival result{0, {name, {}, {}}};
  std::vector<double> ratios;
  for (const auto& moments : all) ratios.push_back(moments.back() / moments.front());
  result.last_to_first = median(ratios);
  for (std::size_t layer = 0; layer < layers; ++layer) {
    std::vector<double> at;
    for (const auto& moments : all) at.push_back(moments[layer]);
    result.curve.x.push_back(static_cast<double>(layer + 1));
    result.curve.y.push_back(median(at));
  }
  return result;
}

void run(Trial& trial) {
  const Survival relu_he = survive(trial, "relu, He", "relu", "he-normal"),
                 relu_xavier = survive(trial, "relu, Xavier", "relu", "xavier-normal"),
                 tanh_xavier = survive(trial, "tanh, Xavier", "tanh", "xavier-normal"),
                 tanh_uniform = survive(trial, "tanh, uniform in ±1/√n", "tanh", "uniform(0.1)"),
                 selu_lecun = survive(trial, "selu, LeCun", "selu", "lecun-normal");
  trial.claim("relu, He: second moment, layer 50 to layer 1, median of 20 seeds", between(0.1, 10),
              theory("He, Zhang, Ren, Sun 2015: stays of order 1"), relu_he.last_to_first);
  trial.claim("relu, Xavier: factor a layer", near(0.5, 0.03), theory("He, Zhang, Ren, Sun 2015"),
              std::pow(relu_xavier.last_to_first, 1.0 / (layers - 1)));
  trial.claim("tanh, uniform in ±1/√n: layer 50 to layer 1", at_most(1e-10),
              theory("Glorot and Bengio 2010: a factor of 1/3 a layer"), tanh_uniform.last_to_first);
  trial.claim("tanh, Xavier: layer 50 to layer 1", at_least(0.01), theory("Glorot and Bengio 2010: falls like 1/layer"),
              tanh_xavier.last_to_first);
  trial.claim("selu, LeCun: second moment, layer 50 to layer 1, median of 20 seeds", between(0.9, 1.1),
              theory("Klambauer, Unterthiner, Mayr, Hochreiter 2017"), selu_lecun.last_to_first);
  trial.figure(
      CurveFigure{.name = "moments",
                  .title = "Whether signals survive 50 layers depends on the initial weights",
                  .x_label = "layer",
                  .y_label = "mean square of the activations",
                  .curves = {selu_lecun.curve, relu_he.curve, tanh_xavier.curve, relu_xavier.curve, tanh_uniform.curve},
                  .log_y = true});
}

}  // namespace

Experiment initialization() {
  return {"initialization", "Each activation needs initial weights of the right size",
          "Random numbers go through 50 layers of 100 units. With He's weights, ReLU keeps their mean square near 1; "
          "with Xavier's, made for activations that cut nothing off, ReLU halves it at each layer. Tanh lives with "
          "Xavier's weights and dies with the uniform ones in ±1/√n that were once the custom. SELU pulls the mean "
          "square back to 1 by itself.",
          run};
}

}  // namespace tinymlp::program
