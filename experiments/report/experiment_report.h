// report.html of experiments: what each shows, its claims with their sources, its figures.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "grading/record.h"

namespace tinymlp::program {

/// The whole page. `directory`: where each experiment's folder lies with the figures that were drawn.
std::string experiment_report(const std::vector<ExperimentRecord>& records, const std::filesystem::path& directory);

}  // namespace tinymlp::program
