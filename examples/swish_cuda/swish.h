// An activation of one's own: SiLU with a parameter that says how fast it bends.
#pragma once
#include <cmath>
#include <string>

#include "tinymlp/activation.h"

/// y = x σ(βx),  y' = σ(βx) (1 + βx (1 - σ(βx)))
struct Swish {
  static std::string name() { return "example.swish"; }
  template <class T>
  TINYMLP_HD T sigmoid(T x) const {
    using std::exp;
    return T(1) / (T(1) + exp(-x));
  }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return x * sigmoid(T(beta) * x);
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    const T s = sigmoid(T(beta) * x);
    return s * (T(1) + T(beta) * x * (T(1) - s));
  }
  tinymlp::Scalar beta = 1.5;
};
