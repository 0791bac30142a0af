// The few functions that activations need beside those of <cmath>, for a number, a SIMD register and a CUDA thread. In
// all of them NaN stays NaN.
#pragma once
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "tinymlp/activation.h"
#include "tinymlp/activations/facts.h"

TINYMLP_BEGIN

/// condition ? a : b, which SIMD registers bring along under the same name.
TINYMLP_HD inline Scalar select(bool condition, Scalar a, Scalar b) { return condition ? a : b; }

/// x where it lies between the bounds, else the nearer bound.
template <class T>
TINYMLP_HD T clamp(T x, T low, T high) {
  return select(x < low, low, select(x > high, high, x));
}

/// x factor, and 0 where the factor is 0 even if x is infinite: the limit where the factor falls faster than x grows.
template <class T>
TINYMLP_HD T damped(T x, T factor) {
  return select(factor == T(0), factor, x * factor);
}

/// 1 / (1 + e⁻ˣ), the logistic function.
template <class T>
TINYMLP_HD T logistic(T x) {
  using std::exp;
  return T(1) / (T(1) + exp(-x));
}

TINYMLP_END
