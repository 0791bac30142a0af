// Trains, shows how it goes, keeps what it takes to go on later, and writes down what happened.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "output/console.h"
#include "output/epoch_record.h"
#include "output/progress.h"
#include "tinymlp/early_stopping.h"
#include "tinymlp/evaluator.h"
#include "tinymlp/trainer.h"
#include "training/fit_state.h"

namespace tinymlp::program {

/// The parts that are not trained on; null where there is none.
struct Judges {
  Evaluator* validation = nullptr;
  Evaluator* test = nullptr;
};

struct FitOptions {
  Index epochs = 0;
  bool keep_epochs = false;                            // remember each
  std::function<void(const EpochRecord&)> epoch_done;  // may be empty

  std::function<bool()> stop = {};                 // asked after each step: true ends the training there; may be empty
  std::function<void(const FitState&)> save = {};  // now and then, and at the end; may be empty; needs keep_epochs
  double seconds_between_saves = 60;
  const FitState* begin_at = nullptr;  // a state that was saved, to go on from

  bool tests_each() const { return keep_epochs || epoch_done; }
};

struct FitResult {
  std::vector<EpochRecord> epochs;    // where they are kept
  Index done = 0;                     // epochs that ended well
  Index steps = 0;                    // of the epoch after them, where `stop` ended it
  bool stopped = false;               // by `stop`, before all was done
  bool stopped_early = false;         // by early stopping
  std::optional<Index> best_epoch;    // by early stopping: the network has its parameters
  std::optional<EpochResult> last;    // of the best epoch, or else the last
  std::optional<Metrics> validation;  // of the network as it is now
  std::optional<Metrics> test;        // the same
  double seconds = 0;                 // of training alone
  std::optional<DivergedError> divergence;
  std::string recording_problem;  // why the device ran the steps one by one; empty if all is as it should be
};

/// `stopping`: null without early stopping, which needs a validation part. When training diverges, the network has the
/// weights from before that epoch.
FitResult fit(Trainer& trainer, const Judges& judges, EarlyStopping* stopping, Progress& progress,
              const FitOptions& options);

/// A remark where the device could not record the steps; nothing where there was no problem.
void report_recording(const Verbosity& verbosity, const std::string& problem);

}  // namespace tinymlp::program
