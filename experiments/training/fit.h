// Trains, shows how it goes, and writes down what happened.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "output/epoch_record.h"
#include "output/progress.h"
#include "tinymlp/evaluator.h"
#include "tinymlp/trainer.h"

namespace tinymlp::program {

struct FitOptions {
  Index epochs = 0;
  bool keep_epochs = false;                            // remember each
  std::function<void(const EpochRecord&)> epoch_done;  // may be empty
  bool tests_each() const { return keep_epochs || epoch_done; }
};

struct FitResult {
  std::vector<EpochRecord> epochs;  // where they are kept
  Index done = 0;                   // epochs that ended well
  std::optional<EpochResult> last;  // of them
  std::optional<Metrics> test;      // of the network as it is now
  double seconds = 0;               // of training alone
  std::optional<DivergedError> divergence;
};

/// `test`: null where there is no test part. When training diverges, the network has the weights from before that
/// epoch.
FitResult fit(Trainer& trainer, Evaluator* test, Progress& progress, const FitOptions& options);

}  // namespace tinymlp::program
