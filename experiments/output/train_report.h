// What train tells: at the start, at the end, and when training fails.
#pragma once
#include <string>

#include "output/console.h"
#include "output/run_record.h"

namespace tinymlp::program {

/// Data, network and device: two lines on standard error, or an event.
void report_start(const Verbosity& verbosity, const RunRecord& record);

/// Where a run goes on: one line on standard error.
void report_resumption(const Verbosity& verbosity, Index epochs, Index steps);

/// The final metrics; of an interrupted run nothing but an event. `directory`: where the run is kept; empty if it is
/// not.
void report_result(const Verbosity& verbosity, const RunRecord& record, const std::string& directory);

/// "after 12 epochs and 3 steps of the next"
std::string position_text(const RunRecord& record);

/// "spiral: 2-16-16-1, tanh, 100 epochs": for figures.
std::string run_title(const RunRecord& record);

}  // namespace tinymlp::program
