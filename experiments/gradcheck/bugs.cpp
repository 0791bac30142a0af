// The list of bugs: for each, the checks that show it.
#include "gradcheck/bugs.h"

#include "gradcheck/buggy_activations.h"
#include "gradcheck/buggy_dense.h"
#include "gradcheck/buggy_losses.h"
#include "gradcheck/subjects.h"
#include "tinymlp/activations.h"
#include "tinymlp/losses.h"

namespace tinymlp::program {

namespace {

using Verdicts = std::vector<GradientVerdict>;

template <class F>
std::unique_ptr<Layer> layer_of() {
  return std::make_unique<Activation<F>>();
}

/// An activation on its own, and within a network.
template <class F>
Verdicts check_both(const std::string& what) {
  return {check_elementwise(what, layer_of<F>()),
          check_in_network("Dense(3, 5), it, Dense(5, 2), mse", layer_of<F>(), MeanSquaredError(), 7)};
}

Verdicts relu_sigmoid_derivative() { return check_both<ReluWithSigmoidDerivative>("relu with sigmoid's derivative"); }

Verdicts tanh_without_derivative() {
  Verdicts verdicts = check_both<TanhWithoutDerivative>("tanh without its derivative");
  verdicts.push_back(
      check_in_network("identity without its derivative, the same", layer_of<Identity>(), MeanSquaredError(), 7));
  return verdicts;
}

Verdicts cross_entropy_sign() {
  const CrossEntropyOfWrongSign loss;
  return {check_loss_object("cross-entropy of wrong sign", loss, 7),
          check_loss_object("cross-entropy of wrong sign, batch 1", loss, 1),
          check_in_network("Dense(3, 5), tanh, Dense(5, 2), it", layer_of<Tanh>(), loss, 7)};
}

Verdicts forgotten_mean() {
  const CrossEntropyWithoutMean loss;
  return {check_loss_object("cross-entropy without 1/batch, batch 1", loss, 1),
          check_loss_object("cross-entropy without 1/batch, batch 7", loss, 7),
          check_in_network("Dense(3, 5), tanh, Dense(5, 2), it", layer_of<Tanh>(), loss, 7)};
}

GradientVerdict dense(DenseBug bug, Index in, Index out, Index rows, int backward_passes = 2) {
  std::string what = "Dense(" + std::to_string(in) + ", " + std::to_string(out) + "), batch " + std::to_string(rows);
  if (backward_passes == 1) what += ", one backward pass";
  return check_layer_object(what, std::make_unique<BuggyDense>(in, out, bug), rows, in,
                            {.backward_passes = backward_passes});
}

Verdicts transposed_weight_gradient() {
  constexpr DenseBug bug = DenseBug::transposed_weight_gradient;
  return {dense(bug, 1, 4, 7), dense(bug, 3, 5, 7), dense(bug, 4, 4, 7)};
}

Verdicts bias_last_row() {
  return {dense(DenseBug::bias_of_last_row, 3, 5, 1), dense(DenseBug::bias_of_last_row, 3, 5, 7)};
}

Verdicts gradients_added() {
  return {dense(DenseBug::gradients_added, 3, 5, 7, 1), dense(DenseBug::gradients_added, 3, 5, 7, 2)};
}

Verdicts derivative_at_y() {
  Verdicts verdicts = check_both<SoftplusDerivedAtY>("softplus, its derivative taken at y");
  verdicts.push_back(check_elementwise("relu, its derivative taken at y", layer_of<ReluDerivedAtY>()));
  return verdicts;
}

}  // namespace

const std::vector<Bug>& all_bugs() {
  static const std::vector<Bug> bugs{
      {"relu-sigmoid-derivative", "sigmoid's derivative y (1 - y) inside of relu",
       "A value and a derivative are a pair: check them together, at points of either sign.", relu_sigmoid_derivative},
      {"tanh-without-derivative", "tanh passes dy on as it is: the factor 1 - y² is missing",
       "Only where the function is the identity does its derivative not matter; near 0 tanh almost is.",
       tanh_without_derivative},
      {"cross-entropy-sign", "cross-entropy's gradient is t - softmax(z), the wrong way round",
       "An error of twice the largest gradient is a wrong sign: every step goes uphill.", cross_entropy_sign},
      {"forgotten-mean", "the loss is a mean over the batch, its gradient is not: 1/batch is missing",
       "A batch of one hides it. The ratio of gradient and finite difference is the batch's size.", forgotten_mean},
      {"transposed-weight-gradient", "the weights' gradient is written as its transpose, (out, in)",
       "A layer of one input hides it: vectors are their own transposes. Check with shapes that are not square.",
       transposed_weight_gradient},
      {"bias-last-row", "the biases' gradient is that of the last row, not the sum over the batch",
       "A batch of one hides it. Only the biases are wrong: look at which array fails.", bias_last_row},
      {"gradients-added", "backward adds to the gradients of the step before",
       "The first backward pass hides it: gradients start at zero. Check the second.", gradients_added},
      {"derivative-at-y", "a derivative that is a function of x is taken at y = f(x)",
       "relu hides it: y is positive where x is. softplus does not.", derivative_at_y},
  };
  return bugs;
}

std::vector<std::string> bug_names() {
  std::vector<std::string> names;
  for (const Bug& bug : all_bugs()) names.push_back(bug.name);
  return names;
}

}  // namespace tinymlp::program
