// Stochastic gradient descent with momentum, Nesterov's variant of it, and weight decay: PyTorch's formulas.
#pragma once
#include "tinymlp/map.h"
#include "tinymlp/optimizer.h"

TINYMLP_BEGIN

struct SgdOptions {
  double learning_rate = 0.1;
  double momentum = 0;        // in [0, 1)
  bool nesterov = false;      // needs a momentum
  double weight_decay = 0;    // λ: adds λ w to the gradient of w
  bool decay_biases = false;  // both penalties for everything, not only for weights
  double l1 = 0;              // λ₁: adds λ₁ sign(w) to the gradient of w; sign(0) = 0
};

/// Without momentum:  p ← p - η h,  h = g + λ p + λ₁ sign(p)
/// With momentum μ:   v ← μ v + h,  p ← p - η v;  Nesterov's:  p ← p - η (h + μ v)
/// v is 0 at first. Polyak 1964; Sutskever, Martens, Dahl, Hinton 2013.
class Sgd final : public Optimizer {
 public:
  /// Throws InputError for a value out of range.
  explicit Sgd(SgdOptions options);
  std::string describe() const override { return "sgd"; }
  double learning_rate() const override { return options_.learning_rate; }
  void prepare(Device& device, ParameterCounts counts) override;
  void step(const Context& context, Scalar* parameters, const Scalar* gradients) override;
  std::vector<Memory> memory() override;

 private:
  SgdOptions options_;
  ParameterCounts counts_;
  Buffer<Scalar> velocity_;  // v: (counts.all)
};

TINYMLP_END
