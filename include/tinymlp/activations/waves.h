// Activations that rise and fall: a wave and a bump.
#pragma once
#include "tinymlp/activations/arithmetic.h"

TINYMLP_BEGIN

/// y = sin x, y' = cos x. It has no limit at infinity: NaN there.
struct Sin {
  static std::string name() { return "sin"; }
  static constexpr ActivationFacts facts{.value = "sin(x)",
                                         .derivative = "cos(x)",
                                         .range = {-1, 1, true, true},
                                         .zero_centred = true,
                                         .monotone = false,
                                         .lipschitz = 1,
                                         .initializer = "he-uniform",
                                         .paper = "Sitzmann et al. 2020"};
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::sin;
    return sin(x);
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    using std::cos;
    return cos(x);
  }
};

/// y = exp(-x²), y' = -2 x y: a unit that answers to one place, as in networks of radial basis functions.
struct Gaussian {
  static std::string name() { return "gaussian"; }
  static constexpr ActivationFacts facts{.value = "exp(-x²)",
                                         .derivative = "-2 x y",
                                         .range = {0, 1, false, true},
                                         .zero_centred = false,
                                         .monotone = false,
                                         .lipschitz = 0.8577638849607068,
                                         .initializer = "xavier-normal",
                                         .paper = "Broomhead and Lowe 1988"};
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::exp;
    return exp(-x * x);
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T y) const {
    return damped(T(-2) * x, y);
  }
};

TINYMLP_END
