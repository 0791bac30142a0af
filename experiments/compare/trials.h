// Many trials side by side, each kept as soon as it has ended, so that what was interrupted can go on.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "compare/comparison_directory.h"
#include "compare/trial.h"
#include "output/console.h"

namespace tinymlp::program {

/// A trial to be done, or to be read where it was kept.
struct TrialTask {
  const Variant* variant = nullptr;
  const DataParts* parts = nullptr;
  std::uint64_t seed = 0;
  std::string learning_rate;  // in place of the variant's, or empty
  std::string name;           // that it is kept under
};

/// Where and how trials are done.
struct Workplace {
  Verbosity verbosity;
  DeviceOptions device;
  Index jobs = 1;                                  // at a time
  const ComparisonDirectory* directory = nullptr;  // keeps trials; null: nobody does
  std::function<bool()> stop;                      // asked before each trial
};

/// The trials, in the order of the tasks, whatever the number of jobs; `what` names them: "tuning runs". `others` is
/// work that is done beside them, first of all. Empty if `stop` ended it early.
std::vector<TrialResult> run_trials(const std::vector<TrialTask>& tasks,
                                    const std::vector<std::function<void()>>& others, const Judgement& judgement,
                                    const Workplace& workplace, const std::string& what);

}  // namespace tinymlp::program
