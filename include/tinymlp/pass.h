// One way through a network and back: it holds every layer's output and gradient for a batch.
#pragma once
#include <vector>

#include "tinymlp/network.h"

TINYMLP_BEGIN

/// Training and prediction each have one of their own, on the same network, which must outlive it.
class Pass {
 public:
  Pass(const Network& network, Index max_batch);

  /// Returns the last layer's output (batch, out), valid until the next forward(). x: (batch, in), on the device, must
  /// live until backward() is done. `step` is null outside of training. Throws ShapeError.
  ConstMatrixView forward(ConstMatrixView x, const Step* step = nullptr);
  /// Where the gradient of the loss by the last output goes before backward(): (batch, out).
  MatrixView output_gradient();
  /// Fills the network's gradients, and dx = dLoss/dx, (batch, in), unless it has no data.
  void backward(MatrixView dx = {});

  /// What layer `i` gave in the last forward(): (batch, its outputs).
  ConstMatrixView output(std::size_t i) const { return y_[i].first(x_.rows); }

 private:
  const Network& network_;
  ConstMatrixView x_;
  const Step* step_ = nullptr;
  std::vector<Buffer<Scalar>> memory_;
  std::vector<MatrixView> y_, dy_;  // of each layer: (max_batch, out)
};

TINYMLP_END
