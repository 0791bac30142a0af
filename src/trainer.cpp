#include "tinymlp/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "state_formulas.h"

TINYMLP_BEGIN

namespace {

// A recording keeps memory for each piece of its work (a node of a CUDA graph, a dozen a step): longer epochs run
// their remaining steps one by one.
constexpr Index steps_per_recording = 256, most_recordings = 32;

Index checked_batch_size(Index batch_size, Index rows) {
  if (batch_size < 1) throw InputError("the batch size is " + std::to_string(batch_size) + ": it must be at least 1");
  if (rows < 1) throw InputError("there is no sample to train on");
  return std::min(batch_size, rows);
}

Index checked_epochs(Index epochs) {
  if (epochs < 0) throw InputError(std::to_string(epochs) + " epochs: it must be at least 0");
  return epochs;
}

}  // namespace

Trainer::Trainer(Network& network, const Loss& loss, Optimizer& optimizer, const DeviceDataSet& data,
                 TrainerOptions options)
    : network_(network),
      loss_(loss),
      optimizer_(optimizer),
      data_(data),
      options_(std::move(options)),
      batch_size_(checked_batch_size(options_.batch_size, data.rows())),
      steps_((data.rows() + batch_size_ - 1) / batch_size_),
      planned_epochs_(checked_epochs(options_.planned_epochs)),
      pass_(network, batch_size_),
      x_(make_buffer<Scalar>(network.device(), batch_size_ * network.inputs())),
      t_(make_buffer<Scalar>(network.device(), batch_size_ * network.outputs())),
      order_(make_buffer<std::int32_t>(network.device(), data.rows())),
      host_order_(static_cast<std::size_t>(data.rows())),
      step_numbers_(make_buffer<Step>(network.device(), steps_)),
      host_step_numbers_(static_cast<std::size_t>(steps_)),
      results_(make_buffer<Scalar>(network.device(), 2 * steps_ + 1)),
      host_results_(static_cast<std::size_t>(2 * steps_ + 1)) {
  check_fit(network, data);
  checked_epochs(options_.warmup_epochs);
  Device& device = network.device();
  if (options_.clip_norm != 0) clip_.emplace(device, network.counts().all, options_.clip_norm);
  optimizer.prepare(device, network.counts());
  const auto remember = [&](const std::string& name, Scalar* values, Index size) {
    saved_.push_back({name, values, size, make_buffer<Scalar>(device, size)});
  };
  remember("parameters", network.parameters(), network.counts().all);
  for (const Optimizer::Memory& memory : optimizer.memory())
    remember("optimizer." + memory.name, memory.values, memory.size);
  std::iota(host_order_.begin(), host_order_.end(), 0);
  device.upload(order_.get(), host_order_.data(), sizeof(std::int32_t) * host_order_.size());
}

void Trainer::fit(Index epochs, const TrainerCallbacks& callbacks) {
  if (options_.planned_epochs == 0 && !keeps_plan_) planned_epochs_ = epochs;
  while (epochs_done() < epochs) {
    if (!run_to_end_of_epoch(callbacks)) return;
    const EpochResult result = end_epoch();
    if (callbacks.epoch_done && !callbacks.epoch_done(result)) return;
    if (callbacks.stop && callbacks.stop()) return;
  }
}

EpochResult Trainer::epoch(const std::function<void(Index epoch, Index steps)>& progress) {
  run_to_end_of_epoch({.epoch_done = {}, .progress = progress});  // nothing stops it
  return end_epoch();
}

bool Trainer::run_to_end_of_epoch(const TrainerCallbacks& callbacks) {
  const Computing computing(network_.device());
  const auto start = std::chrono::steady_clock::now();
  if (steps_done_ == 0) begin_epoch();
  plan_steps();
  run_steps(callbacks);
  read_results();
  seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return steps_done_ == steps_;
}

void Trainer::tell_schedule(const EpochResult& result) {
  if (!options_.schedule || !options_.schedule->needs_loss()) return;
  options_.schedule->epoch_done(options_.judged_loss ? options_.judged_loss(result) : result.loss,
                                optimizer_.learning_rate());
}

void Trainer::run_steps(const TrainerCallbacks& callbacks) {
  while (steps_done_ < steps_) {
    const auto recording = static_cast<std::size_t>(steps_done_ / steps_per_recording);
    if (recording < recordings_.size() && steps_done_ % steps_per_recording == 0) {
      recordings_[recording]->run();
      steps_done_ = std::min(steps_, steps_done_ + steps_per_recording);
    } else {
      step(steps_done_++);
    }
    if (callbacks.progress) callbacks.progress(epoch_, steps_done_);
    if (callbacks.stop && callbacks.stop()) return;
  }
}

/// The rows' order at the end of epoch `done`.
void Trainer::go_to_epoch(Index done) {
  std::iota(host_order_.begin(), host_order_.end(), 0);
  for (epoch_ = 0; epoch_ < done;) {
    ++epoch_;
    if (options_.shuffle) shuffle_rows();
  }
  steps_done_ = 0;
  seconds_ = 0;
}

void Trainer::shuffle_rows() {
  Random random(options_.seed, Purpose::shuffle, static_cast<std::uint32_t>(epoch_));
  shuffle(host_order_, random);
}

void Trainer::begin_epoch() {
  Device& device = network_.device();
  ++epoch_;
  seconds_ = 0;
  began_here_ = true;
  if (options_.shuffle) {
    shuffle_rows();
    device.upload_later(order_.get(), host_order_.data(), sizeof(std::int32_t) * host_order_.size());
  }
  for (const Saved& saved : saved_) map(device, Copy{}, {saved.copy.get()}, {saved.values}, saved.size);
  if (whole_epochs_ == 1 && recordings_.empty()) record_steps();  // each of them has run once
}

