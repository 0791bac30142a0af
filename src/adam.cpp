#include "tinymlp/adam.h"

#include "adam_updates.h"

TINYMLP_BEGIN

Adam::Adam(AdamOptions options) : options_(options) {
  check_not_negative("the learning rate", options.learning_rate);
  check_below_1("beta1", options.beta1);
  check_below_1("beta2", options.beta2);
  check_positive("epsilon", options.epsilon);
  check_not_negative("the weight decay", options.weight_decay);
  check_not_negative("the l1 penalty", options.l1);
}

void Adam::prepare(Device& device, ParameterCounts counts) {
  counts_ = counts;
  mean_ = make_buffer<Scalar>(device, counts.all);
  square_ = make_buffer<Scalar>(device, counts.all);
  corrections_ = make_buffer<Scalar>(device, 2);
}

void Adam::step(const Context& context, Scalar* parameters, const Scalar* gradients) {
  const auto [rate, beta1, beta2, epsilon, weight_decay, decoupled, decay_biases, l1] = options_;
  const auto scalar = [](double number) { return static_cast<Scalar>(number); };
  Scalar* const corrections = corrections_.get();
  map(context.device, AdamCorrections{context.step, scalar(std::log(beta1)), scalar(std::log(beta2))},
      {corrections, corrections + 1}, {corrections}, 1);
  AdamUpdate update{context.step,      corrections,    {}, 0, scalar(beta1), scalar(1 - beta1), scalar(beta2),
                    scalar(1 - beta2), scalar(epsilon)};
  const bool alike = decay_biases || (weight_decay == 0 && l1 == 0);
  update_parts(
      counts_, alike,
      [&, decay = scalar(weight_decay), l = scalar(l1), coupled = !decoupled](Index first, Index size, bool penalised) {
        update.penalty = {penalised && coupled ? decay : 0, penalised ? l : 0};
        update.decoupled_decay = penalised && !coupled ? decay : 0;
        Scalar *const p = parameters + first, *const m = mean_.get() + first, *const v = square_.get() + first;
        map(context.device, update, {p, m, v}, {p, m, v, gradients + first}, size);
      });
}

std::vector<Optimizer::Memory> Adam::memory() {
  if (!mean_) return {};
  return {{"mean", mean_.get(), counts_.all}, {"mean_square", square_.get(), counts_.all}};
}

TINYMLP_END
