#include "cpu/kernels.h"

#include "builtin_formulas.h"
#include "cpu/exp.h"
#include "cpu/simd.h"
#include "cpu/tanh.h"

TINYMLP_BEGIN

namespace {

/// The kernel of a formula becomes that of another one, which computes the same faster.
template <class Op, class Fast>
void replace() {
  static_assert(sizeof(Op) == sizeof(Fast));
  add_kernel("cpu", Op::name(), sizeof(Op), &simd_map<Fast>);
}

}  // namespace

void add_cpu_kernels() {
  for_each_formula([]<class Op>() { add_kernel("cpu", Op::name(), sizeof(Op), &simd_map<Op>); });

  replace<ActivationForward<Tanh>, ActivationForward<FastTanh>>();
  replace<ActivationForward<Sigmoid>, ActivationForward<FastSigmoid>>();
  replace<MeanOverElements<LogisticError>, MeanOverElements<FastLogisticError>>();
}

TINYMLP_END
