#include "gradcheck/buggy_dense.h"

#include "tinymlp/error.h"

namespace tinymlp::program {

BuggyDense::BuggyDense(Index in, Index out, DenseBug bug)
    : Layer({{"weight", {out, in}, true, {}, {}}, {"bias", {out}, false, {}, {}}}), in_(in), out_(out), bug_(bug) {}

std::string BuggyDense::describe() const {
  return "bug.Dense(" + std::to_string(in_) + ", " + std::to_string(out_) + ")";
}

Index BuggyDense::outputs(Index inputs) const {
  if (inputs != in_) throw ShapeError(describe() + " is given " + std::to_string(inputs) + " inputs");
  return out_;
}

void BuggyDense::initialize(std::size_t which, std::span<double> values, Random& random) const {
  if (which == 0) make_initializer("xavier-normal").weights(values, out_, in_, random);
}

void BuggyDense::forward_impl(const Context& context, ConstMatrixView x, MatrixView y) const {
  const ConstMatrixView w = parameter(0).value, b = parameter(1).value;
  context.device.require_host(describe());
  context.device.multiply(x, w, b, y);  // y = x w + b
}

void BuggyDense::backward_impl(const Context& context, ConstMatrixView x, ConstMatrixView, ConstMatrixView dy,
                               MatrixView dx) const {
  const MatrixView dw = parameter(0).gradient, db = parameter(1).gradient;  // (in, out), (1, out)
  for (Index i = 0; i < in_; ++i)
    for (Index j = 0; j < out_; ++j) {
      Scalar sum = 0;  // dw = xᵀ dy
      for (Index row = 0; row < x.rows; ++row) sum += x.data[row * in_ + i] * dy.data[row * out_ + j];
      Scalar& place = dw.data[bug_ == DenseBug::transposed_weight_gradient ? j * in_ + i : i * out_ + j];
      place = sum + (bug_ == DenseBug::gradients_added ? place : 0);
    }
  for (Index j = 0; j < out_; ++j) {
    Scalar sum = 0;  // db = Σ dy over the batch
    for (Index row = 0; row < x.rows; ++row)
      if (bug_ != DenseBug::bias_of_last_row || row + 1 == x.rows) sum += dy.data[row * out_ + j];
    db.data[j] = sum + (bug_ == DenseBug::gradients_added ? db.data[j] : 0);
  }
  if (dx.data) context.device.multiply_bt(dy, parameter(0).value, dx);  // dx = dy wᵀ
}

}  // namespace tinymlp::program
