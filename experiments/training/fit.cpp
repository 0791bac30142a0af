// Joins trainer, evaluator and progress.
#include "training/fit.h"

namespace tinymlp::program {

FitResult fit(Trainer& trainer, Evaluator* test, Progress& progress, const FitOptions& options) {
  FitResult result;
  TrainerCallbacks callbacks;
  if (progress.has_bar()) callbacks.progress = [&](Index epoch, Index steps) { progress.step(epoch, steps); };
  callbacks.epoch_done = [&](const EpochResult& training) {
    EpochRecord record{training, {}};
    if (test && (options.tests_each() || progress.prints_line(training.epoch) || training.epoch == options.epochs))
      record.test = test->evaluate();
    progress.epoch_done(record);
    if (options.epoch_done) options.epoch_done(record);
    if (options.keep_epochs) result.epochs.push_back(record);
    result.done = training.epoch;
    result.last = training;
    result.test = record.test;
    result.seconds += training.seconds;
    return true;
  };
  try {
    trainer.fit(options.epochs, callbacks);
  } catch (const DivergedError& error) {
    result.divergence = error;
  }
  progress.clear();
  if (test && !result.test) result.test = test->evaluate();
  return result;
}

}  // namespace tinymlp::program
