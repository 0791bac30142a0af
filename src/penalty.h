// What optimizers share: the penalties that keep weights small, and checks of options.
#pragma once
#include <string>

#include "call_text.h"
#include "tinymlp/activations.h"
#include "tinymlp/error.h"
#include "tinymlp/optimizer.h"

TINYMLP_BEGIN

/// The gradient of λ p² / 2 + λ₁ |p|, weight decay and l1: added to the loss's gradient g.
struct Penalty {
  /// g + λ p + λ₁ sign(p), where sign(0) = 0.
  template <class T>
  TINYMLP_HD T added_to(T g, T p) const {
    const T sign = select(p > T(0), T(1), select(p < T(0), T(-1), T(0)));
    return g + T(weight_decay) * p + T(l1) * sign;
  }
  Scalar weight_decay = 0, l1 = 0;
};

/// Calls update(first, size, penalised) for all parameters at once where `alike`, else for the weights and for the
/// rest, which no penalty applies to.
template <class Update>
void update_parts(ParameterCounts counts, bool alike, const Update& update) {
  update(Index{0}, alike ? counts.all : counts.weights, true);
  if (!alike) update(counts.weights, counts.all - counts.weights, false);
}

/// Throws InputError unless the value of `what` ("the learning rate") is at least 0 and below 1e30.
inline void check_not_negative(const std::string& what, double value) {
  if (!(value >= 0 && value < 1e30))  // so that NaN is refused as well
    throw InputError(what + " is " + number_text(value) + ": give a number from 0 to below 1e30");
}
/// Throws InputError unless 0 ≤ value < 1.
inline void check_below_1(const std::string& what, double value) {
  if (!(value >= 0 && value < 1))
    throw InputError(what + " is " + number_text(value) + ": give a number from 0 to below 1");
}
/// Throws InputError unless the value is above 0 and below 1e30.
inline void check_positive(const std::string& what, double value) {
  if (!(value > 0 && value < 1e30))
    throw InputError(what + " is " + number_text(value) + ": give a number above 0, below 1e30");
}

TINYMLP_END
