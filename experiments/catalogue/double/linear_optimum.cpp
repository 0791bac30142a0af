// Depth does not help a linear network: whatever its depth, it can at best reach the loss of the least-squares plane,
// for which there is a closed form; and gradient descent gets there, for such a loss has no other minima (Baldi and
// Hornik 1989).
#include <cmath>

#include "catalogue/registry.h"
#include "grading/data.h"
#include "grading/linear_algebra.h"
#include "grading/networks.h"

namespace tinymlp::program {

namespace {

constexpr double close_enough = 1e-11;
constexpr Index most_steps = 400'000, steps_between_looks = 500, kept_steps = 500;

struct Descent {
  double gap = 0;             // the loss above the optimum, at the end
  std::vector<double> curve;  // the same after each of the first steps
};

Descent descend(const std::string& name, const std::vector<Index>& sizes) {
  const DataSet data = halves(name, 0).training;
  const std::vector<double> targets = plus_minus_targets(data);
  const double optimum = half_mean_squared_error(data.inputs, targets, least_squares(data.inputs, targets));
  const auto device = make_cpu_device();
  Network network(*device, 2, 1, dense_stack(sizes, "identity", "identity", make_initializer("xavier-normal")));
  const HalfMeanSquaredError loss;
  const auto optimizer = sgd(0.01, 0.9)();
  FullBatch training(network, loss, *optimizer, data.inputs, targets);
  Descent descent;
  for (Index step = 0; step < most_steps; ++step) {
    training.step();
    if (step < kept_steps) descent.curve.push_back(training.last_loss() - optimum);
    if (step >= kept_steps && step % steps_between_looks == 0 && training.last_loss() - optimum < close_enough) break;
  }
  descent.gap = training.loss() - optimum;
  return descent;
}

void run(Trial& trial) {
  const std::vector<std::string> sets{"circle", "xor", "gauss", "spiral", "plane", "hills"};
  const std::vector<std::vector<Index>> stacks{{2, 1}, {2, 8, 1}, {2, 8, 8, 8, 1}};
  const auto count = static_cast<Index>(stacks.size());
  const auto all = trial.for_each(static_cast<Index>(sets.size()) * count, [&](Index i) {
    return descend(sets[static_cast<std::size_t>(i / count)], stacks[static_cast<std::size_t>(i % count)]);
  });
  std::vector<Curve> curves;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string& name = sets[i / stacks.size()];
    const std::vector<Index>& sizes = stacks[i % stacks.size()];
    const std::string depth = sizes.size() == 2 ? "1 layer" : std::to_string(sizes.size() - 1) + " layers";
    trial.claim(name + ", " + depth + ": loss above the least-squares optimum", near(0, 1e-9),
                theory("normal equations; Baldi and Hornik 1989"), all[i].gap);
    if (name != "gauss") continue;
    Curve curve{depth, {}, all[i].curve};
    for (std::size_t step = 0; step < all[i].curve.size(); ++step) curve.x.push_back(static_cast<double>(step + 1));
    curves.push_back(std::move(curve));
  }
  trial.figure(CurveFigure{.name = "descent",
                           .title = "Linear networks on gauss: every depth ends at the least-squares loss",
                           .x_label = "step of gradient descent",
                           .y_label = "loss above the optimum",
                           .curves = curves,
                           .log_x = true,
                           .log_y = true,
                           .settings = "set yrange [1e-12:]\nset xrange [1:400]\n"});
}

}  // namespace

Experiment linear_optimum() {
  return {"linear-optimum", "A deep linear network learns the least-squares plane, and no more",
          "On every playground set, linear networks of 1, 2 and 4 layers are trained on all samples until they stand "
          "still. All end at the loss of the least-squares plane, which the normal equations give in one line: more "
          "layers without activations buy nothing, for a linear network's loss has no other minimum.",
          run};
}

}  // namespace tinymlp::program