/// Each step's number and learning rate.
void Trainer::plan_steps() {
  const Schedule* const schedule = options_.schedule;
  const double rate = optimizer_.learning_rate();
  TrainingPoint at{.step = (epoch_ - 1) * steps_,
                   .steps_per_epoch = steps_,
                   .warmup_steps = options_.warmup_epochs * steps_,
                   .planned_steps = planned_epochs_ * steps_};
  double factor = schedule ? schedule->factor(at) : 1;
  for (Step& step : host_step_numbers_) {
    if (schedule && schedule->changes_within_epochs()) factor = schedule->factor(at);
    const auto learning_rate = static_cast<Scalar>(rate * factor * warmup_factor(at));
    step = {static_cast<std::uint64_t>(++at.step), learning_rate};
  }
  network_.device().upload_later(step_numbers_.get(), host_step_numbers_.data(),
                                 sizeof(Step) * host_step_numbers_.size());
}

void Trainer::record_steps() {
  for (Index first = 0; first < std::min(steps_, steps_per_recording * most_recordings); first += steps_per_recording) {
    const Index end = std::min(steps_, first + steps_per_recording);
    const auto steps = [&] {
      for (Index k = first; k < end; ++k) step(k);
    };
    try {
      auto recording = network_.device().record(std::ref(steps));  // by reference: std::function then allocates nothing
      if (!recording) return;
      recordings_.push_back(std::move(recording));
    } catch (const Error& error) {  // as where memory is short: single steps do the same
      recording_problem_ = error.what();
      return;
    }
  }
}

Trainer::Batch Trainer::batch_of_step(Index k) {
  const Index first = k * batch_size_, count = rows_of_step(k);
  const std::int32_t* const rows = order_.get() + first;
  const MatrixView x{x_.get(), count, network_.inputs()}, t{t_.get(), count, network_.outputs()};
  if (options_.shuffle) {
    data_.gather_batch(rows, x, t);
    return {x, t};
  }
  const ConstMatrixView targets = data_.targets().middle(first, count);
  if (const auto lying = data_.inputs(first, count)) return {*lying, targets};
  data_.gather_inputs(rows, x);
  return {x, targets};
}

void Trainer::step(Index k) {
  Device& device = network_.device();
  const Step* const numbers = step_numbers_.get() + k;
  const auto [x, t] = batch_of_step(k);
  const ConstMatrixView prediction = pass_.forward(x, numbers);
  loss_.evaluate(device, prediction, t, results_.get() + k, pass_.output_gradient());
  if (options_.threshold)
    device.count_correct(prediction, t, static_cast<Scalar>(*options_.threshold), results_.get() + steps_ + k);
  pass_.backward();
  if (clip_) clip_->apply(network_.gradients());
  optimizer_.step({device, numbers}, network_.parameters(), network_.gradients());
}

/// What the steps saw, to the host. Throws DivergedError.
void Trainer::read_results() {
  Device& device = network_.device();
  map(device, FiniteCheck{}, {}, {network_.parameters()}, network_.counts().all, results_.get() + 2 * steps_);
  device.download(host_results_.data(), results_.get(), sizeof(Scalar) * host_results_.size());
  for (Index k = 0; k < steps_done_; ++k)
    if (!std::isfinite(host_results_[static_cast<std::size_t>(k)])) diverged(k);
  if (!std::isfinite(host_results_.back())) diverged(steps_done_);
}

EpochResult Trainer::end_epoch() {
  double loss = 0, correct = 0;
  for (Index k = 0; k < steps_; ++k) {
    loss += static_cast<double>(host_results_[static_cast<std::size_t>(k)]) * static_cast<double>(rows_of_step(k));
    correct += static_cast<double>(host_results_[static_cast<std::size_t>(steps_ + k)]);
  }
  steps_done_ = 0;
  if (began_here_) ++whole_epochs_;
  const auto rows = static_cast<double>(data_.rows());
  const EpochResult result{epoch_, loss / rows, options_.threshold ? std::optional(correct / rows) : std::nullopt,
                           static_cast<double>(host_step_numbers_.back().learning_rate), seconds_};
  tell_schedule(result);
  return result;
}

void Trainer::restore() {
  for (const Saved& saved : saved_) map(network_.device(), Copy{}, {saved.values}, {saved.copy.get()}, saved.size);
}

void Trainer::diverged(Index k) {
  // Run the epoch again up to that step, whose forward pass then shows where the numbers end.
  restore();
  for (Index earlier = 0; earlier < k; ++earlier) step(earlier);
  std::string where = "the weights", what = "a weight is no longer a finite number";
  Index at = k;
  if (k < steps_done_) {
    what = "the loss is no longer a finite number";
    where = "the loss";
    at = k + 1;
    pass_.forward(batch_of_step(k).x, step_numbers_.get() + k);
    for (std::size_t i = 0; i < network_.layers().size(); ++i) {
      const ConstMatrixView y = pass_.output(i);
      std::vector<Scalar> values(static_cast<std::size_t>(y.size()));
      network_.device().download(values.data(), y.data, sizeof(Scalar) * values.size());
      if (std::ranges::all_of(values, [](Scalar value) { return std::isfinite(value); })) continue;
      where = "layer " + std::to_string(i) + ", " + network_.layers()[i]->describe();
      break;
    }
  }
  restore();
  const Index epoch = epoch_;
  go_to_epoch(epoch - 1);
  throw DivergedError("training diverged: " + what + " (epoch " + std::to_string(epoch) + ", step " +
                          std::to_string(at) + ", " + where + ")",
                      epoch, at, where);
}

TINYMLP_END
