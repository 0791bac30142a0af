// PReLU's formulas for one number, shared by the layer and the devices' kernels. The slope is read where they run, for
// it changes from step to step.
#pragma once
#include "tinymlp/activations/arithmetic.h"

TINYMLP_BEGIN

struct PReLUForward {  // y = x for x > 0, else w x
  static std::string name() { return "prelu.forward"; }
  template <class T>
  TINYMLP_HD T operator()(T x) const {
    return select(x > T(0), x, T(*slope) * x);
  }
  const Scalar* slope;  // w: (1)
};

struct PReLUSlopeGradient {  // dw = Σ dy x over the x that are not above 0
  static std::string name() { return "prelu.slope-gradient"; }
  template <class T>
  TINYMLP_HD Added<T> operator()(T x, T dy) const {
    return {select(x > T(0), T(0), dy * x)};
  }
};

struct PReLUBackward {  // dx = dy for x > 0, else w dy; and dw
  static std::string name() { return "prelu.backward"; }
  template <class T>
  TINYMLP_HD Summed<T> operator()(T x, T dy) const {
    return {select(x > T(0), dy, T(*slope) * dy), PReLUSlopeGradient{}(x, dy).added};
  }
  const Scalar* slope;  // w: (1)
};

TINYMLP_END
