// report.html of a comparison: who wins, the ranked table, learning curves, figures, settings.
#pragma once
#include <filesystem>
#include <string>

#include "compare/summary.h"

namespace tinymlp::program {

/// The whole page, without times: the same request gives the same bytes. `directory`: where the figures lie that were
/// drawn.
std::string comparison_report(const Comparison& comparison, const Summary& summary,
                              const std::filesystem::path& directory);

}  // namespace tinymlp::program
