#include "tinymlp/dense.h"

#include "tinymlp/error.h"

TINYMLP_BEGIN

Dense::Dense(Index in, Index out, Initializer initializer)
    : Layer({{"weight", {out, in}, true, {}, {}}, {"bias", {out}, false, {}, {}}}),
      in_(in),
      out_(out),
      initializer_(std::move(initializer)) {
  if (in < 1 || out < 1) throw ShapeError(describe() + ": a layer needs at least one input and one output");
}

std::string Dense::describe() const { return "Dense(" + std::to_string(in_) + ", " + std::to_string(out_) + ")"; }

Index Dense::outputs(Index inputs) const {
  if (inputs != in_) throw ShapeError(describe() + " is given " + std::to_string(inputs) + " inputs");
  return out_;
}

void Dense::initialize(std::size_t which, std::span<double> values, Random& random) const {
  if (which == 0)
    initializer_.weights(values, out_, in_, random);
  else if (initializer_.biases)
    initializer_.biases(values, in_, random);
}

void Dense::forward_impl(const Context& context, ConstMatrixView x, MatrixView y) const {
  const ConstMatrixView w = parameter(0).value, b = parameter(1).value;
  context.device.multiply(x, w, b, y);  // y = x w + b
}

void Dense::backward_impl(const Context& context, ConstMatrixView x, ConstMatrixView, ConstMatrixView dy,
                          MatrixView dx) const {
  const ConstMatrixView w = parameter(0).value;
  const MatrixView dw = parameter(0).gradient, db = parameter(1).gradient;
  context.device.multiply_at(x, dy, dw);               // dw = xᵀ dy
  context.device.sum_rows(dy, db);                     // db = Σ dy over the batch
  if (dx.data) context.device.multiply_bt(dy, w, dx);  // dx = dy wᵀ
}

TINYMLP_END
