#include "tinymlp/rmsprop.h"

#include "rmsprop_updates.h"

TINYMLP_BEGIN

RmsProp::RmsProp(RmsPropOptions options) : options_(options) {
  check_not_negative("the learning rate", options.learning_rate);
  check_below_1("alpha", options.alpha);
  check_positive("epsilon", options.epsilon);
  check_below_1("the momentum", options.momentum);
  check_not_negative("the weight decay", options.weight_decay);
  check_not_negative("the l1 penalty", options.l1);
}

void RmsProp::prepare(Device& device, ParameterCounts counts) {
  counts_ = counts;
  square_ = make_buffer<Scalar>(device, counts.all);
  if (options_.momentum != 0) velocity_ = make_buffer<Scalar>(device, counts.all);
}

void RmsProp::step(const Context& context, Scalar* parameters, const Scalar* gradients) {
  const RmsScaling scaling{static_cast<Scalar>(options_.alpha), static_cast<Scalar>(1 - options_.alpha),
                           static_cast<Scalar>(options_.epsilon)};
  const bool alike = options_.decay_biases || (options_.weight_decay == 0 && options_.l1 == 0);
  update_parts(counts_, alike, [&](Index first, Index size, bool penalised) {
    Penalty penalty;
    if (penalised) penalty = {static_cast<Scalar>(options_.weight_decay), static_cast<Scalar>(options_.l1)};
    Scalar *const p = parameters + first, *const s = square_.get() + first;
    const Scalar* const g = gradients + first;
    if (options_.momentum == 0) {
      map(context.device, RmsPropUpdate{context.step, penalty, scaling}, {p, s}, {p, s, g}, size);
    } else {
      Scalar* const u = velocity_.get() + first;
      const auto momentum = static_cast<Scalar>(options_.momentum);
      map(context.device, RmsPropMomentumUpdate{context.step, penalty, scaling, momentum}, {p, s, u}, {p, s, u, g},
          size);
    }
  });
}

std::vector<Optimizer::Memory> RmsProp::memory() {
  std::vector<Memory> all;
  if (square_) all.push_back({"mean_square", square_.get(), counts_.all});
  if (velocity_) all.push_back({"velocity", velocity_.get(), counts_.all});
  return all;
}

TINYMLP_END
