// Takes a trainer's state from its device, and puts one there.
#include "tinymlp/trainer_state.h"

#include <algorithm>

#include "host_copy.h"
#include "text.h"
#include "tinymlp/trainer.h"

TINYMLP_BEGIN

namespace {

[[noreturn]] void fail(const std::string& what) {
  throw InputError("the state is not of this training: " + what +
                   "; go on with the network, optimizer, data and batch size that it began with");
}

}  // namespace

TrainerState Trainer::state() const {
  Device& device = network_.device();
  TrainerState state{.epoch = steps_done_ == 0 ? epoch_ : epoch_ - 1,
                     .step = steps_done_,
                     .seconds = seconds_,
                     .planned_epochs = planned_epochs_};
  if (options_.schedule) state.schedule = options_.schedule->state();
  const auto results = host_results_.begin();
  state.losses.assign(results, results + steps_done_);
  state.correct.assign(results + steps_, results + steps_ + steps_done_);
  for (const Saved& saved : saved_) {
    state.values.push_back(host_copy(device, saved.name, saved.values, saved.size));
    if (steps_done_ > 0) state.epoch_start.push_back(host_copy(device, saved.name, saved.copy.get(), saved.size));
  }
  return state;
}

void Trainer::check_state(const TrainerState& state) const {
  if (state.epoch < 0 || state.step < 0 || state.step >= steps_)
    fail("it stands after step " + std::to_string(state.step) + " of an epoch, and an epoch here has " +
         std::to_string(steps_));
  const auto steps = static_cast<std::size_t>(state.step);
  if (state.losses.size() != steps || state.correct.size() != steps)
    fail("it has " + std::to_string(state.losses.size()) + " losses of " + std::to_string(state.step) + " steps");
  const auto check = [&](const std::vector<Tensor>& tensors, std::size_t number) {
    if (tensors.size() != number)
      fail("it has " + std::to_string(tensors.size()) + " arrays, not " + std::to_string(number));
    for (std::size_t i = 0; i < number; ++i)
      if (tensors[i].name != saved_[i].name || static_cast<Index>(tensors[i].values.size()) != saved_[i].size)
        fail("it has " + std::to_string(tensors[i].values.size()) + " numbers of " + in_quotes(tensors[i].name) +
             ", not " + std::to_string(saved_[i].size) + " of " + in_quotes(saved_[i].name));
  };
  check(state.values, saved_.size());
  check(state.epoch_start, state.step > 0 ? saved_.size() : 0);
}

void Trainer::set_state(const TrainerState& state) {
  check_state(state);
  Device& device = network_.device();
  go_to_epoch(state.epoch);
  if (state.step > 0) {
    begin_epoch();
    began_here_ = false;
  }
  for (std::size_t i = 0; i < saved_.size(); ++i) {
    copy_from_host(device, saved_[i].values, state.values[i]);
    if (state.step > 0) copy_from_host(device, saved_[i].copy.get(), state.epoch_start[i]);
  }
  if (options_.schedule) options_.schedule->set_state(state.schedule);
  planned_epochs_ = state.planned_epochs;
  keeps_plan_ = planned_epochs_ > 0;
  steps_done_ = state.step;
  seconds_ = state.seconds;
  const auto from_double = [](double value) { return static_cast<Scalar>(value); };
  std::ranges::transform(state.losses, host_results_.begin(), from_double);
  std::ranges::transform(state.correct, host_results_.begin() + steps_, from_double);
  device.upload(results_.get(), host_results_.data(), sizeof(Scalar) * host_results_.size());
}

TINYMLP_END
