// The activation that learns its slope.
#pragma once
#include "tinymlp/activations/facts.h"
#include "tinymlp/layer.h"

TINYMLP_BEGIN

/// y = x for x > 0, else w x, with one learned number w for the whole layer: a parameter "weight" of shape (1), as in
/// torch.nn.PReLU, and like there subject to weight decay. He, Zhang, Ren, Sun 2015.
class PReLU final : public Layer {
 public:
  static constexpr ActivationFacts facts{.value = "x for x > 0, else w x, w learned",
                                         .derivative = "1 for x > 0, else w",
                                         .range = all_numbers,
                                         .zero_centred = false,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "he-normal",
                                         .paper = "He, Zhang, Ren, Sun 2015"};
  static constexpr Scalar default_slope = Scalar(0.25);
  static std::string name() { return "prelu"; }

  explicit PReLU(Scalar initial_slope = default_slope);

  std::string describe() const override;  // "prelu(0.25)", with the initial slope
  Index outputs(Index inputs) const override { return inputs; }
  void initialize(std::size_t which, std::span<double> values, Random& random) const override;

 private:
  void forward_impl(const Context& context, ConstMatrixView x, MatrixView y) const override;
  void backward_impl(const Context& context, ConstMatrixView x, ConstMatrixView y, ConstMatrixView dy,
                     MatrixView dx) const override;
  Scalar initial_slope_;
};

TINYMLP_END
