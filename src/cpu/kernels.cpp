#include "cpu/kernels.h"

#include "cpu/simd.h"
#include "cpu/tanh.h"
#include "sgd_updates.h"
#include "state_formulas.h"
#include "tinymlp/activations.h"
#include "tinymlp/losses.h"

TINYMLP_BEGIN

namespace {
template <class Op>
void add() {
  add_kernel("cpu", Op::name(), sizeof(Op), &simd_map<Op>);
}
}  // namespace

void add_cpu_kernels() {
  for_each_activation([]<class F>() {
    add<ActivationForward<F>>();
    add<ActivationBackward<F>>();
  });
  for_each_elementwise_loss([]<class F>() { add<MeanOverElements<F>>(); });
  add<SgdUpdate>();
  add<MomentumUpdate>();
  add<NesterovUpdate>();
  add<Copy>();
  add<FiniteCheck>();

  using TanhForward = ActivationForward<Tanh>;
  static_assert(sizeof(FastTanhForward) == sizeof(TanhForward));
  add_kernel("cpu", TanhForward::name(), sizeof(TanhForward), &simd_map<FastTanhForward>);
}

TINYMLP_END
