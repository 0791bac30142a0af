// The ranked table of a comparison, for the terminal and as Markdown.
#pragma once
#include <string>
#include <vector>

#include "compare/summary.h"

namespace tinymlp::program {

/// The table's rows, its header first, the best variant next. Times differ from call to call.
std::vector<std::vector<std::string>> ranked_rows(const Comparison& comparison, const Summary& summary,
                                                  bool with_times);
/// Medians over two options, their values as headers; no rows unless two are varied.
std::vector<std::vector<std::string>> grid_rows(const Comparison& comparison, const Summary& summary);
/// "test accuracy (higher is better), 20 seeds; success: at least 0.95"
std::string score_line(const Comparison& comparison);
/// What p, effect and the linear model are: some lines.
std::string table_explanation();

/// With times, which differ from call to call.
std::string comparison_text(const Comparison& comparison, const Summary& summary);
/// comparison.md: the same without times, so that the same request gives the same bytes.
std::string comparison_markdown(const Comparison& comparison, const Summary& summary);

}  // namespace tinymlp::program
