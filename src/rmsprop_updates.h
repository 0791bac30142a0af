// RMSprop's formulas for one parameter, shared by the optimizer and the devices' kernels. The learning rate is read
// where the step runs: see Step.
#pragma once
#include <cmath>

#include "penalty.h"
#include "tinymlp/context.h"
#include "tinymlp/map.h"

TINYMLP_BEGIN

/// What both variants begin with.
struct RmsScaling {
  template <class T>
  TINYMLP_HD T new_square(T s, T h) const {  // s ← α s + (1 - α) h²
    return T(alpha) * s + T(rest) * h * h;
  }
  template <class T>
  TINYMLP_HD T scaled(T h, T s) const {  // h / (√s + ε)
    using std::sqrt;
    return h / (sqrt(s) + T(epsilon));
  }
  Scalar alpha, rest;  // α and 1 - α, each rounded once
  Scalar epsilon;
};

struct RmsPropUpdate {  // p ← p - η h / (√s + ε)
  static std::string name() { return "rmsprop"; }
  template <class T>
  TINYMLP_HD Two<T> operator()(T p, T s, T g) const {
    const T h = penalty.added_to(g, p);
    s = scaling.new_square(s, h);
    return {p - T(step->learning_rate) * scaling.scaled(h, s), s};
  }
  const Step* step;
  Penalty penalty;
  RmsScaling scaling;
};

struct RmsPropMomentumUpdate {  // u ← μ u + h / (√s + ε),  p ← p - η u
  static std::string name() { return "rmsprop.momentum"; }
  template <class T>
  TINYMLP_HD Three<T> operator()(T p, T s, T u, T g) const {
    const T h = penalty.added_to(g, p);
    s = scaling.new_square(s, h);
    u = T(momentum) * u + scaling.scaled(h, s);
    return {p - T(step->learning_rate) * u, s, u};
  }
  const Step* step;
  Penalty penalty;
  RmsScaling scaling;
  Scalar momentum;
};

TINYMLP_END
