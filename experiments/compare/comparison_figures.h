// The figures of a comparison: box plots of the scores, median learning curves with bands, success rates. Each with
// its gnuplot script and its data.
#pragma once
#include <string>

#include "compare/comparison_directory.h"
#include "compare/summary.h"

namespace tinymlp::program {

/// Writes scores, curves and success, each as .csv, .gp and, where gnuplot is there, .svg. Returns what is to be said
/// where it could not draw; empty if all is well.
std::string draw_comparison(const ComparisonDirectory& directory, const Comparison& comparison, const Summary& summary);

}  // namespace tinymlp::program
