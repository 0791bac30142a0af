// Gradient clipping's two passes, shared by GradientClip and the devices' kernels.
#pragma once
#include <cmath>

#include "tinymlp/activations.h"
#include "tinymlp/map.h"

TINYMLP_BEGIN

struct SumOfSquares {  // adds g²
  static std::string name() { return "clip.squares"; }
  template <class T>
  TINYMLP_HD Added<T> operator()(T g) const {
    return {g * g};
  }
};

struct ClipToNorm {  // g min(1, limit / (√Σg² + 10⁻⁶))
  static std::string name() { return "clip.scale"; }
  template <class T>
  TINYMLP_HD T operator()(T g) const {
    using std::sqrt;
    const T scale = T(limit) / (sqrt(T(*squares)) + T(Scalar(1e-6)));
    return g * select(scale > T(1), T(1), scale);  // NaN stays NaN
  }
  const Scalar* squares;  // (1), on the device
  Scalar limit;
};

TINYMLP_END
