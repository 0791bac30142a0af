// What is kept and shown of an experiment that ran: a table for people, a line of JSON for programs.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grading/experiment.h"

namespace tinymlp::program {

struct ExperimentRecord {
  const Experiment* experiment = nullptr;
  std::vector<Claim> claims;
  std::vector<Figure> figures;
  std::vector<std::string> notes;
  std::string failure;  // what stopped it, if anything did
  double seconds = 0;

  std::size_t failed_claims() const;
  /// Every claim holds, and nothing stopped it.
  bool passed() const { return failure.empty() && failed_claims() == 0; }
};

/// Of experiments together.
struct Totals {
  std::size_t claims = 0, failed = 0;
  double seconds = 0;
};
Totals totals(const std::vector<ExperimentRecord>& records);

/// Runs it. What it throws, beside wrong requests, becomes the record's failure.
ExperimentRecord run_experiment(const Experiment& experiment, const ExperimentOptions& options);

/// Title, what it shows, the table of claims, the notes.
std::string record_text(const ExperimentRecord& record);
nlohmann::ordered_json record_json(const ExperimentRecord& record);
/// "theory: Baldi and Hornik 1989"
std::string origin_text(const Origin& origin);
/// "PASS" or "FAIL".
std::string result_text(const Claim& claim);
/// "4 of 4 claims hold".
std::string verdict_text(const ExperimentRecord& record);

/// report.md: all that ran, in one file, each with its table and figures. `out` holds a folder for each.
std::string report_text(const std::vector<ExperimentRecord>& records);

}  // namespace tinymlp::program
