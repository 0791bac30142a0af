// The ranked table of a comparison, for the terminal and as Markdown.
#pragma once
#include <string>

#include "compare/summary.h"

namespace tinymlp::program {

/// With times, which differ from call to call.
std::string comparison_text(const Comparison& comparison, const Summary& summary);
/// comparison.md: the same without times, so that the same request gives the same bytes.
std::string comparison_markdown(const Comparison& comparison, const Summary& summary);

}  // namespace tinymlp::program
