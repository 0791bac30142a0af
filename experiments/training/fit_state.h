// Where a run of the program stands: what a checkpoint holds.
#pragma once
#include <optional>
#include <vector>

#include "output/epoch_record.h"
#include "tinymlp/early_stopping.h"
#include "tinymlp/trainer_state.h"

namespace tinymlp::program {

struct FitState {
  TrainerState trainer;
  std::vector<EpochRecord> epochs = {};                   // done
  std::optional<EarlyStoppingState> early_stopping = {};  // where there is a patience
};

}  // namespace tinymlp::program
