// Writes the script of the activations' figure.
#include "figures/activation_figure.h"

#include <array>
#include <cmath>
#include <filesystem>

#include "figures/gnuplot.h"
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
          static_cast<int>(rows) * (small ? 220 : 330) + title};
}

std::string terminal(const std::string& format, int width, int height) {
  if (format == "svg")
    return "svg size " + std::to_string(width) + "," + std::to_string(height) +
           " dynamic standalone font 'Helvetica,14' background '#FFFFFF' rounded";
  if (format == "png")  // twice as many pixels, for print
    return "pngcairo size " + std::to_string(2 * width) + "," + std::to_string(2 * height) +
           " font 'Helvetica,14' fontscale 2 linewidth 2 pointscale 2 background '#FFFFFF' rounded";
  constexpr double pixels_an_inch = 96;
  const auto inches = [](int pixels) { return std::to_string(pixels / pixels_an_inch); };
  return "pdfcairo size " + inches(width) + "," + inches(height) + " font 'Helvetica,11' background '#FFFFFF' rounded";
}

constexpr const char* axes = R"(set datafile separator ','
set border 3 lw 1.2 lc rgb '#404040'
set tics nomirror out scale 0.6
set grid lw 1 lc rgb '#DDDDDD'
set autoscale xfix
set offsets 0, 0, graph 0.06, graph 0.06
set xlabel 'x'
)";

/// Columns of the data: 1 is x, then value and derivative of each curve.
std::string column(std::size_t curve, bool derivative) { return std::to_string(2 + 2 * curve + (derivative ? 1 : 0)); }

std::string panels(const std::vector<ActivationCurve>& curves, const std::string& data, const Grid& grid) {
  const bool one_row = grid.rows == 1;
  std::string text = "set multiplot layout " + std::to_string(grid.rows) + "," + std::to_string(grid.columns);
  if (one_row)
    text += "\nset key top left Left reverse samplen 2.5 spacing 1.2\n";
  else
    text += " title \"each activation's value (solid line) and derivative (dashed line)\" font ',18'\nunset key\n";
  for (std::size_t i = 0; i < curves.size(); ++i) {
    text += "set title " + gnuplot_quoted(curves[i].name) + " noenhanced\n";
    text += "plot '" + data + "' skip 1 using 1:" + column(i, false) +
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

std::string overlay(const std::vector<ActivationCurve>& curves, const std::string& data) {
  std::string text = "set multiplot layout 1,2\nset key top left Left reverse samplen 3 spacing 1.2\n";
  for (const bool derivative : {false, true}) {
    text += std::string("set title '") + (derivative ? "derivatives" : "values") + "'\nplot ";
    for (std::size_t i = 0; i < curves.size(); ++i)
      text += (i == 0 ? "'" + data + "'" : ", \\\n     ''") + " skip 1 using 1:" + column(i, derivative) +
              " with lines " + look(i) + " title " + gnuplot_quoted(curves[i].name) + " noenhanced";
    text += "\nunset key\n";
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

std::string activation_script(const std::vector<ActivationCurve>& curves, FigureLayout layout, const std::string& file,
                              const std::string& data) {
  const bool all_in_one = layout == FigureLayout::overlay;
  const Grid grid = all_in_one ? Grid{2, 1, 1000, 440} : panel_grid(curves.size());
  const std::filesystem::path name = std::filesystem::path(file).filename();
  const std::string script = std::filesystem::path(name).replace_extension(".gp").string();
  const std::string quoted_data = gnuplot_quoted(data);
  const std::string inside = quoted_data.substr(1, quoted_data.size() - 2);
  return "# Draws " + name.string() + " from " + data + ", which must lie beside it: gnuplot " + script + " > " +
         name.string() + "\nset terminal " + terminal(figure_format(file, "--figure"), grid.width, grid.height) + "\n" +
         axes + (all_in_one ? overlay(curves, inside) : panels(curves, inside, grid));
}

}  // namespace tinymlp::program
