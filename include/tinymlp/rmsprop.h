// RMSprop: the gradient is divided by the root of the mean of its latest squares. PyTorch's formulas.
#pragma once
#include "tinymlp/map.h"
#include "tinymlp/optimizer.h"

TINYMLP_BEGIN

struct RmsPropOptions {
  double learning_rate = 0.01;
  double alpha = 0.99;  // in [0, 1): how much of the mean of squares stays from step to step
  double epsilon = 1e-8;
  double momentum = 0;        // in [0, 1)
  double weight_decay = 0;    // λ: adds λ w to the gradient of w
  bool decay_biases = false;  // both penalties for everything, not only for weights
  double l1 = 0;              // λ₁: adds λ₁ sign(w) to the gradient of w; sign(0) = 0
};

/// With s and u 0 at first:
///   h = g + λ p + λ₁ sign(p),  s ← α s + (1 - α) h²
///   without momentum:  p ← p - η h / (√s + ε)
///   with momentum μ:   u ← μ u + h / (√s + ε),  p ← p - η u
/// Tieleman and Hinton 2012.
class RmsProp final : public Optimizer {
 public:
  /// Throws InputError for a value out of range.
  explicit RmsProp(RmsPropOptions options);
  std::string describe() const override { return "rmsprop"; }
  double learning_rate() const override { return options_.learning_rate; }
  void prepare(Device& device, ParameterCounts counts) override;
  void step(const Context& context, Scalar* parameters, const Scalar* gradients) override;
  std::vector<Memory> memory() override;

 private:
  RmsPropOptions options_;
  ParameterCounts counts_;
  Buffer<Scalar> square_, velocity_;  // s, u: (counts.all)
};

TINYMLP_END
