// The fully connected layer. Its derivatives, in five lines, are in dense.cpp: dw = xᵀ dy, db = Σ dy, dx = dy wᵀ.
#pragma once
#include "tinymlp/initializer.h"
#include "tinymlp/layer.h"

TINYMLP_BEGIN

/// y = x w + b, each output a weighted sum of all inputs. w: (in, out), b: (1, out).
class Dense final : public Layer {
 public:
  /// Throws ShapeError unless both sizes are at least 1.
  Dense(Index in, Index out, Initializer initializer = make_initializer("xavier-uniform"));

  std::string describe() const override;
  Index outputs(Index inputs) const override;
  void initialize(std::size_t which, std::span<double> values, Random& random) const override;

 private:
  void forward_impl(const Context& context, ConstMatrixView x, MatrixView y) const override;
  void backward_impl(const Context& context, ConstMatrixView x, ConstMatrixView y, ConstMatrixView dy,
                     MatrixView dx) const override;
  Index in_, out_;
  Initializer initializer_;
};

TINYMLP_END
