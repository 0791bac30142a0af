// A stack of fully connected layers without activations is one affine map, whatever its depth: Wₖ(…(W₁x + b₁)…) + bₖ
// multiplies out to Wx + b. Three points tell a network with activations from one: an affine map gives the middle of
// two points the middle of their values, and these networks do not.
#include "call_text.h"
#include "catalogue/linear_collapse_float.h"
#include "catalogue/linear_collapse_stack.h"
#include "catalogue/registry.h"
#include "output/text_format.h"

namespace tinymlp::program {

namespace {

constexpr Index least_depth = 2, depths = 7, stacks = 20;  // depths 2 to 8, so many stacks of each

/// Two points and the one in their middle.
struct Triple {
  double x[3][2];  // (point, coordinate): two ends, the middle
  double y[3];     // what the network gives there
  double gap() const { return std::abs(y[2] - (y[0] + y[1]) / 2); }
};

/// Of 1000 random pairs the one whose middle is farthest from the middle of their values.
Triple worst_triple(const std::string& activation) {
  const auto device = make_cpu_device();
  const Network network(*device, 2, 1,
                        dense_stack({2, 8, 8, 1}, activation, "identity", make_initializer("xavier-normal")));
  Random random(1, Purpose::check);
  Triple worst{};
  for (int i = 0; i < 1000; ++i) {
    Triple triple{};
    for (int k = 0; k < 2; ++k) {
      triple.x[0][k] = random.uniform(-3, 3);
      triple.x[1][k] = random.uniform(-3, 3);
      triple.x[2][k] = (triple.x[0][k] + triple.x[1][k]) / 2;
    }
    const std::vector<double> y = network_outputs(network, {&triple.x[0][0], &triple.x[0][0] + 6});
    std::ranges::copy(y, triple.y);
    if (triple.gap() >= worst.gap()) worst = triple;
  }
  return worst;
}

std::string point_text(const double (&x)[2]) { return "(" + fixed(x[0], 3) + ", " + fixed(x[1], 3) + ")"; }

void refute(Trial& trial, const std::string& activation) {
  const Triple triple = worst_triple(activation);
  trial.claim(activation + ", 2-8-8-1: f((x+y)/2) against (f(x)+f(y))/2, largest gap", at_least(1e-3),
              theory("an affine map has no gap; any gap refutes it"), triple.gap());
  trial.note(activation + ": x = " + point_text(triple.x[0]) + " gives " + six_digits(triple.y[0]) +
             ", y = " + point_text(triple.x[1]) + " gives " + six_digits(triple.y[1]) + ", and their middle " +
             six_digits(triple.y[2]) + " instead of " + six_digits((triple.y[0] + triple.y[1]) / 2) + ".");
}

void run(Trial& trial) {
  struct Difference {
    double in_double, in_float;
  };
  const auto all = trial.for_each(depths * stacks, [](Index i) {
    const Index depth = least_depth + i / stacks;
    const auto seed = static_cast<std::uint64_t>(i % stacks);
    return Difference{stack_difference(depth, seed).largest, float_stack_difference(depth, seed)};
  });
  Difference worst{0, 0};
  Curve in_double{"double, largest", {}, {}, Curve::Look::points},
      in_float{"float, relative", {}, {}, Curve::Look::points};
  for (std::size_t i = 0; i < all.size(); ++i) {
    worst = {std::max(worst.in_double, all[i].in_double), std::max(worst.in_float, all[i].in_float)};
    const Index layers = least_depth + static_cast<Index>(i) / stacks;
    const auto depth = static_cast<double>(layers);
    in_double.x.push_back(depth - 0.08);
    in_double.y.push_back(all[i].in_double);
    in_float.x.push_back(depth + 0.08);
    in_float.y.push_back(all[i].in_float);
  }
  const Origin algebra = theory("a product of matrices is a matrix; rounding only");
  trial.claim("double, depth 2-8: stack against its one folded layer, largest difference", near(0, 1e-12), algebra,
              worst.in_double);
  trial.claim("float, depth 2-8: the same, relative", near(0, 1e-5), algebra, worst.in_float);
  trial.claim("identity, 2-8-8-1: f((x+y)/2) against (f(x)+f(y))/2, largest gap", near(0, 1e-12), algebra,
              worst_triple("identity").gap());
  for (const char* activation : {"tanh", "relu", "sigmoid"}) refute(trial, activation);
  trial.figure(CurveFigure{.name = "differences",
                           .title = "A linear stack and the one layer that it folds to: only rounding differs",
                           .x_label = "layers in the stack",
                           .y_label = "difference",
                           .curves = {in_double, in_float},
                           .log_y = true,
                           .settings = "set xrange [1.5:8.5]\nset yrange [1e-17:1e-4]\n"});
}

}  // namespace

Experiment linear_collapse() {
  return {
      "linear-collapse", "A stack of linear layers is one linear layer",
      "Layers without activations multiply out: Wₖ(…(W₁x + b₁)…) + bₖ = Wx + b. Random stacks of 2 to 8 layers with "
      "biases are folded into one (W, b), which gives the same outputs up to rounding. A network with tanh, ReLU or "
      "sigmoid is no such map: for two points x and y it gives their middle another value than the mean of theirs.",
      run};
}

}  // namespace tinymlp::program
