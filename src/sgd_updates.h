// SGD's formulas for one parameter, shared by the optimizer and the devices' kernels. The learning rate is read where
// the step runs: see Step.
#pragma once
#include "penalty.h"
#include "tinymlp/context.h"
#include "tinymlp/map.h"

TINYMLP_BEGIN

struct SgdUpdate {  // p ← p - η h,  h = g + λ p + λ₁ sign(p)
  static std::string name() { return "sgd"; }
  template <class T>
  TINYMLP_HD T operator()(T p, T g) const {
    return p - T(step->learning_rate) * penalty.added_to(g, p);
  }
  const Step* step;
  Penalty penalty;
};

struct MomentumUpdate {  // v ← μ v + h,  p ← p - η v
  static std::string name() { return "sgd.momentum"; }
  template <class T>
  TINYMLP_HD Two<T> operator()(T p, T v, T g) const {
    v = T(momentum) * v + penalty.added_to(g, p);
    return {p - T(step->learning_rate) * v, v};
  }
  const Step* step;
  Penalty penalty;
  Scalar momentum;
};

struct NesterovUpdate {  // v ← μ v + h,  p ← p - η (h + μ v)
  static std::string name() { return "sgd.nesterov"; }
  template <class T>
  TINYMLP_HD Two<T> operator()(T p, T v, T g) const {
    const T h = penalty.added_to(g, p);
    v = T(momentum) * v + h;
    return {p - T(step->learning_rate) * (h + T(momentum) * v), v};
  }
  const Step* step;
  Penalty penalty;
  Scalar momentum;
};

TINYMLP_END
