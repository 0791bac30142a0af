// Activations whose derivatives are wrong on purpose.
#pragma once
#include "tinymlp/activations.h"

namespace tinymlp::program {

struct ReluWithSigmoidDerivative : ReLU {
  static std::string name() { return "bug.relu-sigmoid-derivative"; }
  template <class T>
  T derivative(T, T y) const {
    return y * (T(1) - y);  // of sigmoid; relu's is 1 or 0
  }
};

struct TanhWithoutDerivative : Tanh {
  static std::string name() { return "bug.tanh-without-derivative"; }
  template <class T>
  T derivative(T, T) const {
    return T(1);  // 1 - y² is missing
  }
};

struct SoftplusDerivedAtY : Softplus {
  static std::string name() { return "bug.softplus-derivative-at-y"; }
  template <class T>
  T derivative(T, T y) const {
    return Softplus::derivative(y, y);  // of x, not y
  }
};

/// Right by luck: the sign of y is that of x wherever relu has a slope.
struct ReluDerivedAtY : ReLU {
  static std::string name() { return "bug.relu-derivative-at-y"; }
  template <class T>
  T derivative(T, T y) const {
    return ReLU::derivative(y, y);
  }
};

}  // namespace tinymlp::program
