// A fully connected layer as plain loops, with a mistake in its backward pass.
#pragma once
#include "tinymlp/initializer.h"
#include "tinymlp/layer.h"

namespace tinymlp::program {

enum class DenseBug { transposed_weight_gradient, bias_of_last_row, gradients_added };

class BuggyDense final : public Layer {
 public:
  BuggyDense(Index in, Index out, DenseBug bug);

  std::string describe() const override;
  Index outputs(Index inputs) const override;
  void initialize(std::size_t which, std::span<double> values, Random& random) const override;

 private:
  void forward_impl(const Context& context, ConstMatrixView x, MatrixView y) const override;
  void backward_impl(const Context& context, ConstMatrixView x, ConstMatrixView y, ConstMatrixView dy,
                     MatrixView dx) const override;
  Index in_, out_;
  DenseBug bug_;
};

}  // namespace tinymlp::program
