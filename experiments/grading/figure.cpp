// Writes the scripts and data of figures.
#include "grading/figure.h"

#include <array>
#include <cmath>

#include "call_text.h"
#include "figures/gnuplot.h"
#include "grading/statistics.h"

namespace tinymlp::program {

namespace {

std::string head(const std::string& name, const std::string& title) {
  return "# Draws " + name + ".svg from " + name + ".csv, which must lie beside it: gnuplot " + name + ".gp > " + name +
         ".svg\n"
         "set terminal svg size 860,460 dynamic font 'Helvetica,15' background '#FFFFFF' rounded\n"
         "set datafile separator ','\n"
         "set border 3 lw 1.2 lc rgb '#404040'\n"
         "set tics nomirror out scale 0.6\n"
         "set grid lw 1 lc rgb '#DDDDDD'\n"
         "set title " +
         gnuplot_quoted(title) + " noenhanced\n";
}

std::string label(const char* axis, const std::string& text) {
  return std::string("set ") + axis + "label " + gnuplot_quoted(text) + " noenhanced\n";
}

std::string logarithmic(const char* axis) {
  return std::string("set logscale ") + axis + "\nset format " + axis + " '10^{%L}'\n";
}

std::string pair_text(double x, double y) {
  return number_text(static_cast<float>(x)) + "," + number_text(static_cast<float>(y)) + "\n";
}

/// Lines and points differ by shape as well, for those who print without colours.
std::string look_text(const Curve& curve, std::size_t place) {
  static constexpr std::array shapes{7, 9, 5, 13, 11, 6, 8, 4};
  static constexpr std::array strokes{"1",     "(9,3)",  "(3,3)", "(12,3,3,3)",
                                      "(6,6)", "(15,4)", "(2,5)", "(12,3,3,3,3,3)"};
  const std::string colour =
      " lc rgb '" + class_colour(curve.colour < 0 ? place : static_cast<std::size_t>(curve.colour)) + "'";
  const std::string shape = " pt " + std::to_string(shapes[place % shapes.size()]) + " ps 0.8";
  switch (curve.look) {
    case Curve::Look::points:
      return "points" + shape + colour;
    case Curve::Look::line_points:
      return "linespoints lw 2.5" + shape + colour;
    case Curve::Look::dashes:
      return "lines lw 2 dt (5,5)" + colour;
    case Curve::Look::line:
      break;
  }
  return std::string("lines lw 2.5 dt ") + strokes[place % strokes.size()] + colour;
}

}  // namespace

Figure curve_figure(const CurveFigure& figure) {
  std::string script = head(figure.name, figure.title) + label("x", figure.x_label) + label("y", figure.y_label);
  script += "set key outside right top vertical Left reverse samplen 3 spacing 1.2\n";
  if (figure.log_x) script += logarithmic("x");
  if (figure.log_y) script += logarithmic("y");
  script += figure.settings + "plot ";
  std::string data = "# x, y of each curve; two blank lines between curves\n";
  for (std::size_t i = 0; i < figure.curves.size(); ++i) {
    const Curve& curve = figure.curves[i];
    script += (i > 0 ? ", \\\n     " : "") + std::string("'") + figure.name + ".csv' index " + std::to_string(i) +
              " using 1:2 with " + look_text(curve, i) +
              (curve.title.empty() ? " notitle" : " title " + gnuplot_quoted(curve.title) + " noenhanced");
    data += (i > 0 ? "\n\n# " : "# ") + curve.title + "\n";
    for (std::size_t k = 0; k < curve.x.size(); ++k) data += pair_text(curve.x[k], curve.y[k]);
  }
  return {figure.name, figure.title, script + "\n", {{figure.name + ".csv", data}}, figure};
}

Figure dot_figure(const DotFigure& figure) {
  std::string script = head(figure.name, figure.title) + label("y", figure.y_label) +
                       "unset grid\nset grid ytics lw 1 lc rgb '#DDDDDD'\n"
                       "set key outside right top vertical Left reverse samplen 2 spacing 1.2\n";
  if (!figure.x_label.empty()) script += label("x", figure.x_label);
  if (figure.log_y) script += logarithmic("y");
  const auto count = static_cast<double>(figure.groups.size());
  script += "set xrange [-0.6:" + number_text(count - 0.4) + "]\nset xtics scale 0 (";
  std::string dots = "# the column, the value of each dot\n", medians = "# the column, its median\n";
  for (std::size_t i = 0; i < figure.groups.size(); ++i) {
    const auto& [title, values] = figure.groups[i];
    script += (i > 0 ? ", " : "") + gnuplot_quoted(title) + " " + std::to_string(i);
    for (std::size_t k = 0; k < values.size(); ++k) {
      const double spread = static_cast<double>(k % 9) / 9 - 4.0 / 9;  // beside one another
      dots += pair_text(static_cast<double>(i) + 0.5 * spread, values[k]);
    }
    medians += pair_text(static_cast<double>(i), median(values));
  }
  script +=
      ")\n" + figure.settings + "plot '" + figure.name +
      ".csv' index 0 using 1:2 with points pt 7 ps 0.6 lc rgb '#800072B2' title 'each run', \\\n     '" + figure.name +
      ".csv' index 1 using 1:2:(0.32):(0) with vectors nohead lw 3 lc rgb '#000000' notitle, \\\n     '" + figure.name +
      ".csv' index 1 using ($1-0.32):2:(0.32):(0) with vectors nohead lw 3 lc rgb '#000000' title "
      "'median'";
  for (std::size_t i = 0; i < figure.lines.size(); ++i)
    script += ", \\\n     " + number_text(figure.lines[i].second) + " with lines lw 2 dt (6,4) lc rgb '" +
              class_colour(i + 1) + "' title " + gnuplot_quoted(figure.lines[i].first) + " noenhanced";
  return {figure.name, figure.title, script + "\n", {{figure.name + ".csv", dots + "\n\n" + medians}}};
}

}  // namespace tinymlp::program
