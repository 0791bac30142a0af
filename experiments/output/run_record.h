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
  Index training_rows = 0, validation_rows = 0, test_rows = 0;
};

/// How a run stands.
enum class RunStatus { running, done, diverged, interrupted, time_over };

struct RunRecord {
  RunStatus status = RunStatus::running;
  Settings settings;
  ModelDescription model;
  Index parameters = 0;
  DataSummary data;
  std::string device;
  int threads = 1;
  std::string start, end;            // UTC, ISO 8601
  std::vector<std::string> resumed;  // when it was gone on with
  double seconds = 0;                // of training, the passes through the other parts not counted
  Index epochs = 0;                  // done
  Index steps = 0;                   // of the next, where it ended within one
  bool stopped_early = false;        // as patience was over
  std::optional<Index> best_epoch;   // of early stopping: it is what the figures below are of
  std::optional<EpochResult> last;
  std::optional<Metrics> validation, test;  // of the network that is kept
  std::optional<DivergedError> divergence;  // why training ended early
};

/// The contents of run.json.
std::string run_json(const RunRecord& record);

/// One line each.
std::string start_event(const RunRecord& record);
std::string epoch_event(const EpochRecord& record);
std::string diverged_event(const DivergedError& error);
/// The event is "result", or "interrupted" if it was.
std::string result_event(const RunRecord& record, const std::string& directory);

/// What a run that goes on takes from the run.json of its beginning, besides its settings.
struct EarlierRun {
  std::string start, data_hash;
  std::vector<std::string> resumed;
};
/// Throws InputError, naming `file`, unless it is a run's.
EarlierRun read_earlier_run(const std::string& text, const std::string& file);

}  // namespace tinymlp::program
