#include "tinymlp/sgd.h"

#include "sgd_updates.h"

TINYMLP_BEGIN

Sgd::Sgd(SgdOptions options) : options_(options) {
  check_not_negative("the learning rate", options.learning_rate);
  check_below_1("the momentum", options.momentum);
  check_not_negative("the weight decay", options.weight_decay);
  check_not_negative("the l1 penalty", options.l1);
  if (options.nesterov && options.momentum == 0)
    throw InputError("Nesterov's momentum without a momentum: give one, as 0.9");
}

void Sgd::prepare(Device& device, ParameterCounts counts) {
  counts_ = counts;
  if (options_.momentum != 0) velocity_ = make_buffer<Scalar>(device, counts.all);
}

void Sgd::step(const Context& context, Scalar* parameters, const Scalar* gradients) {
  const bool alike = options_.decay_biases || (options_.weight_decay == 0 && options_.l1 == 0);
  update_parts(counts_, alike, [&](Index first, Index size, bool penalised) {
    const Penalty penalty{penalised ? static_cast<Scalar>(options_.weight_decay) : 0,
                          penalised ? static_cast<Scalar>(options_.l1) : 0};
    const auto momentum = static_cast<Scalar>(options_.momentum);
    Scalar *const p = parameters + first, *const v = velocity_ ? velocity_.get() + first : nullptr;
    const Scalar* const g = gradients + first;
    if (options_.momentum == 0)
      map(context.device, SgdUpdate{context.step, penalty}, {p}, {p, g}, size);
    else if (options_.nesterov)
      map(context.device, NesterovUpdate{context.step, penalty, momentum}, {p, v}, {p, v, g}, size);
    else
      map(context.device, MomentumUpdate{context.step, penalty, momentum}, {p, v}, {p, v, g}, size);
  });
}

std::vector<Optimizer::Memory> Sgd::memory() {
  if (!velocity_) return {};
  return {{"velocity", velocity_.get(), counts_.all}};
}

TINYMLP_END
