#include "tinymlp/gradient_check.h"

#include <algorithm>
#include <cmath>

#include "tinymlp/error.h"
#include "tinymlp/pass.h"

TINYMLP_BEGIN

namespace {

/// A loss as a function of everything that it depends on.
class LossFunctionOfAll {
 public:
  LossFunctionOfAll(Network& network, const Loss& loss, ConstMatrixView x, ConstMatrixView t)
      : network_(network),
        loss_(loss),
        pass_(network, x.rows),
        x_memory_(copy(x)),
        t_memory_(copy(t)),
        dx_memory_(make_buffer<Scalar>(network.device(), x.size())),
        value_(make_buffer<Scalar>(network.device(), 1)),
        x_(x_memory_.get(), x.rows, x.cols),
        t_(t_memory_.get(), t.rows, t.cols) {}

  double value() {
    const ConstMatrixView y = pass_.forward(x_);
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
  /// (Loss(v + h) - Loss(v - h)) / 2h, with the step that v ± h really make after rounding.
  double finite_difference(Scalar* variable, double h) {
    const auto saved = static_cast<Scalar>(read(variable));
    const auto above = static_cast<Scalar>(saved + static_cast<Scalar>(h));
    const auto below = static_cast<Scalar>(saved - static_cast<Scalar>(h));
    const auto at = [&](Scalar v) {
      network_.device().upload(variable, &v, sizeof v);
      return value();
    };
    const double difference = at(above) - at(below);
    at(saved);
    return difference / (static_cast<double>(above) - static_cast<double>(below));
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
  MatrixView x_, t_;
};

/// std::max drops a NaN; this keeps it.
double larger(double a, double b) { return std::isnan(a) || a > b ? a : b; }

}  // namespace

std::vector<GradientError> check_gradients(Network& network, const Loss& loss, ConstMatrixView x, ConstMatrixView t,
                                           double h) {
  LossFunctionOfAll function(network, loss, x, t);
  function.value();
  function.backward();

  struct Array {
    std::string name;
    Scalar* values;
    std::vector<double> gradients;
  };
  std::vector<Array> arrays;
  double largest = 0;
  const auto add = [&](const std::string& name, Scalar* values, const Scalar* gradients, Index size) {
    Array array{name, values, {}};
    for (Index i = 0; i < size; ++i) {
      array.gradients.push_back(function.read(gradients + i));
      largest = larger(std::abs(array.gradients.back()), largest);
    }
    arrays.push_back(std::move(array));
  };
  for (std::size_t i = 0; i < network.layers().size(); ++i)
    for (const Parameter& parameter : network.layers()[i]->parameters())
      add(std::to_string(i) + "." + parameter.name, parameter.value.data, parameter.gradient.data, parameter.size());
  add("input", function.inputs(), function.input_gradients(), x.size());

  std::vector<GradientError> errors;
  for (const Array& array : arrays) {
    double worst = 0;
    for (std::size_t i = 0; i < array.gradients.size(); ++i)
      worst = larger(std::abs(array.gradients[i] - function.finite_difference(array.values + i, h)), worst);
    // Where all gradients are zero, the difference itself is the error.
    errors.push_back({array.name, static_cast<Index>(array.gradients.size()), worst / (largest == 0 ? 1 : largest)});
  }
  return errors;
}

double worst_error(const std::vector<GradientError>& errors) {
  double worst = 0;
  for (const GradientError& error : errors) worst = larger(error.worst, worst);
  return worst;
}

TINYMLP_END
