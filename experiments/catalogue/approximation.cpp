// With an activation, a network with one hidden layer comes as near to a continuous function as one likes, if it is
// wide enough (Cybenko 1989; Hornik, Stinchcombe, White 1989). Without one, width buys nothing: the network stays the
// least-squares line.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "catalogue/registry.h"
#include "grading/data.h"
#include "grading/linear_algebra.h"
#include "grading/networks.h"
#include "grading/statistics.h"

namespace tinymlp::program {

namespace {

constexpr Index seeds = 5, steps = 20'000;

double wave(double z) { return std::sin(std::numbers::pi * (z + 1)); }  // sin 2πx for x = (z + 1) / 2 in [0, 1]

/// The largest error on a fine grid after training on 64 points.
double sup_error(const std::string& activation, Index width, std::uint64_t seed) {
  const std::vector<double> x = evenly_spaced(-1, 1, 64), fine = evenly_spaced(-1, 1, 1001);
  std::vector<double> t;
  for (const double z : x) t.push_back(wave(z));
  const auto device = make_cpu_device();
  Network network(*device, 1, seed, dense_stack({1, width, 1}, activation, "identity", make_initializer("pytorch")));
  const HalfMeanSquaredError loss;
  const auto optimizer = sgd(0.05, 0.9)();
  FullBatch training(network, loss, *optimizer, x, t);
  for (Index step = 0; step < steps; ++step) training.step();
  const std::vector<double> y = network_outputs(network, fine);
  double largest = 0;
  for (std::size_t i = 0; i < y.size(); ++i) largest = std::max(largest, std::abs(y[i] - wave(fine[i])));
  return largest;
}

double error_of_least_squares_line() {
  const std::vector<double> x = evenly_spaced(-1, 1, 64);
  std::vector<double> t;
  for (const double z : x) t.push_back(wave(z));
  const std::vector<double> line = least_squares(x, t);
  double largest = 0;
  for (const double z : evenly_spaced(-1, 1, 1001))
    largest = std::max(largest, std::abs(line[0] * z + line[1] - wave(z)));
  return largest;
}

void run(Trial& trial) {
  const std::vector<Index> widths{1, 2, 4, 8, 16, 32, 64};
  const double line = error_of_least_squares_line();
  std::vector<Curve> curves;
  for (const std::string activation : {"identity", "tanh", "relu"}) {
    Curve curve{activation == "identity" ? "no activation" : activation, {}, {}, Curve::Look::line_points};
    for (const Index width : widths) {
      const std::vector<double> errors = trial.for_each(
          seeds, [&, width](Index seed) { return sup_error(activation, width, static_cast<std::uint64_t>(seed)); });
      curve.x.push_back(static_cast<double>(width));
      curve.y.push_back(median(errors));
      if (activation == "identity")
        trial.claim("no activation, width " + std::to_string(width) + ": largest error, median of 5 seeds",
                    near(line, 1e-3), theory("error of the least-squares line"), curve.y.back());
    }
    if (activation != "identity") {
      trial.claim(activation + ": largest error at width 64 over that at width 1, medians", at_most(0.1),
                  theory("Cybenko 1989; Hornik et al. 1989: falls with width"), curve.y.back() / curve.y.front());
      std::vector<double> log_width, log_error;
      for (std::size_t i = 0; i < widths.size(); ++i) {
        log_width.push_back(std::log(curve.x[i]));
        log_error.push_back(std::log(curve.y[i]));
      }
      trial.claim(activation + ": exponent of the width in the largest error", at_most(-0.5),
                  theory("Barron 1993: as 1/√N or faster"), slope(log_width, log_error));
    }
    curves.push_back(std::move(curve));
  }
  trial.figure(CurveFigure{.name = "errors",
                           .title = "How near 1-N-1 networks come to sin 2πx, medians of 5 seeds",
                           .x_label = "hidden units N",
                           .y_label = "largest error",
                           .curves = curves,
                           .log_x = true,
                           .log_y = true,
                           .settings = "set format x '%g'\nset xtics (1,2,4,8,16,32,64)\nset xrange [0.9:72]\n"});
}

}  // namespace

Experiment approximation() {
  return {"approximation", "With an activation, width buys accuracy; without one, nothing",
          "Networks with one hidden layer of 1 to 64 units learn one period of a sine. With tanh or ReLU the largest "
          "error falls as the layer grows, as the theorem of universal approximation promises. Without an activation "
          "each of them ends at the least-squares line, with the same error at every width.",
          run};
}

}  // namespace tinymlp::program
