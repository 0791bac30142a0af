#include "gradcheck/subjects.h"

#include <cmath>

#include "kinks.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/losses.h"
#include "tinymlp/pass.h"

namespace tinymlp::program {

namespace {

constexpr double range = 8;  // of inputs and predictions

/// A row-major matrix on the host.
struct Numbers {
  Index rows, cols;
  std::vector<double> values;  // (rows, cols)
  ConstMatrixView view() const { return {values.data(), rows, cols}; }
};

Numbers uniform(Index rows, Index cols, double low, double high, std::uint32_t stream) {
  Random random(7, Purpose::check, stream);
  Numbers numbers{rows, cols, {}};
  for (Index i = 0; i < rows * cols; ++i) numbers.values.push_back(random.uniform(low, high));
  return numbers;
}

/// The mean of prediction times target: a loss that is linear, so that what bends comes from the network.
struct Weighed {
  static std::string name() { return "gradcheck.weighed"; }
  template <class T>
  LossTerm<T> term(T prediction, T weight) const {
    return {prediction * weight, weight};
  }
};

/// Weights of either sign, none near zero: each output counts.
Numbers weights(Index rows, Index cols) {
  Numbers numbers = uniform(rows, cols, 0.5, 1.5, 2);
  for (std::size_t i = 0; i < numbers.values.size(); i += 2) numbers.values[i] = -numbers.values[i];
  return numbers;
}

/// Targets for any loss: one-hot for cross-entropy, else numbers that are sometimes 0 or 1.
Numbers targets(const Loss& loss, Index rows, Index cols) {
  Numbers t = uniform(rows, cols, -1, 1, 3);
  const bool one_hot = loss.describe().find(SoftmaxCrossEntropy().describe()) != std::string::npos;
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < cols; ++j) {
      double& target = t.values[static_cast<std::size_t>(i * cols + j)];
      if (one_hot)
        target = j == i % cols ? 1 : 0;
      else if ((i + j) % 3 != 0)
        target = (i + j) % 3 == 1 ? 1 : 0;
    }
  return t;
}

/// Points on both sides of each kink, nearer and farther, and between.
std::vector<double> points_around(const std::vector<double>& kinks, std::size_t others, std::uint32_t stream) {
  std::vector<double> points;
  for (const double kink : kinks)
    for (const double distance : {1e-3, 1e-2, 0.1})
      for (const double sign : {-1.0, 1.0}) points.push_back(kink + sign * distance);
  Random random(7, Purpose::check, stream);
  for (std::size_t i = 0; i < others; ++i) points.push_back(random.uniform(-range, range));
  return points;
}

/// Random biases: with zeros, dead units sit exactly on relu's kink.
void move_parameters(Network& network) {
  Random random(5, Purpose::check, 4);
  std::vector<Tensor> tensors = network.parameter_tensors();
  for (Tensor& tensor : tensors)
    for (double& value : tensor.values) value += random.uniform(-0.3, 0.3);
  network.set_parameters(tensors);
}

std::vector<std::unique_ptr<Layer>> one(std::unique_ptr<Layer> layer) {
  std::vector<std::unique_ptr<Layer>> layers;
  layers.push_back(std::move(layer));
  return layers;
}

}  // namespace

GradientVerdict summary(const std::string& kind, const std::string& what, const std::vector<GradientError>& errors) {
  const GradientError& worst = worst_of(errors);
  GradientVerdict verdict{kind, what, 0, worst.worst, worst.place, worst.gradient, worst.difference, 0};
  for (const GradientError& error : errors) {
    verdict.points += error.points;
    verdict.kinks += error.kinks;
  }
  return verdict;
}

GradientVerdict summary(const std::string& kind, const std::string& what,
                        const std::vector<GradientVerdict>& verdicts) {
  GradientVerdict all;
  all.kind = kind;
  all.what = what;
  for (const GradientVerdict& verdict : verdicts) {
    const Index points = all.points + verdict.points, kinks = all.kinks + verdict.kinks;
    if (all.points == 0 || (!std::isnan(all.worst) && !(verdict.worst <= all.worst))) {
      all = verdict;
      all.kind = kind;
      all.what = what;
      all.place = verdict.what + ", " + verdict.place;
    }
    all.points = points;
    all.kinks = kinks;
  }
  return all;
}

GradientVerdict check_elementwise(const std::string& what, std::unique_ptr<Layer> activation) {
  constexpr Index cols = 3;
  const auto device = make_cpu_device();
  Network network(*device, cols, 0, one(std::move(activation)));
  Pass pass(network, 1);
  const auto value = [&](double x) {
    const std::vector<double> row(cols, x);
    return pass.forward({row.data(), 1, cols}).data[0];
  };
  Numbers x{0, cols, points_around(find_kinks(value, -range, range), 60, 1)};
  x.rows = static_cast<Index>(x.values.size()) / cols;
  x.values.resize(static_cast<std::size_t>(x.rows * cols));
  return summary(
      "activation", what,
      check_gradients(network, ElementwiseLoss<Weighed>(), x.view(), weights(x.rows, cols).view(), {.training = true}));
}

GradientVerdict check_loss_object(const std::string& what, const Loss& loss, Index rows) {
  const auto device = make_cpu_device();
  constexpr Index cols = 3;
  Numbers p = uniform(rows, cols, -range, range, 5), t = targets(loss, rows, cols);
  if (rows > 1)  // a batch of one stays one
    for (const double target : {-1.0, 0.0, 0.3, 1.0}) {
      const auto value = [&](double prediction) {  // of one element
        double result = 0, gradient = 0;
        loss.evaluate(*device, {&prediction, 1, 1}, {&target, 1, 1}, &result, {&gradient, 1, 1});
        return result;
      };
      const std::vector<double> kinks = find_kinks(value, -range, range);
      if (kinks.empty()) continue;  // a loss of whole rows has none, and may want other targets
      const std::vector<double> points = points_around(kinks, 6, 6);
      for (std::size_t i = 0; i + cols <= points.size(); i += cols, p.rows = ++t.rows)
        for (std::size_t j = i; j < i + cols; ++j) {
          p.values.push_back(points[j]);
          t.values.push_back(target);
        }
    }
  Network network(*device, cols, 0, Activation<Identity>());
  return summary("loss", what, check_gradients(network, loss, p.view(), t.view()));
}

GradientVerdict check_layer_object(const std::string& what, std::unique_ptr<Layer> layer, Index rows, Index inputs,
                                   const GradientCheckOptions& options) {
  const auto device = make_cpu_device();
  const Index outputs = layer->outputs(inputs);
  Network network(*device, inputs, 3, one(std::move(layer)));
  move_parameters(network);
  const Numbers x = uniform(rows, inputs, -2, 2, 7);
  return summary(
      "layer", what,
      check_gradients(network, ElementwiseLoss<Weighed>(), x.view(), weights(rows, outputs).view(), options));
}

GradientVerdict check_in_network(const std::string& what, std::unique_ptr<Layer> middle, const Loss& loss, Index rows) {
  const auto device = make_cpu_device();
  std::vector<std::unique_ptr<Layer>> layers;
  layers.push_back(std::make_unique<Dense>(3, 5));
  layers.push_back(std::move(middle));
  layers.push_back(std::make_unique<Dense>(5, 2));
  Network network(*device, 3, 2, std::move(layers));
  move_parameters(network);
  const Numbers x = uniform(rows, 3, -2, 2, 8);
  return summary("network", what,
                 check_gradients(network, loss, x.view(), targets(loss, rows, 2).view(), {.training = true}));
}

}  // namespace tinymlp::program
