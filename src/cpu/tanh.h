// tanh for a register of floats, in about half the time of the general one.
#pragma once
#include "cpu/simd.h"

TINYMLP_BEGIN

#ifdef TINYMLP_DOUBLE
inline Batch fast_tanh(Batch x) { return xsimd::tanh(x); }
#else
/// x P(x²) / Q(x²), with the polynomials fitted for the least relative error on [0, 9] (2.1e-8 before rounding, 4e-7
/// with it). tanh in float is ±1 beyond ±9.01; the quotient rounds to at least 1 at the limit, and is cut off there.
/// NaN stays NaN, -0 stays -0.
inline Batch fast_tanh(Batch x) {
  const Batch limit(9.5F), one(1.0F);
  const Batch c = at_least(at_most(x, limit), -limit);
  const Batch t = c * c;
  Batch p(1.3354478916390508e-08F), q(7.776482396989502e-07F);
  p = multiply_add(p, t, Batch(2.0608947115576362e-05F));
  q = multiply_add(q, t, Batch(3.2856213182854797e-04F));
  p = multiply_add(p, t, Batch(3.495579867589512e-03F));
  q = multiply_add(q, t, Batch(2.5876950821819008e-02F));
  p = multiply_add(p, t, Batch(1.3381018705439557e-01F));
  q = multiply_add(q, t, Batch(4.671433430202843e-01F));
  p = multiply_add(p, t, Batch(9.999999794670698e-01F));
  q = multiply_add(q, t, one);
  const Batch y = c * p / q;
  return at_least(at_most(y, one), -one);  // rounding may have passed 1
}
#endif

struct FastTanh {  // stands in for Tanh
  Batch value(Batch x) const { return fast_tanh(x); }
};

TINYMLP_END
