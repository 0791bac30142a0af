// Adam's formulas, shared by the optimizer and the devices' kernels. What changes from step to step is read where the
// step runs: see Step.
#pragma once
#include <cmath>

#include "penalty.h"
#include "tinymlp/context.h"
#include "tinymlp/map.h"

TINYMLP_BEGIN

/// For one element, whatever it was: once a step instead of once a parameter. expm1 keeps the digits that 1 - βᵗ would
/// lose: with β = 0.999 in float, three of seven.
struct AdamCorrections {  // c₁ = 1 / (1 - β₁ᵗ),  c₂ = 1 / √(1 - β₂ᵗ)
  static std::string name() { return "adam.corrections"; }
  template <class T>
  TINYMLP_HD Two<T> operator()(T) const {
    using std::expm1, std::sqrt;
    const T t(static_cast<Scalar>(step->number));
    return {T(1) / -expm1(t * T(log_beta1)), T(1) / sqrt(-expm1(t * T(log_beta2)))};
  }
  const Step* step;
  Scalar log_beta1, log_beta2;
};

struct AdamUpdate {  // m ← β₁ m + (1 - β₁) h,  v ← β₂ v + (1 - β₂) h²,  p ← p - η λ p - η c₁ m / (c₂ √v + ε)
  static std::string name() { return "adam"; }
  template <class T>
  TINYMLP_HD Three<T> operator()(T p, T m, T v, T g) const {
    using std::sqrt;
    const T rate(step->learning_rate), h = penalty.added_to(g, p);
    m = T(beta1) * m + T(rest1) * h;
    v = T(beta2) * v + T(rest2) * h * h;
    p = p - rate * T(decoupled_decay) * p;
    return {p - rate * T(corrections[0]) * m / (sqrt(v) * T(corrections[1]) + T(epsilon)), m, v};
  }
  const Step* step;
  const Scalar* corrections;  // (2)
  Penalty penalty;
  Scalar decoupled_decay;  // λ of AdamW
  Scalar beta1, rest1;     // β₁ and 1 - β₁, each rounded once
  Scalar beta2, rest2;
  Scalar epsilon;
};

TINYMLP_END
