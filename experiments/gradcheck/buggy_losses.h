// Losses whose gradients are wrong on purpose.
#pragma once
#include "tinymlp/losses.h"

namespace tinymlp::program {

/// The right value, and the right gradient times a wrong number.
class ScaledCrossEntropy : public Loss {
 private:
  void evaluate_impl(Device& device, ConstMatrixView prediction, ConstMatrixView target, Scalar* value,
                     MatrixView gradient) const final {
    right_.evaluate(device, prediction, target, value, gradient);
    device.require_host(describe());
    for (Index i = 0; i < gradient.size(); ++i) gradient.data[i] *= factor(gradient.rows);
  }
  virtual Scalar factor(Index batch) const = 0;
  SoftmaxCrossEntropy right_;
};

class CrossEntropyOfWrongSign final : public ScaledCrossEntropy {
  std::string describe() const override { return "bug.cross-entropy-sign"; }
  Scalar factor(Index) const override { return -1; }
};

class CrossEntropyWithoutMean final : public ScaledCrossEntropy {
  std::string describe() const override { return "bug.cross-entropy-sum"; }
  Scalar factor(Index batch) const override { return static_cast<Scalar>(batch); }  // undoes the 1/batch
};

}  // namespace tinymlp::program
