// Even where a deep linear network computes no more than a shallow one, it learns differently: the product u = ab of
// two weights follows u' = 2u(s - u), a sigmoid in time, while a single weight would approach s exponentially (Saxe,
// McClelland, Ganguli 2013). Strong parts of the data are learnt first.
#include <cmath>

#include "catalogue/registry.h"
#include "grading/networks.h"

namespace tinymlp::program {

namespace {

constexpr double start = 1e-3, rate = 1e-4, end_time = 5;

struct Path {
  std::vector<double> time, product;  // u(t)
  double half_time = 0;               // when u = s / 2
};

double predicted(double t, double s) { return s * std::exp(2 * s * t) / (std::exp(2 * s * t) - 1 + s / start); }

/// Gradient descent on ½ (ab - s)² in small steps. Samples 1 and -1 with targets s and -s keep the biases at 0.
Path learn(double s) {
  const auto device = make_cpu_device();
  Network network(*device, 1, 0, dense_stack({1, 1, 1}, "identity", "identity", make_initializer("zeros")));
  std::vector<Tensor> weights = network.parameter_tensors();
  weights[0].values = weights[2].values = {std::sqrt(start)};
  network.set_parameters(weights);
  const HalfMeanSquaredError loss;
  const auto optimizer = sgd(rate)();
  FullBatch training(network, loss, *optimizer, {1, -1}, {s, -s});
  const Scalar* const parameters = network.parameters();  // the two weights, then the biases
  Path path;
  for (Index step = 0; step < static_cast<Index>(end_time / rate); ++step) {
    const double u = parameters[0] * parameters[1], t = static_cast<double>(step) * rate;
    if (u < s / 2) path.half_time = t;
    if (step % 500 == 0) {
      path.time.push_back(t);
      path.product.push_back(u);
    }
    training.step();
  }
  return path;
}

void run(Trial& trial) {
  const std::vector<double> strengths{1, 2, 4};
  const auto paths = trial.for_each(3, [&](Index i) { return learn(strengths[static_cast<std::size_t>(i)]); });
  const Origin saxe = theory("Saxe, McClelland, Ganguli 2013");
  std::vector<Curve> curves, formulas;  // trained, predicted
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const double s = strengths[i];
    const Path& path = paths[i];
    double farthest = 0;
    Curve trained{"s = " + std::to_string(static_cast<int>(s)), path.time, path.product, Curve::Look::line,
                  static_cast<int>(i)},
        formula{i == 0 ? "formula" : "", path.time, {}, Curve::Look::dashes, 7};
    for (std::size_t k = 0; k < path.time.size(); ++k) {
      formula.y.push_back(predicted(path.time[k], s));
      farthest = std::max(farthest, std::abs(path.product[k] - formula.y.back()) / s);
    }
    const std::string name = "s = " + std::to_string(static_cast<int>(s));
    trial.claim(name + ": time until ab = s/2", near_relative(std::log(s / start - 1) / (2 * s), 0.01), saxe,
                path.half_time);
    trial.claim(name + ": farthest from the formula, over s", near(0, 0.01), saxe, farthest);
    curves.push_back(std::move(trained));
    formulas.push_back(std::move(formula));
  }
  curves.insert(curves.end(), formulas.begin(), formulas.end());  // on top
  trial.figure(CurveFigure{.name = "dynamics",
                           .title = "Two linear weights learn their product in the shape of a sigmoid",
                           .x_label = "time (steps times learning rate)",
                           .y_label = "product of the two weights, ab",
                           .curves = curves});
}

}  // namespace

Experiment linear_dynamics() {
  return {
      "linear-dynamics", "Depth changes how a linear network learns, not what",
      "Two weights in a row, a and b, learn to multiply to s. Their product follows u(t) = s e^(2st) / (e^(2st) - 1 + "
      "s/u0): a long plateau, then a quick rise, the sooner the larger s is. One weight alone would approach s at "
      "once. Depth without activations thus changes the path of learning, but the end of it is still a linear map.",
      run};
}

}  // namespace tinymlp::program
