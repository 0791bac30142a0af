// Dropout: in training, each number is left out with a certain probability, so that no unit can rely on another.
#pragma once
#include "tinymlp/layer.h"

TINYMLP_BEGIN

/// In training   y = x m / (1 - p), where m is 0 with probability p, else 1, drawn anew for each element and step:
///               dx = dy m / (1 - p)
/// Otherwise     y = x, for the division keeps the mean what it was ("inverted" dropout). With p = 1, y = 0.
/// Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov 2014.
///
/// m is a function of (seed, step, layer, element), never stored: the same on every device, with any number of threads,
/// forward and backward, and after a training that was interrupted.
class Dropout final : public Layer {
 public:
  /// Throws InputError unless 0 ≤ p ≤ 1.
  explicit Dropout(double p);

  std::string describe() const override;  // "dropout(0.5)"
  Index outputs(Index inputs) const override { return inputs; }
  void join(std::uint64_t seed, std::size_t place) override;

 private:
  void forward_impl(const Context& context, ConstMatrixView x, MatrixView y) const override;
  void backward_impl(const Context& context, ConstMatrixView x, ConstMatrixView y, ConstMatrixView dy,
                     MatrixView dx) const override;
  /// Either of the two.
  void apply(const Context& context, ConstMatrixView from, MatrixView to) const;

  double p_;
  DropoutMask mask_;
};

TINYMLP_END
