// A linear autoencoder with p units in the middle learns principal components: what it loses is what the other
// directions hold, the sum of the covariance's smaller eigenvalues (Baldi and Hornik 1989).
#include <cmath>
#include <numeric>

#include "catalogue/registry.h"
#include "grading/linear_algebra.h"
#include "grading/networks.h"
#include "tinymlp/random.h"

namespace tinymlp::program {

namespace {

constexpr Index features = 6, samples = 200;

/// Samples of six correlated features of mean 0: (samples, features).
std::vector<double> centred_samples() {
  constexpr double deviations[features] = {3, 2, 1.4, 1, 0.6, 0.3};
  Random random(0, Purpose::data);
  std::vector<double> numbers(features * features);
  for (double& number : numbers) number = random.normal();
  const std::vector<double> rotation = orthogonal_factor(numbers, features);
  std::vector<double> x(samples * features);
  std::vector<double> means(features);
  for (std::size_t i = 0; i < samples; ++i)
    for (std::size_t k = 0; k < features; ++k) {
      const double part = deviations[k] * random.normal();
      for (std::size_t j = 0; j < features; ++j) x[i * features + j] += part * rotation[k * features + j];
    }
  for (std::size_t i = 0; i < x.size(); ++i) means[i % features] += x[i] / static_cast<double>(samples);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] -= means[i % features];
  return x;
}

double trained_loss(const std::vector<double>& x, Index middle) {
  const auto device = make_cpu_device();
  Network network(*device, features, 1,
                  dense_stack({features, middle, features}, "identity", "identity", make_initializer("xavier-normal")));
  const HalfMeanSquaredError loss;
  const auto optimizer = sgd(0.05, 0.9)();
  FullBatch training(network, loss, *optimizer, x, x);
  for (int step = 0; step < 20'000; ++step) training.step();
  return training.loss();
}

void run(Trial& trial) {
  const std::vector<double> x = centred_samples(), eigenvalues = covariance_eigenvalues(x, features);
  const std::vector<double> losses = trial.for_each(3, [&](Index i) { return trained_loss(x, i + 1); });
  Curve theory_curve{"discarded eigenvalues / 12", {}, {}, Curve::Look::dashes},
      trained{"trained network", {}, {}, Curve::Look::points};
  for (std::size_t p = 0; p <= features; ++p) {
    const double discarded =
        std::accumulate(eigenvalues.begin() + static_cast<std::ptrdiff_t>(p), eigenvalues.end(), 0.0);
    const double optimum = discarded / (2 * features);
    theory_curve.x.push_back(static_cast<double>(p));
    theory_curve.y.push_back(optimum);
    if (p < 1 || p > 3) continue;
    trial.claim("6-" + std::to_string(p) + "-6: half-mse after training", near_relative(optimum, 1e-6),
                theory("Baldi and Hornik 1989"), losses[p - 1]);
    trained.x.push_back(static_cast<double>(p));
    trained.y.push_back(losses[p - 1]);
  }
  trial.figure(CurveFigure{.name = "bottleneck",
                           .title = "A linear autoencoder loses what the smaller principal components hold",
                           .x_label = "units in the middle, p",
                           .y_label = "half-mse",
                           .curves = {theory_curve, trained},
                           .settings = "set xrange [-0.2:6.2]\nset yrange [0:]\n"});
}

}  // namespace

Experiment linear_bottleneck() {
  return {"linear-bottleneck", "A linear autoencoder is principal component analysis",
          "A linear 6-p-6 network that is to give back its inputs can keep only p directions. Trained on all of 200 "
          "centred samples, it ends at exactly what the best p directions leave over: the sum of the covariance's "
          "other eigenvalues. Two linear layers have learnt what one matrix decomposition computes.",
          run};
}

}  // namespace tinymlp::program
