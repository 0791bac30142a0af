// Adam and AdamW: each parameter's step is measured by the sizes of its own latest gradients. PyTorch's formulas.
#pragma once
#include "tinymlp/map.h"
#include "tinymlp/optimizer.h"

TINYMLP_BEGIN

struct AdamOptions {
  double learning_rate = 0.001;
  double beta1 = 0.9, beta2 = 0.999;  // in [0, 1)
  double epsilon = 1e-8;
  double weight_decay = 0;    // λ
  bool decoupled = false;     // AdamW: weight decay acts on the parameter itself, not through the gradient
  bool decay_biases = false;  // both penalties for everything, not only for weights
  double l1 = 0;              // λ₁: adds λ₁ sign(w) to the gradient of w; sign(0) = 0
};

/// In step t = 1, 2, …, with m and v 0 at first:
///   h = g + λ p + λ₁ sign(p);  AdamW: h = g + λ₁ sign(p) and p ← p - η λ p
///   m ← β₁ m + (1 - β₁) h,  v ← β₂ v + (1 - β₂) h²
///   p ← p - η m / (1 - β₁ᵗ) / (√v / √(1 - β₂ᵗ) + ε)
/// Kingma and Ba 2015; Loshchilov and Hutter 2019.
class Adam final : public Optimizer {
 public:
  /// Throws InputError for a value out of range.
  explicit Adam(AdamOptions options);
  std::string describe() const override { return options_.decoupled ? "adamw" : "adam"; }
  double learning_rate() const override { return options_.learning_rate; }
  void prepare(Device& device, ParameterCounts counts) override;
  void step(const Context& context, Scalar* parameters, const Scalar* gradients) override;
  std::vector<Memory> memory() override;

 private:
  AdamOptions options_;
  ParameterCounts counts_;
  Buffer<Scalar> mean_, square_;  // m, v: (counts.all)
  Buffer<Scalar> corrections_;    // of this step, by which m and √v are multiplied: (2)
};

TINYMLP_END
