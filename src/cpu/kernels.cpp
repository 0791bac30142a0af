#include "cpu/kernels.h"

#include "builtin_formulas.h"
#include "cpu/simd.h"
#include "cpu/tanh.h"

TINYMLP_BEGIN

void add_cpu_kernels() {
  for_each_formula([]<class Op>() { add_kernel("cpu", Op::name(), sizeof(Op), &simd_map<Op>); });

  using TanhForward = ActivationForward<Tanh>;
  static_assert(sizeof(FastTanhForward) == sizeof(TanhForward));
  add_kernel("cpu", TanhForward::name(), sizeof(TanhForward), &simd_map<FastTanhForward>);
}

TINYMLP_END
