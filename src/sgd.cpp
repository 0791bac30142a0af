#include "tinymlp/sgd.h"

#include "sgd_updates.h"
#include "tinymlp/error.h"

TINYMLP_BEGIN

Sgd::Sgd(SgdOptions options) : options_(options) {
  // Written so that NaN is refused as well.
  if (!(options.learning_rate >= 0 && options.learning_rate < 1e30))
    throw InputError("the learning rate is " + std::to_string(options.learning_rate) + ": give a number of at least 0");
  if (!(options.momentum >= 0 && options.momentum < 1))
    throw InputError("the momentum is " + std::to_string(options.momentum) + ": give a number from 0 to below 1");
  if (!(options.weight_decay >= 0 && options.weight_decay < 1e30))
    throw InputError("the weight decay is " + std::to_string(options.weight_decay) + ": give a number of at least 0");
  if (options.nesterov && options.momentum == 0)
    throw InputError("Nesterov's momentum without a momentum: give one, as 0.9");
}

void Sgd::prepare(Device& device, ParameterCounts counts) {
  counts_ = counts;
  if (options_.momentum != 0) velocity_ = make_buffer<Scalar>(device, counts.all);
}

void Sgd::step(const Context& context, Scalar* parameters, const Scalar* gradients) {
  if (options_.weight_decay == 0 || options_.decay_biases) {
    update(context, parameters, gradients, velocity_.get(), counts_.all, options_.weight_decay);
    return;
  }
  const Index weights = counts_.weights;
  Scalar* const velocity = velocity_.get();
  update(context, parameters, gradients, velocity, weights, options_.weight_decay);
  update(context, parameters + weights, gradients + weights, velocity ? velocity + weights : nullptr,
         counts_.all - weights, 0);
}

void Sgd::update(const Context& context, Scalar* p, const Scalar* g, Scalar* v, Index size, double weight_decay) const {
  const auto momentum = static_cast<Scalar>(options_.momentum), decay = static_cast<Scalar>(weight_decay);
  if (options_.momentum == 0)
    map(context.device, SgdUpdate{context.step, decay}, {p}, {p, g}, size);
  else if (options_.nesterov)
    map(context.device, NesterovUpdate{context.step, momentum, decay}, {p, v}, {p, v, g}, size);
  else
    map(context.device, MomentumUpdate{context.step, momentum, decay}, {p, v}, {p, v, g}, size);
}

std::vector<Optimizer::Memory> Sgd::memory() {
  if (!velocity_) return {};
  return {{"velocity", velocity_.get(), counts_.all}};
}

TINYMLP_END
