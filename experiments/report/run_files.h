// What a run directory holds when training has ended.
#pragma once
#include <string>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "output/run_directory.h"
#include "output/run_record.h"
#include "tinymlp/dataset.h"
#include "tinymlp/network.h"

namespace tinymlp::program {

/// Writes the model, the metrics, the record, the figures and the report. `network` has the weights that are kept;
/// `training`: the rows it was trained on; `diagnostics`: null where none were asked for. Returns what is to be said
/// where a figure could not be drawn; empty if all is well. Throws Error if a file cannot be written.
std::string write_run(const RunDirectory& directory, const RunRecord& record, Network& network, const DataSet& training,
                      const std::vector<EpochRecord>& epochs, Diagnostics* diagnostics);

}  // namespace tinymlp::program
