// The figures of experiments: curves, and dots in groups, as gnuplot scripts with their data beside them.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tinymlp::program {

struct Curve {
  enum class Look { line, dashes, points, line_points };
  std::string title;
  std::vector<double> x, y;
  Look look = Look::line;
  int colour = -1;  // of class_colour(); by its place if negative
};

struct CurveFigure {
  std::string name, title, x_label, y_label;
  std::vector<Curve> curves;
  bool log_x = false, log_y = false;
  std::string settings = {};  // more of the script, each line with its end: "set yrange [0:1]\n"
};

/// A figure as files that lie beside one another: gnuplot NAME.gp prints it as SVG.
struct Figure {
  std::string name;                                        // "success-rates"
  std::string title;                                       // what stands above it
  std::string script;                                      // NAME.gp
  std::vector<std::pair<std::string, std::string>> files;  // name and contents of each data file
  std::optional<CurveFigure> curves = {};                  // the same as numbers, if that is what it shows
};

Figure curve_figure(const CurveFigure& figure);

/// Numbers that belong together, such as the accuracies of one activation's seeds.
struct DotGroup {
  std::string title;
  std::vector<double> values;
};
/// A column of dots for each group, with a bar at the median.
struct DotFigure {
  std::string name, title, y_label;
  std::vector<DotGroup> groups;
  std::string x_label = {};
  bool log_y = false;
  std::string settings = {};
  std::vector<std::pair<std::string, double>> lines = {};  // named horizontal lines
};
Figure dot_figure(const DotFigure& figure);

}  // namespace tinymlp::program
