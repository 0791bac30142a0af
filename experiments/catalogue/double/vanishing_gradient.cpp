// Backwards through a sigmoid layer a gradient is multiplied by σ' <= 1/4 and by W: its norm shrinks at least by the
// factor ‖W‖/4 (Hochreiter 1991; Bengio, Simard, Frasconi 1994). With Xavier's weights that is a lost digit every other
// layer; the first layers of a deep sigmoid network learn nothing.
#include <algorithm>
#include <cmath>

#include "catalogue/registry.h"
#include "grading/linear_algebra.h"
#include "grading/networks.h"
#include "grading/statistics.h"

namespace tinymlp::program {

namespace {

constexpr Index hidden_layers = 20, width = 100, batch = 64;

double norm(const Scalar* values, std::size_t size) {
  double sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += values[i] * values[i];
  return std::sqrt(sum);
}

struct Gradients {
  std::vector<double> logarithms;  // log10 ‖dW‖ of each hidden layer, the first one first
  double tightest = 0;             // the largest ‖dy of a layer‖ / (‖dy of the next‖ ‖W‖ / 4)
};

/// Forward N(0, 1), backward ones, layer by layer.
Gradients gradients(const std::string& activation, const std::string& initializer, std::uint64_t seed) {
  std::vector<Index> sizes(hidden_layers + 1, width);
  sizes.push_back(1);
  const auto device = make_cpu_device();
  const Network network(*device, width, seed,
                        dense_stack(sizes, activation, "identity", make_initializer(initializer)));
  Random random(seed, Purpose::check);
  std::vector<Scalar> x(batch * width), dy(batch * width, Scalar(1)), dx(batch * width);
  for (Scalar& value : x) value = static_cast<Scalar>(random.normal());
  Pass pass(network, batch);
  const ConstMatrixView input{x.data(), batch, width};
  pass.forward(input);
  const std::vector<Tensor> weights = network.parameter_tensors();
  Gradients result;
  double later = 0;  // ‖dy‖ of the layer after this
  for (std::size_t i = network.layers().size(); i-- > 0;) {
    const ConstMatrixView layer_input = i == 0 ? input : pass.output(i - 1), output = pass.output(i);
    network.layers()[i]->backward({*device}, layer_input, output, {dy.data(), batch, output.cols},
                                  {dx.data(), batch, layer_input.cols});
    dy.swap(dx);
    if (i % 2 == 1) continue;  // layers 0, 2, 4, … are Dense, the others activations
    const double here = norm(dy.data(), dy.size());
    if (activation == "sigmoid" && later > 0)
      result.tightest = std::max(result.tightest, here / (later * spectral_norm(weights[i].values, width) / 4));
    later = here;
  }
  const std::vector<Tensor> all = network.gradient_tensors();
  for (std::size_t i = 0; i < 2 * hidden_layers; i += 2)
    result.logarithms.push_back(std::log10(norm(all[i].values.data(), all[i].values.size())));
  return result;
}

struct Setting {
  std::string activation, initializer;
};

void run(Trial& trial) {
  constexpr Index seeds = 20;
  const std::vector<Setting> settings{{"sigmoid", "xavier-normal"}, {"tanh", "xavier-normal"}, {"relu", "he-normal"}};
  std::vector<Curve> curves;
  for (const auto& [activation, initializer] : settings) {
    const auto all = trial.for_each(
        seeds, [&](Index seed) { return gradients(activation, initializer, static_cast<std::uint64_t>(seed)); });
    std::vector<double> falls, later_falls, tightest;
    Curve curve{activation + ", " + initializer, {}, {}, Curve::Look::line_points};
    for (const Gradients& one : all) {
      falls.push_back((one.logarithms.back() - one.logarithms.front()) / (hidden_layers - 1));
      later_falls.push_back((one.logarithms.back() - one.logarithms[1]) / (hidden_layers - 2));
      tightest.push_back(one.tightest);
    }
    for (std::size_t layer = 0; layer < hidden_layers; ++layer) {
      std::vector<double> at;
      for (const Gradients& one : all) at.push_back(one.logarithms[layer]);
      curve.x.push_back(static_cast<double>(layer + 1));
      curve.y.push_back(std::pow(10, median(at)));
    }
    curves.push_back(std::move(curve));
    if (activation == "sigmoid") {
      trial.claim("sigmoid, xavier: digits that the gradient loses a layer, median of 20 seeds", near(0.62, 0.05),
                  measured("20 seeds"), median(falls));
      trial.claim("sigmoid, xavier: the same from the second hidden layer on", near(0.62, 0.05), measured("20 seeds"),
                  median(later_falls));
      trial.claim("sigmoid: gradient of a layer over ‖W‖/4 times the next one's, largest", at_most(1),
                  theory("sigmoid' <= 1/4; Hochreiter 1991"), *std::ranges::max_element(tightest));
    } else {
      trial.claim(activation + ", " + initializer + ": digits lost a layer, median of 20 seeds", between(-0.1, 0.1),
                  theory(activation == "relu" ? "He, Zhang, Ren, Sun 2015" : "Glorot and Bengio 2010"), median(falls));
    }
  }
  trial.note(
      "From the first hidden layer to the last it is .665 a layer, the median of 200 seeds, which lie between .645 and "
      ".688. The first layer loses a digit more than the others: its inputs have mean 0, so that what the 64 samples "
      "add to its gradient cancels, while a sigmoid's outputs are all near 1/2.");
  trial.figure(CurveFigure{.name = "gradients",
                           .title = "Gradients of 20 hidden layers of 100: sigmoid's vanish",
                           .x_label = "hidden layer, from the input",
                           .y_label = "norm of the weights' gradient",
                           .curves = curves,
                           .log_y = true});
}

}  // namespace

Experiment vanishing_gradient() {
  return {"vanishing-gradient", "Through sigmoid layers, gradients vanish",
          "On its way back through a sigmoid layer, a gradient is multiplied by the sigmoid's derivative, at most 1/4, "
          "and by the weights. In a network of 20 sigmoid layers with Xavier's weights it loses more than half a digit "
          "at each: the first layer's gradient is 10 to 13 digits smaller than the last one's. ReLU with He's weights, "
          "and tanh with Xavier's, keep it.",
          run};
}

}  // namespace tinymlp::program
