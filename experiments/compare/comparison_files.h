// A comparison for other programs: JSON, and CSV of every run and epoch. The same request gives the same bytes.
#pragma once
#include <string>

#include "compare/summary.h"

namespace tinymlp::program {

/// comparison.json, or with times, which differ from call to call, the event of --json.
std::string comparison_json(const Comparison& comparison, const Summary& summary, bool as_event);
/// runs.csv: a line for each variant and seed.
std::string runs_csv(const Comparison& comparison);
/// epochs.csv: a line for each epoch of each.
std::string epochs_csv(const Comparison& comparison);

/// What a comparison is made of, as JSON: two of them can go on from each other's runs if it is equal.
std::string request_json(const Comparison& comparison);

/// A trial as JSON, and back. Throws InputError, naming `name`, if it is none.
std::string trial_json(const TrialResult& trial);
TrialResult parse_trial(const std::string& text, const std::string& name, const Judgement& judgement);

}  // namespace tinymlp::program
