// All that is told of a training run, as JSON: run.json and the events of --json.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "options/setting.h"
#include "output/epoch_record.h"
#include "tinymlp/model_description.h"

namespace tinymlp::program {

struct DataSummary {
  std::string name, hash;  // the hash only where a record is kept
  Index training_rows = 0, test_rows = 0;
};

struct RunRecord {
  Settings settings;
  ModelDescription model;
  Index parameters = 0;
  DataSummary data;
  std::string device;
  int threads = 1;
  std::string start, end;  // UTC, ISO 8601
  double seconds = 0;      // of training, the passes through the test part not counted
  Index epochs = 0;        // done
  std::optional<EpochResult> last;
  std::optional<Metrics> test;              // after it
  std::optional<DivergedError> divergence;  // why training ended early
};

/// The contents of run.json.
std::string run_json(const RunRecord& record);

/// One line each.
std::string start_event(const RunRecord& record);
std::string epoch_event(const EpochRecord& record);
std::string diverged_event(const DivergedError& error);
std::string result_event(const RunRecord& record, const std::string& directory);

}  // namespace tinymlp::program
