#include "tinymlp/gradient_check.h"

#include <algorithm>
#include <cmath>

#include "tinymlp/error.h"
#include "tinymlp/pass.h"

TINYMLP_BEGIN

namespace {

/// Below this share of the largest gradient, the first finite difference is good enough.
constexpr double agreement = 1e-8;
/// Slopes of the two sides that differ by more than this share of the largest gradient, however short the step: a kink.
constexpr double jump = 1e-4;

/// A loss as a function of everything that it depends on.
class LossFunctionOfAll {
 public:
  LossFunctionOfAll(Network& network, const Loss& loss, ConstMatrixView x, ConstMatrixView t, bool training)
      : network_(network),
        loss_(loss),
        pass_(network, x.rows),
        x_memory_(copy(x)),
        t_memory_(copy(t)),
        dx_memory_(make_buffer<Scalar>(network.device(), x.size())),
        value_(make_buffer<Scalar>(network.device(), 1)),
        step_(make_buffer<Step>(network.device(), 1)),
        training_(training),
        x_(x_memory_.get(), x.rows, x.cols),
        t_(t_memory_.get(), t.rows, t.cols) {
    Step first{};
    first.number = 1;
    network.device().upload(step_.get(), &first, sizeof first);
  }

  double value() {
    const ConstMatrixView y = pass_.forward(x_, training_ ? step_.get() : nullptr);
    loss_.evaluate(network_.device(), y, t_, value_.get(), pass_.output_gradient());
    return read(value_.get());
  }
  void backward() { pass_.backward({dx_memory_.get(), x_.rows, x_.cols}); }
  Scalar* inputs() { return x_memory_.get(); }
  const Scalar* input_gradients() const { return dx_memory_.get(); }

  double read(const Scalar* from) const {
    Scalar number = 0;
    network_.device().download(&number, from, sizeof number);
    return static_cast<double>(number);
  }

  /// The loss with `variable` moved by h, and how far it really moved after rounding.
  struct Moved {
    double loss, by;
  };
  Moved moved(Scalar* variable, double h) {
    const auto saved = static_cast<Scalar>(read(variable));
    const auto there = static_cast<Scalar>(saved + static_cast<Scalar>(h));
    network_.device().upload(variable, &there, sizeof there);
    const double loss = value();
    network_.device().upload(variable, &saved, sizeof saved);
    return {loss, static_cast<double>(there) - static_cast<double>(saved)};
  }
  /// (Loss(v + h) - Loss(v - h)) / 2h
  double central_difference(Scalar* variable, double h) {
    const Moved above = moved(variable, h), below = moved(variable, -h);
    return (above.loss - below.loss) / (above.by - below.by);
  }

 private:
  Buffer<Scalar> copy(ConstMatrixView host) const {
    Buffer<Scalar> memory = make_buffer<Scalar>(network_.device(), host.size());
    network_.device().upload(memory.get(), host.data, sizeof(Scalar) * static_cast<std::size_t>(host.size()));
    return memory;
  }

