// Where a training stands, on the host: all that another process needs to go on as if nothing had happened.
#pragma once
#include <vector>

#include "tinymlp/schedule.h"
#include "tinymlp/tensor.h"

namespace tinymlp {

/// The order of rows is not part of it, for it follows from the seed and the epoch; dropout's masks follow from the
/// seed and the step's number.
struct TrainerState {
  Index epoch = 0;                       // epochs done
  Index step = 0;                        // steps done of the one after them
  double seconds = 0;                    // that those steps took
  Index planned_epochs = 0;              // what schedules that depend on their number count with; 0: none yet
  ScheduleState schedule = {};           // what the schedule remembers
  std::vector<double> losses = {};       // what each of those steps saw: (step)
  std::vector<double> correct = {};      // its right predictions, 0 where none are counted: (step)
  std::vector<Tensor> values = {};       // parameters, and the optimizer's memory: "parameters", "optimizer.velocity"
  std::vector<Tensor> epoch_start = {};  // the same when that epoch began, to go back to if it diverges; none at step 0
};

}  // namespace tinymlp
