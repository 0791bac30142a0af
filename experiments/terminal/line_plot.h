// Curves in the terminal, on one pair of axes.
#pragma once
#include <string>
#include <vector>

#include "terminal/canvas.h"

namespace tinymlp::program {

struct PlotCurve {
  std::string name;
  Dot dot;
  std::vector<double> x, y;  // of each point; one whose y is not finite is left out, with the line through it
};

struct LinePlot {
  std::string y_name, x_name;
  std::vector<PlotCurve> curves;  // an earlier one lies above a later one
  bool with_zero = false;         // 0 is to be seen, and lines through it in both directions
  bool logarithmic = false;       // y, where all of it is above 0
};

/// Lines of text, no wider than the medium unless that is very narrow. Empty if no point is finite.
std::string line_plot(const LinePlot& plot, const Medium& medium);

}  // namespace tinymlp::program
