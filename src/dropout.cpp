#include "tinymlp/dropout.h"

#include <cmath>

#include "call_text.h"
#include "state_formulas.h"
#include "tinymlp/error.h"

TINYMLP_BEGIN

Dropout::Dropout(double p) : p_(p) {
  if (!(p >= 0 && p <= 1))  // so that NaN is refused as well
    throw InputError("dropout's probability is " + number_text(p) + ": give a number from 0 to 1");
  mask_.threshold = static_cast<std::uint64_t>(std::llround(std::ldexp(p, 32)));
  mask_.scale = p < 1 ? static_cast<Scalar>(1 / (1 - p)) : Scalar(0);
}

std::string Dropout::describe() const { return "dropout(" + number_text(p_) + ")"; }

void Dropout::join(std::uint64_t seed, std::size_t place) {
  mask_.seed = seed;
  mask_.layer = static_cast<std::uint32_t>(place);
}

void Dropout::apply(const Context& context, ConstMatrixView from, MatrixView to) const {
  if (context.step && p_ > 0)
    context.device.dropout(mask_, context.step, from, to);
  else
    map(context.device, Copy{}, {to.data}, {from.data}, from.size());
}

void Dropout::forward_impl(const Context& context, ConstMatrixView x, MatrixView y) const { apply(context, x, y); }

void Dropout::backward_impl(const Context& context, ConstMatrixView, ConstMatrixView, ConstMatrixView dy,
                            MatrixView dx) const {
  if (dx.data) apply(context, dy, dx);
}

TINYMLP_END
