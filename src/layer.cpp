#include "tinymlp/layer.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "text.h"
#include "tinymlp/error.h"

TINYMLP_BEGIN

namespace {

[[noreturn, gnu::cold, gnu::noinline]] void wrong_shape(const Layer& layer, const char* what, ConstMatrixView got,
                                                        Index rows, Index cols) {
  throw ShapeError(layer.describe() + " " + what + " is " + shape_text({got.rows, got.cols}) + ", expected " +
                   shape_text({rows, cols}));
}

void check(const Layer& layer, const char* what, ConstMatrixView got, Index rows, Index cols) {
  if (got.rows != rows || got.cols != cols) wrong_shape(layer, what, got, rows, cols);
}

[[noreturn, gnu::cold, gnu::noinline]] void not_placed(const Layer& layer) {
  throw Error(layer.describe() + " has no memory for its parameters yet: make it part of a Network");
}

void check_placed(const Layer& layer) {
  if (!layer.parameters().empty() && !layer.parameters().front().value.data) not_placed(layer);
}

}  // namespace

Index Parameter::size() const { return std::accumulate(shape.begin(), shape.end(), Index{1}, std::multiplies<>()); }

void Layer::forward(const Context& context, ConstMatrixView x, MatrixView y) const {
  check(*this, "forward: y", y, x.rows, outputs(x.cols));
  check_placed(*this);
  forward_impl(context, x, y);
}

void Layer::backward(const Context& context, ConstMatrixView x, ConstMatrixView y, ConstMatrixView dy,
                     MatrixView dx) const {
  check(*this, "backward: y", y, x.rows, outputs(x.cols));
  check(*this, "backward: dy", dy, y.rows, y.cols);
  if (dx.data) check(*this, "backward: dx", dx, x.rows, x.cols);
  check_placed(*this);
  backward_impl(context, x, y, dy, dx);
}

void Layer::initialize(std::size_t, std::span<double> values, Random&) const { std::ranges::fill(values, 0.0); }

void Layer::place(std::size_t which, Scalar* value, Scalar* gradient) {
  Parameter& parameter = parameters_[which];
  const bool matrix = parameter.shape.size() == 2;
  const Index rows = matrix ? parameter.shape[1] : 1, cols = matrix ? parameter.shape[0] : parameter.size();
  parameter.value = {value, rows, cols};
  parameter.gradient = {gradient, rows, cols};
}

TINYMLP_END
