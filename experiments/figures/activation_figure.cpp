// Writes the script of the activations' figure.
#include "figures/activation_figure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>

#include "figures/gnuplot.h"
#include "output/text_format.h"
#include "text.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t widest_row = 4;  // panels, as long as one row holds all

struct Grid {
  std::size_t columns, rows;
  int width, height;  // of the figure, pixels
};

Grid panel_grid(std::size_t count) {
  const auto square = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  const std::size_t columns = count <= widest_row ? count : square, rows = (count + columns - 1) / columns;
  const bool small = rows > 1;
  const int title = rows > 1 ? 40 : 0;
  return {columns, rows, static_cast<int>(columns) * (small ? 250 : 380),
          static_cast<int>(rows) * (small ? 200 : 360) + title};
}

std::string terminal(const std::string& format, int width, int height) {
  if (format == "svg")
    return "svg size " + std::to_string(width) + "," + std::to_string(height) +
           " dynamic standalone font 'Helvetica,14' background '#FFFFFF' rounded";
  if (format == "png")  // twice as many pixels, for print
    return "pngcairo size " + std::to_string(2 * width) + "," + std::to_string(2 * height) +
           " font 'Helvetica,14' fontscale 2 linewidth 2 dashlength 2 pointscale 2 background '#FFFFFF' rounded";
  constexpr double pixels_an_inch = 96;
  const auto inches = [](int pixels) { return std::to_string(pixels / pixels_an_inch); };
  return "pdfcairo size " + inches(width) + "," + inches(height) + " font 'Helvetica,11' background '#FFFFFF' rounded";
}

constexpr const char* axes = R"(set datafile separator ','
set border 3 lw 1.2 lc rgb '#404040'
set tics nomirror out scale 0.6
set grid lw 1 lc rgb '#DDDDDD'
set autoscale fix
set offsets 0, 0, graph 0.06, graph 0.06
)";

/// A round number that cuts `length` into three to six parts.
double tick_step(double length) {
  const double power = std::pow(10, std::floor(std::log10(length / 3)));
  const double digits = length / 3 / power;
  return (digits < 2 ? 1 : digits < 5 ? 2 : 5) * power;
}

/// Few enough marks that their numbers do not touch. `numbers`: what is drawn along the axis.
std::string ticks(const char* axis, const std::vector<const std::vector<Scalar>*>& numbers) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const std::vector<Scalar>* some : numbers)
    for (const Scalar number : *some)
      if (std::isfinite(number)) {
        low = std::min(low, static_cast<double>(number));
        high = std::max(high, static_cast<double>(number));
      }
  const std::string step = low < high ? " " + six_digits(tick_step(high - low)) : "";
  return "set " + std::string(axis) + "tics" + (step.empty() ? " autofreq" : step) + "\n";
}

/// Columns of the data: 1 is x, then value and derivative of each curve.
std::string column(std::size_t curve, bool derivative) { return std::to_string(2 + 2 * curve + (derivative ? 1 : 0)); }

std::string panels(const std::vector<ActivationCurve>& curves, const std::vector<Scalar>& x, const std::string& data,
                   const Grid& grid) {
  const bool one_row = grid.rows == 1;
  std::string text = "set multiplot layout " + std::to_string(grid.rows) + "," + std::to_string(grid.columns);
  if (one_row)
    text += "\nset xlabel 'x'\nset key outside below center horizontal Left reverse samplen 2.5 height 1\n";
  else
    text +=
        " title \"value (solid line) and derivative (dashed line) of each activation\" font ',18'\nunset key\n"
        "set tics font ',11'\n";
  text += ticks("x", {&x});
  for (std::size_t i = 0; i < curves.size(); ++i) {
    text += "set title " + gnuplot_quoted(curves[i].name) + " noenhanced\n" +
            ticks("y", {&curves[i].value, &curves[i].derivative}) + "plot '" + data +
            "' skip 1 using 1:" + column(i, false) +
            " with lines lw 2.5 lc rgb '#0072B2' title 'value', \\\n     '' skip 1 using 1:" + column(i, true) +
            " with lines lw 2.5 dt (8,4) lc rgb '#D55E00' title 'derivative'\n";
  }
  return text + "unset multiplot\n";
}

/// A colour and a dash for each curve: either tells it from the others.
std::string look(std::size_t curve) {
  static constexpr std::array dashes{"solid", "(12,4)", "(4,3)", "(12,4,3,4)", "(2,3)", "(20,5)", "(8,3,2,3,2,3)"};
  constexpr std::size_t yellow = 6, black = 7;  // yellow cannot be seen on white
  return "lw 2.5 dt " + std::string(dashes[curve % dashes.size()]) + " lc rgb '" +
         class_colour(curve == yellow ? black : curve) + "'";
}

std::string overlay(const std::vector<ActivationCurve>& curves, const std::vector<Scalar>& x, const std::string& data) {
  std::string text =
      "set multiplot layout 1,2\nset xlabel 'x'\n"
      "set key outside below center horizontal Left reverse samplen 3 maxcols 4 height 1\n" +
      ticks("x", {&x});
  for (const bool derivative : {false, true}) {
    std::vector<const std::vector<Scalar>*> numbers;
    for (const ActivationCurve& curve : curves) numbers.push_back(derivative ? &curve.derivative : &curve.value);
    text +=
        std::string("set title '") + (derivative ? "derivatives" : "values") + "'\n" + ticks("y", numbers) + "plot ";
    for (std::size_t i = 0; i < curves.size(); ++i)
      text += (i == 0 ? "'" + data + "'" : ", \\\n     ''") + " skip 1 using 1:" + column(i, derivative) +
              " with lines " + look(i) + " title " + gnuplot_quoted(curves[i].name) + " noenhanced";
    text += "\n";
  }
  return text + "unset multiplot\n";
}

}  // namespace

std::string figure_format(const std::string& file, const std::string& option) {
  const std::string ending = std::filesystem::path(file).extension().string();
  for (const char* format : {"svg", "png", "pdf"})
    if (ending == "." + std::string(format)) return format;
  throw InputError("a figure's name must end in .svg, .png or .pdf (" + option + " " + in_quotes(file) + ")");
}

std::string activation_script(const std::vector<ActivationCurve>& curves, const std::vector<Scalar>& x,
                              FigureLayout layout, const std::string& file, const std::string& data) {
  const bool all_in_one = layout == FigureLayout::overlay;
  const Grid grid = all_in_one ? Grid{2, 1, 1000, 500} : panel_grid(curves.size());
  const std::filesystem::path name = std::filesystem::path(file).filename();
  const std::string script = std::filesystem::path(name).replace_extension(".gp").string();
  const std::string quoted_data = gnuplot_quoted(data);
  const std::string inside = quoted_data.substr(1, quoted_data.size() - 2);
  return "# Draws " + name.string() + " from " + data + ", which must lie beside it: gnuplot " + script + " > " +
         name.string() + "\nset terminal " + terminal(figure_format(file, "--figure"), grid.width, grid.height) + "\n" +
         axes + (all_in_one ? overlay(curves, x, inside) : panels(curves, x, inside, grid));
}

}  // namespace tinymlp::program
