// Adagrad: the gradient is divided by the root of the sum of all its squares so far. PyTorch's formulas.
#pragma once
#include "tinymlp/map.h"
#include "tinymlp/optimizer.h"

TINYMLP_BEGIN

struct AdagradOptions {
  double learning_rate = 0.01;
  double epsilon = 1e-10;
  double weight_decay = 0;    // λ: adds λ w to the gradient of w
  bool decay_biases = false;  // both penalties for everything, not only for weights
  double l1 = 0;              // λ₁: adds λ₁ sign(w) to the gradient of w; sign(0) = 0
};

/// With s 0 at first:  h = g + λ p + λ₁ sign(p),  s ← s + h²,  p ← p - η h / (√s + ε)
/// Duchi, Hazan, Singer 2011.
class Adagrad final : public Optimizer {
 public:
  /// Throws InputError for a value out of range.
  explicit Adagrad(AdagradOptions options);
  std::string describe() const override { return "adagrad"; }
  double learning_rate() const override { return options_.learning_rate; }
  void prepare(Device& device, ParameterCounts counts) override;
  void step(const Context& context, Scalar* parameters, const Scalar* gradients) override;
  std::vector<Memory> memory() override;

 private:
  AdagradOptions options_;
  ParameterCounts counts_;
  Buffer<Scalar> square_;  // s: (counts.all)
};

TINYMLP_END
