#include "tinymlp/prelu.h"

#include <algorithm>

#include "prelu_formulas.h"

TINYMLP_BEGIN

PReLU::PReLU(Scalar initial_slope) : Layer({{"weight", {1}, true, {}, {}}}), initial_slope_(initial_slope) {}

std::string PReLU::describe() const { return describe_function(name(), {initial_slope_}); }

void PReLU::initialize(std::size_t, std::span<double> values, Random&) const {
  std::ranges::fill(values, static_cast<double>(initial_slope_));
}

void PReLU::forward_impl(const Context& context, ConstMatrixView x, MatrixView y) const {
  map(context.device, PReLUForward{parameter(0).value.data}, {y.data}, {x.data}, x.size());
}

void PReLU::backward_impl(const Context& context, ConstMatrixView x, ConstMatrixView, ConstMatrixView dy,
                          MatrixView dx) const {
  Scalar* const dw = parameter(0).gradient.data;
  if (dx.data)
    map(context.device, PReLUBackward{parameter(0).value.data}, {dx.data}, {x.data, dy.data}, x.size(), dw);
  else
    map(context.device, PReLUSlopeGradient{}, {}, {x.data, dy.data}, x.size(), dw);
}

TINYMLP_END
