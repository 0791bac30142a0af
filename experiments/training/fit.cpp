// Joins trainer, evaluators, early stopping and progress.
#include "training/fit.h"

#include <cmath>

#include "training/coarse_clock.h"

namespace tinymlp::program {

namespace {

std::optional<Metrics> evaluated(Evaluator* judge) { return judge ? std::optional(judge->evaluate()) : std::nullopt; }

/// A training under way.
class Fit {
 public:
  Fit(Trainer& trainer, const Judges& judges, EarlyStopping* stopping, Progress& progress, const FitOptions& options)
      : trainer_(trainer), judges_(judges), stopping_(stopping), progress_(progress), options_(options) {}

  FitResult run() {
    if (options_.begin_at) begin_at(*options_.begin_at);
    try {
      train();
      if (options_.save) options_.save(state());
    } catch (const DivergedError& error) {
      result_.divergence = error;
    }
    progress_.clear();
    finish();
    return std::move(result_);
  }

 private:
  bool is_over() const { return trainer_.epochs_done() >= options_.epochs || (stopping_ && stopping_->is_over()); }
  bool asked_to_stop() const { return options_.stop && options_.stop(); }
  bool save_is_due() const { return options_.save && coarse_seconds() >= next_save_; }

  void train() {
    TrainerCallbacks callbacks;
    callbacks.epoch_done = [this](const EpochResult& training) { return epoch_done(training); };
    if (progress_.has_bar()) callbacks.progress = [this](Index epoch, Index steps) { progress_.step(epoch, steps); };
    if (options_.stop || options_.save) callbacks.stop = [this] { return asked_to_stop() || save_is_due(); };
    while (!is_over()) {
      trainer_.fit(options_.epochs, callbacks);
      result_.stopped = !is_over() && asked_to_stop();
      if (result_.stopped) return;
      if (is_over() || !options_.save) return;
      options_.save(state());
      next_save_ = coarse_seconds() + options_.seconds_between_saves;
    }
  }

  bool epoch_done(const EpochResult& training) {
    const bool shown =
        options_.tests_each() || progress_.prints_line(training.epoch) || training.epoch == options_.epochs;
    EpochRecord record{training, {}, {}};
    if (stopping_ || shown) record.validation = evaluated(judges_.validation);
    if (shown) record.test = evaluated(judges_.test);
    progress_.epoch_done(record);
    if (options_.epoch_done) options_.epoch_done(record);
    if (options_.keep_epochs) result_.epochs.push_back(record);
    result_.done = training.epoch;
    result_.seconds += training.seconds;
    last_ = record;
    const double judged = record.validation ? record.validation->loss : std::nan("");
    const bool goes_on = !stopping_ || stopping_->goes_on(training.epoch, judged);
    if (stopping_ && stopping_->best_epoch() == training.epoch) best_ = record;
    return goes_on;
  }

  FitState state() const {
    FitState state{.trainer = trainer_.state(), .epochs = result_.epochs};
    if (stopping_) state.early_stopping = stopping_->state();
    return state;
  }

  void begin_at(const FitState& state) {
    trainer_.set_state(state.trainer);
    if (stopping_ && state.early_stopping) stopping_->set_state(*state.early_stopping);
    result_.epochs = state.epochs;
    result_.done = state.trainer.epoch;
    for (const EpochRecord& record : state.epochs) {
      result_.seconds += record.training.seconds;
      last_ = record;
      if (stopping_ && record.training.epoch == stopping_->best_epoch()) best_ = record;
    }
    progress_.begin_at(trainer_.epochs_done(), trainer_.steps_done(), last_);
  }

  /// What there is to say of the network, which gets its best parameters now.
  void finish() {
    result_.steps = trainer_.steps_done();
    result_.recording_problem = trainer_.recording_problem();
    if (result_.steps > 0) result_.seconds += trainer_.state().seconds;
    if (stopping_) {
      result_.stopped_early = stopping_->is_over() && !result_.divergence;
      if (best_ && !result_.divergence) {
        stopping_->restore_best();
        result_.best_epoch = stopping_->best_epoch();
        last_ = best_;
      }
    }
    const bool is_after_an_epoch = result_.steps == 0 || result_.best_epoch;
    if (last_) {
      result_.last = last_->training;
      if (is_after_an_epoch) result_.validation = last_->validation;
      if (is_after_an_epoch) result_.test = last_->test;
    }
    if (!result_.validation) result_.validation = evaluated(judges_.validation);
    if (!result_.test) result_.test = evaluated(judges_.test);
  }

  Trainer& trainer_;
  const Judges& judges_;
  EarlyStopping* stopping_;
  Progress& progress_;
  const FitOptions& options_;
  double next_save_ = coarse_seconds() + options_.seconds_between_saves;
  FitResult result_;
  std::optional<EpochRecord> last_, best_;
};

}  // namespace

FitResult fit(Trainer& trainer, const Judges& judges, EarlyStopping* stopping, Progress& progress,
              const FitOptions& options) {
  return Fit(trainer, judges, stopping, progress, options).run();
}

void report_recording(const Verbosity& verbosity, const std::string& problem) {
  if (!problem.empty()) remark(verbosity, "steps ran one by one, for they could not all be recorded: " + problem);
}

}  // namespace tinymlp::program
