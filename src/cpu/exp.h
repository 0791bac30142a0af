// exp, the logistic function and the logistic loss for a register of 16 floats, in about half the time of the general
// ones, which all other registers take.
#pragma once
#include "cpu/simd.h"
#include "tinymlp/losses.h"

TINYMLP_BEGIN

#if defined(__AVX512F__) && !defined(TINYMLP_DOUBLE)
/// 2ⁿ eʳ with n = round(x / ln 2), r = x - n ln 2: eʳ by a polynomial fitted for the least relative error on |r| <= ln
/// 2 / 2 (3e-9 before rounding, 1e-7 with it). Overflows to infinity, and goes through the denormals to 0, as it
/// should; NaN stays NaN.
inline Batch fast_exp(Batch x) {
  // Beyond the limits the result is infinite or 0; there is no r for an infinite x.
  x = at_least(at_most(x, Batch(89.5F)), Batch(-105.0F));
  const Batch to_integer(12582912.0F);  // 1.5 2²³: what is added to it is rounded to an integer
  const Batch n = multiply_add(x, Batch(1.44269504F), to_integer) - to_integer;
  // ln 2 in two numbers (Cody and Waite 1980): n times the first is exact.
  const Batch r = multiply_add(n, Batch(2.12194440e-4F), multiply_add(n, Batch(-0.693359375F), x)), r2 = r * r;
  // Pairs of terms, so that few operations wait for each other.
  Batch low = multiply_add(r, Batch(1.666652113199234e-01F), Batch(4.999999403953552e-01F));
  Batch high = multiply_add(r, Batch(8.368716575205326e-03F), Batch(4.166838899254799e-02F));
  high = multiply_add(r2, Batch(1.381459878757596e-03F), high);
  low = multiply_add(r2, high, low);
  return _mm512_scalef_ps(multiply_add(r2, low, r + Batch(1.0F)), n);
}

/// log(1 + x) for 0 <= x <= 1, by a polynomial fitted for the least relative error there (3e-8 before rounding, 2e-7
/// with it).
inline Batch log1p_to_1(Batch x) {
  Batch p(5.232691299170256e-03F);
  p = multiply_add(p, x, Batch(-2.9505226761102676e-02F));
  p = multiply_add(p, x, Batch(7.822593301534653e-02F));
  p = multiply_add(p, x, Batch(-1.3663244247436523e-01F));
  p = multiply_add(p, x, Batch(1.9106006622314453e-01F));
  p = multiply_add(p, x, Batch(-2.484298199415207e-01F));
  p = multiply_add(p, x, Batch(3.331909775733948e-01F));
  p = multiply_add(p, x, Batch(-4.999949336051941e-01F));
  p = multiply_add(p, x, Batch(9.999999403953552e-01F));
  return p * x;
}
#else
inline Batch fast_exp(Batch x) { return xsimd::exp(x); }
inline Batch log1p_to_1(Batch x) { return xsimd::log1p(x); }
#endif

struct FastSigmoid {  // stands in for Sigmoid
  Batch value(Batch x) const { return Batch(Scalar(1)) / (Batch(Scalar(1)) + fast_exp(-x)); }
};

struct FastLogisticError {  // stands in for LogisticError
  LossTerm<Batch> term(Batch z, Batch t) const {
    const Batch small = fast_exp(-xsimd::abs(z));
    return LogisticError::term_of(z, t, small, log1p_to_1(small));
  }
};

TINYMLP_END
