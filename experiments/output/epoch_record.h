// What is known of one epoch.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tinymlp/evaluator.h"
#include "tinymlp/trainer.h"

namespace tinymlp::program {

struct EpochRecord {
  EpochResult training;
  std::optional<Metrics> validation, test;  // after it
};

/// metrics.csv: a line for each epoch.
std::string metrics_csv(const std::vector<EpochRecord>& records);

/// "epoch 12/100  loss 0.123  accuracy 0.97  test loss …": what there is.
std::string epoch_line(const EpochRecord& record, Index epochs);

}  // namespace tinymlp::program
