// The kernels of the built-in formulas.
#include "cuda/kernels.cuh"

#include "builtin_formulas.h"
#include "cuda/builtin_kernels.h"

TINYMLP_BEGIN

void add_builtin_kernels(AddKernel add) {
  const KernelAdder adder(add);
  for_each_formula([&]<class Op>() { adder.formula<Op>(); });
}

TINYMLP_END
