// SGD's formulas for one parameter, shared by the optimizer and the devices' kernels. The learning rate is read where
// the step runs: see Step.
#pragma once
#include "tinymlp/context.h"
#include "tinymlp/map.h"

TINYMLP_BEGIN

struct SgdUpdate {  // p ← p - η (g + λ p)
  static std::string name() { return "sgd"; }
  template <class T>
  TINYMLP_HD T operator()(T p, T g) const {
    return p - T(step->learning_rate) * (g + T(weight_decay) * p);
  }
  const Step* step;
  Scalar weight_decay;
};

struct MomentumUpdate {  // v ← μ v + g + λ p,  p ← p - η v
  static std::string name() { return "sgd.momentum"; }
  template <class T>
  TINYMLP_HD Two<T> operator()(T p, T v, T g) const {
    v = T(momentum) * v + g + T(weight_decay) * p;
    return {p - T(step->learning_rate) * v, v};
  }
  const Step* step;
  Scalar momentum, weight_decay;
};

struct NesterovUpdate {  // h = g + λ p,  v ← μ v + h,  p ← p - η (h + μ v)
  static std::string name() { return "sgd.nesterov"; }
  template <class T>
  TINYMLP_HD Two<T> operator()(T p, T v, T g) const {
    const T h = g + T(weight_decay) * p;
    v = T(momentum) * v + h;
    return {p - T(step->learning_rate) * (h + T(momentum) * v), v};
  }
  const Step* step;
  Scalar momentum, weight_decay;
};

TINYMLP_END
