#include "tinymlp/adagrad.h"

#include "adagrad_update.h"

TINYMLP_BEGIN

Adagrad::Adagrad(AdagradOptions options) : options_(options) {
  check_not_negative("the learning rate", options.learning_rate);
  check_positive("epsilon", options.epsilon);
  check_not_negative("the weight decay", options.weight_decay);
  check_not_negative("the l1 penalty", options.l1);
}

void Adagrad::prepare(Device& device, ParameterCounts counts) {
  counts_ = counts;
  square_ = make_buffer<Scalar>(device, counts.all);
}

void Adagrad::step(const Context& context, Scalar* parameters, const Scalar* gradients) {
  const bool alike = options_.decay_biases || (options_.weight_decay == 0 && options_.l1 == 0);
  update_parts(counts_, alike, [&](Index first, Index size, bool penalised) {
    Penalty penalty;
    if (penalised) penalty = {static_cast<Scalar>(options_.weight_decay), static_cast<Scalar>(options_.l1)};
    Scalar *const p = parameters + first, *const s = square_.get() + first;
    map(context.device, AdagradUpdate{context.step, penalty, static_cast<Scalar>(options_.epsilon)}, {p, s},
        {p, s, gradients + first}, size);
  });
}

std::vector<Optimizer::Memory> Adagrad::memory() {
  if (!square_) return {};
  return {{"sum_of_squares", square_.get(), counts_.all}};
}

TINYMLP_END
