// The curves of activations and their derivatives, by the layers' own forward and backward passes, against what
// calculus gives: where a derivative is largest, and how little of a gradient a saturated unit lets through.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "catalogue/registry.h"
#include "grading/networks.h"
#include "tinymlp/activations.h"

namespace tinymlp::program {

namespace {

const Origin calculus = theory("calculus");

struct Curves {
  std::vector<double> x, value, derivative;
  std::size_t steepest() const { return index_of(std::ranges::max_element(derivative)); }
  std::size_t flattest() const { return index_of(std::ranges::min_element(derivative)); }

 private:
  std::size_t index_of(std::vector<double>::const_iterator at) const {
    return static_cast<std::size_t>(at - derivative.begin());
  }
};

/// The layer's outputs, and what it hands back for gradients of 1.
Curves curves_of(const std::string& activation, std::vector<double> x) {
  const auto device = make_cpu_device();
  const auto layer = make_activation(activation);
  const auto size = static_cast<Index>(x.size());
  std::vector<double> y(x.size()), dx(x.size()), ones(x.size(), 1.0);
  const Context context{*device};
  layer->forward(context, {x.data(), size, 1}, {y.data(), size, 1});
  layer->backward(context, {x.data(), size, 1}, {y.data(), size, 1}, {ones.data(), size, 1}, {dx.data(), size, 1});
  return {std::move(x), std::move(y), std::move(dx)};
}

/// -8.0 to 7.9 by .1; the number with index 80 is exactly 0.
std::vector<double> grid() {
  std::vector<double> x;
  for (int i = -80; i < 80; ++i) x.push_back(i / 10.0);
  return x;
}

void draw(Trial& trial, const std::string& name, const std::vector<std::string>& activations, bool derivatives) {
  CurveFigure figure{.name = name,
                     .title = derivatives ? "Derivatives of activations" : "Activations",
                     .x_label = "x",
                     .y_label = derivatives ? "f'(x)" : "f(x)",
                     .curves = {},
                     .settings = derivatives ? "set xrange [-6:6]\nset yrange [-0.2:1.8]\n"
                                             : "set xrange [-6:6]\nset yrange [-2:3]\n"};
  for (const std::string& activation : activations) {
    const Curves curves = curves_of(activation, grid());
    figure.curves.push_back({activation, curves.x, derivatives ? curves.derivative : curves.value});
  }
  trial.figure(figure);
}

void run(Trial& trial) {
  const Curves sigmoid = curves_of("sigmoid", grid()), tanh_curve = curves_of("tanh", grid()),
               relu = curves_of("relu", grid()), gelu = curves_of("gelu", grid()), silu = curves_of("silu", grid());
  trial.claim("sigmoid: largest derivative", near(0.25, 1e-15), calculus, sigmoid.derivative[sigmoid.steepest()]);
  trial.claim("sigmoid: where it is", near(0, 0), calculus, sigmoid.x[sigmoid.steepest()]);
  trial.claim("sigmoid: derivative at -8", near(3.3524e-4, 1e-8), calculus, sigmoid.derivative[0]);
  trial.claim("tanh: largest derivative", near(1, 1e-15), calculus, tanh_curve.derivative[tanh_curve.steepest()]);
  trial.claim("tanh: where it is", near(0, 0), calculus, tanh_curve.x[tanh_curve.steepest()]);
  trial.claim("relu: largest derivative for x <= 0", near(0, 0), calculus,
              *std::max_element(relu.derivative.begin(), relu.derivative.begin() + 81));
  trial.claim("relu: smallest derivative for x > 0", near(1, 0), calculus,
              *std::min_element(relu.derivative.begin() + 81, relu.derivative.end()));
  trial.claim("gelu: largest derivative on the grid", near(1.128862, 1e-6), calculus, gelu.derivative[gelu.steepest()]);
  trial.claim("gelu: where it is", near(1.4, 1e-12), calculus, gelu.x[gelu.steepest()]);
  trial.claim("gelu: smallest derivative on the grid", near(-0.128862, 1e-6), calculus,
              gelu.derivative[gelu.flattest()]);
  trial.claim("gelu: derivative at the square root of 2, its maximum", near(1.128904, 1e-6), calculus,
              curves_of("gelu", {std::numbers::sqrt2}).derivative[0]);
  trial.claim("silu: largest derivative on the grid", near(1.099839, 1e-6), calculus, silu.derivative[silu.steepest()]);
  trial.claim("silu: where it is", near(2.4, 1e-12), calculus, silu.x[silu.steepest()]);
  trial.claim("silu: smallest derivative on the grid", near(-0.099839, 1e-6), calculus,
              silu.derivative[silu.flattest()]);
  trial.claim("selu: derivative just below 0", near(1.758099, 1e-6), calculus,
              curves_of("selu", {-1e-12}).derivative[0]);
  const std::vector<std::string> book{"relu", "sigmoid", "tanh"},
      smooth{"relu", "elu", "selu", "gelu", "silu", "softplus"};
  draw(trial, "values", book, false);
  draw(trial, "derivatives", book, true);
  draw(trial, "smooth-values", smooth, false);
  draw(trial, "smooth-derivatives", smooth, true);
}

}  // namespace

Experiment activation_curves() {
  return {"activation-curves", "Activations and how much of a gradient they let through",
          "Values and derivatives of the activations from -8.0 to 7.9, computed by the layers that train with them. A "
          "sigmoid's derivative is at most 1/4, so that each layer weakens a gradient; tanh's reaches 1, but only at "
          "0; ReLU's is 0 or 1; GELU's and SiLU's are smooth and even exceed 1 a little.",
          run};
}

}  // namespace tinymlp::program
