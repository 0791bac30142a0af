// report.html of a run: what was trained, how it went, what came out, and how to do it again.
#pragma once
#include <string>
#include <vector>

#include "figures/run_figures.h"
#include "output/run_record.h"
#include "tinymlp/layer_health.h"

namespace tinymlp::program {

/// The whole page. `epochs`: in the order of training. `figures`: of what the network does.
/// `directory`: where the run lies, for the commands.
std::string run_report(const RunRecord& record, const std::vector<EpochRecord>& epochs,
                       const std::vector<LayerHealth>& layers, const RunFigures& figures, const std::string& directory);

}  // namespace tinymlp::program