  Network& network_;
  const Loss& loss_;
  Pass pass_;
  Buffer<Scalar> x_memory_, t_memory_, dx_memory_, value_;
  Buffer<Step> step_;
  bool training_;
  MatrixView x_, t_;
};

/// Nothing is worse than NaN, which std::max would drop.
bool is_worse(double error, double than) { return !std::isnan(than) && (std::isnan(error) || error > than); }

/// A gradient beside the finite difference that it is judged by.
struct Comparison {
  double difference, error;
  bool on_kink = false;
};

Comparison compare(LossFunctionOfAll& function, Scalar* variable, double gradient, double largest, double h) {
  Comparison best{function.central_difference(variable, h), 0};
  best.error = std::abs(gradient - best.difference);
  const double enough = agreement * largest;
  const auto try_difference = [&](double difference) {
    if (const double error = std::abs(gradient - difference); error < best.error) best = {difference, error};
  };
  if (best.error <= enough || std::isnan(best.error)) return best;
  const double longer = 100 * h;  // two steps whose errors of second order cancel (Richardson 1911)
  try_difference(
      (4 * function.central_difference(variable, longer / 2) - function.central_difference(variable, longer)) / 3);
  for (const double shorter : {h / 10, h / 100})
    if (best.error > enough) try_difference(function.central_difference(variable, shorter));
  if (best.error <= enough) return best;

  const double shortest = h / 1000, here = function.value();
  const auto slope = [&](double by) {
    const LossFunctionOfAll::Moved there = function.moved(variable, by);
    return (there.loss - here) / there.by;
  };
  const double left = slope(-shortest), right = slope(shortest);
  if (std::abs(right - left) > jump * largest) {
    const double nearest = std::clamp(gradient, std::min(left, right), std::max(left, right));
    return {nearest, std::abs(gradient - nearest), true};
  }
  return best;
}

/// An array of variables with their gradients, as the check found them.
struct Array {
  std::string name;
  MatrixView values;  // as it lies in memory
  bool transposed;    // whether it is named the other way round: weights
  std::vector<double> gradients;

  std::string place(Index i) const {
    const Index row = i / values.cols, col = i % values.cols;
    if (transposed) return name + "[" + std::to_string(col) + "][" + std::to_string(row) + "]";
    return name + (name == "input" ? "[" + std::to_string(row) + "]" : "") + "[" + std::to_string(col) + "]";
  }
};

}  // namespace

std::vector<GradientError> check_gradients(Network& network, const Loss& loss, ConstMatrixView x, ConstMatrixView t,
                                           const GradientCheckOptions& options) {
  LossFunctionOfAll function(network, loss, x, t, options.training);
  for (int i = 0; i < options.backward_passes; ++i) {
    function.value();
    function.backward();
  }

  std::vector<Array> arrays;
  double largest = 0;
  const auto add = [&](const std::string& name, MatrixView values, const Scalar* gradients, bool transposed) {
    Array array{name, values, transposed, {}};
    for (Index i = 0; i < values.size(); ++i) {
      array.gradients.push_back(function.read(gradients + i));
      const double size = std::abs(array.gradients.back());
      if (std::isfinite(size)) largest = std::max(largest, size);  // NaN would hide which of them is NaN
    }
    arrays.push_back(std::move(array));
  };
  for (std::size_t i = 0; i < network.layers().size(); ++i)
    for (const Parameter& parameter : network.layers()[i]->parameters())
      add(std::to_string(i) + "." + parameter.name, parameter.value, parameter.gradient.data,
          parameter.shape.size() == 2);
  add("input", {function.inputs(), x.rows, x.cols}, function.input_gradients(), false);
  const double unit = largest == 0 ? 1 : largest;  // where all gradients are zero, the difference itself is the error

  std::vector<GradientError> errors;
  for (const Array& array : arrays) {
    const Index size = array.values.size();
    const Index points = options.points > 0 ? std::min(options.points, size) : size;
    GradientError result{array.name, points, 0, "", 0, 0, 0};
    for (Index k = 0; k < points; ++k) {
      const Index i = k * size / points;
      const double gradient = array.gradients[static_cast<std::size_t>(i)];
      const Comparison found = compare(function, array.values.data + i, gradient, unit, options.h);
      if (found.on_kink) ++result.kinks;
      if (k > 0 && !is_worse(found.error / unit, result.worst)) continue;
      result.worst = found.error / unit;
      result.place = array.place(i);
      result.gradient = gradient;
      result.difference = found.difference;
    }
    errors.push_back(std::move(result));
  }
  return errors;
}

const GradientError& worst_of(const std::vector<GradientError>& errors) {
  const GradientError* worst = &errors.front();
  for (const GradientError& error : errors)
    if (is_worse(error.worst, worst->worst)) worst = &error;
  return *worst;
}

double worst_error(const std::vector<GradientError>& errors) { return errors.empty() ? 0 : worst_of(errors).worst; }

TINYMLP_END
