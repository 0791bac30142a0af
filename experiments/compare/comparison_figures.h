// The figures of a comparison: box plots of the scores, median learning curves with bands, success rates. Each with
// its gnuplot script and its data.
#pragma once
#include <string>
#include <vector>

#include "compare/comparison_directory.h"
#include "compare/summary.h"

namespace tinymlp::program {

/// What curves.svg shows, without its bands: the median score of all seeds after an epoch, of the best eight variants.
struct MedianCurves {
  std::vector<double> epochs;
  struct Curve {
    std::string label;
    std::vector<double> medians;  // (epochs)
  };
  std::vector<Curve> curves;  // the best first
};
MedianCurves median_curves(const Comparison& comparison, const Summary& summary);

/// Writes scores, curves and success, each as .csv, .gp and, where gnuplot is there, .svg. Returns what is to be said
/// where it could not draw; empty if all is well.
std::string draw_comparison(const ComparisonDirectory& directory, const Comparison& comparison, const Summary& summary);

}  // namespace tinymlp::program
