// Adagrad's formula for one parameter, shared by the optimizer and the devices' kernels. The learning rate is read
// where the step runs: see Step.
#pragma once
#include <cmath>

#include "penalty.h"
#include "tinymlp/context.h"
#include "tinymlp/map.h"

TINYMLP_BEGIN

struct AdagradUpdate {  // s ← s + h²,  p ← p - η h / (√s + ε)
  static std::string name() { return "adagrad"; }
  template <class T>
  TINYMLP_HD Two<T> operator()(T p, T s, T g) const {
    using std::sqrt;
    const T h = penalty.added_to(g, p);
    s = s + h * h;
    return {p - T(step->learning_rate) * (h / (sqrt(s) + T(epsilon))), s};
  }
  const Step* step;
  Penalty penalty;
  Scalar epsilon;
};

TINYMLP_END
