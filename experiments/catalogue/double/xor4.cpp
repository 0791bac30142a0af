// Four points that no line separates. The best a linear network can do is to answer ½ everywhere: loss ½ · ¼ = 1/8. Two
// hidden units with an activation suffice, as weights set by hand show; but whether gradient descent finds such weights
// is another question, with another answer for each activation.
#include <cmath>

#include "catalogue/registry.h"
#include "grading/networks.h"
#include "grading/statistics.h"

namespace tinymlp::program {

namespace {

constexpr Index seeds = 200, steps = 20'000;
constexpr double success = 1e-3;  // a loss below it

const std::vector<double> inputs{0, 0, 0, 1, 1, 0, 1, 1}, targets{0, 1, 1, 0};

/// The loss after training, which ends at success.
double train(const std::string& activation, Index hidden, double learning_rate, std::uint64_t seed) {
  const auto device = make_cpu_device();
  Network network(*device, 2, seed, dense_stack({2, hidden, 1}, activation, "identity", make_initializer("pytorch")));
  const HalfMeanSquaredError loss;
  const auto optimizer = sgd(learning_rate)();
  FullBatch training(network, loss, *optimizer, inputs, targets);
  for (Index step = 0; step < steps; ++step) {
    training.step();
    if (training.last_loss() < success) break;
  }
  return training.loss();
}

std::vector<double> losses(const Trial& trial, const std::string& activation, Index hidden) {
  const double learning_rate = activation == "sigmoid" ? 0.5 : 0.2;
  return trial.for_each(
      seeds, [&](Index seed) { return train(activation, hidden, learning_rate, static_cast<std::uint64_t>(seed)); });
}

double success_rate(const std::vector<double>& all) {
  return share(all, [](double loss) { return loss < success; });
}

/// W = [[1, 1], [1, 1]], c = [0, -1], w = [1, -2]: relu(a + b) - 2 relu(a + b - 1).
double error_of_weights_by_hand() {
  const auto device = make_cpu_device();
  Network network(*device, 2, 0, dense_stack({2, 2, 1}, "relu", "identity", make_initializer("zeros")));
  std::vector<Tensor> tensors = network.parameter_tensors();
  tensors[0].values = {1, 1, 1, 1};
  tensors[1].values = {0, -1};
  tensors[2].values = {1, -2};
  network.set_parameters(tensors);
  const std::vector<double> y = network_outputs(network, inputs);
  double largest = 0;
  for (std::size_t i = 0; i < y.size(); ++i) largest = std::max(largest, std::abs(y[i] - targets[i]));
  return largest;
}

void run(Trial& trial) {
  const std::vector<double> linear = losses(trial, "identity", 2);
  const Origin optimum = theory("the best line answers 1/2: half of 1/4"), earlier = measured("200 seeds");
  trial.claim("linear, 2-2-1: loss, median of 200 seeds", near(0.125, 1e-9), optimum, median(linear));
  trial.claim("linear: lowest loss of any seed", at_least(0.125, 1e-12), optimum, quantile(linear, 0));
  trial.claim("linear: share of seeds that succeed", near(0, 0), optimum, success_rate(linear));
  trial.claim("relu, weights set by hand: largest error", near(0, 0), theory("Goodfellow, Bengio, Courville 2016, 6.1"),
              error_of_weights_by_hand());
  struct Case {
    const char* activation;
    Expectation expected;
  };
  std::vector<Curve> curves;
  for (const auto& [activation, expected] : {Case{"relu", between(0.12, 0.38)}, Case{"tanh", at_least(0.8)},
                                             Case{"sigmoid", at_least(0.8)}, Case{"silu", at_least(0.97)}}) {
    Curve curve{activation, {}, {}, Curve::Look::line_points};
    for (const Index hidden : {2, 3, 4, 6, 8}) {
      const double rate = success_rate(losses(trial, activation, hidden));
      if (hidden == 2)
        trial.claim(std::string(activation) + ", 2-2-1: share of 200 seeds that succeed", expected, earlier, rate);
      curve.x.push_back(static_cast<double>(hidden));
      curve.y.push_back(rate);
    }
    curves.push_back(std::move(curve));
  }
  trial.figure(CurveFigure{.name = "success",
                           .title = "Four-point xor: what can be represented is not always learnt",
                           .x_label = "hidden units",
                           .y_label = "share of 200 seeds that succeed",
                           .curves = curves,
                           .settings = "set xrange [1.8:8.2]\nset yrange [0:1.05]\nset xtics 1\n"});
}

}  // namespace

Experiment xor4() {
  return {"xor4", "Four points that no line separates",
          "The exclusive or of two bits. A linear network, however deep, ends at the loss 1/8 of a constant answer. "
          "Two hidden units with an activation can represent it exactly, as weights set by hand show, but gradient "
          "descent finds such weights only from some starts: rarely with two ReLU units, which die or get stuck, "
          "almost always with two SiLU units. More units help.",
          run};
}

}  // namespace tinymlp::program
