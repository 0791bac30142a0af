// Writes the script of boundary.svg.
#include "figures/boundary_script.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "call_text.h"
#include "figures/colours.h"
#include "figures/gnuplot.h"

namespace tinymlp::program {

namespace {

// gnuplot writes the border between blanks and reads all data of a plot alike: so all are put between blanks first.
constexpr const char* head =
    R"(# Draws boundary.svg from boundary.csv and boundary-points.csv, which must lie beside it:
# gnuplot boundary.gp > boundary.svg
set terminal svg size 720,600 dynamic standalone font 'Helvetica,15' background '#FFFFFF' rounded
set datafile separator ','
set table $points
plot 'boundary-points.csv' using 1:2:3 with table
set table $grid
plot 'boundary.csv' using )";

constexpr const char* value_columns = "1:2:3 with table\nunset table\n";
constexpr const char* colour_columns = "1:2:4:5:6 with table\nunset table\n";

constexpr const char* axes = R"(set datafile separator whitespace
set border lw 1.2 lc rgb '#404040'
set tics nomirror out scale 0.6
)";

constexpr const char* next = ", \\\n     ";  // plot

std::string range_text(const PlotRange& range) {
  return "[" + number_text(static_cast<float>(range.low)) + ":" + number_text(static_cast<float>(range.high)) + "]\n";
}

/// Below the figure, with room for the axis's name; many classes stand beside it, where they take less of its height.
std::string key_text(const ModelDescription& description) {
  constexpr std::size_t most_below = 6;
  return std::string("set key outside ") +
         (description.class_names.size() > most_below ? "right top vertical" : "below center horizontal height 1") +
         " Left reverse samplen 2 width 1\n";
}

/// Fewer points are drawn larger: "0.8".
std::string size_text(Index rows, double factor) {
  const double size = std::clamp(12 / std::sqrt(static_cast<double>(rows)), 0.4, 0.9);
  return number_text(static_cast<float>(std::round(100 * factor * size) / 100));
}

/// Points, each with a white rim. `columns`: of x and y.
std::string rimmed_points(const std::string& columns, int shape, const std::string& colour, Index rows) {
  const std::string points = "$points using " + columns, look = " with points pt " + std::to_string(shape) + " ps ";
  const bool by_value = colour == "palette";
  return next + points + look + size_text(rows, 1.6) + " lc rgb '#FFFFFF' notitle" + next + points +
         (by_value ? ":3" : "") + look + size_text(rows, 1) + " lc " + colour + " notitle";
}

std::string class_points(const std::vector<std::string>& class_names, Index rows) {
  static constexpr std::array shapes{7, 9, 5, 13, 11};  // disc, triangle, square, diamond, triangle downwards
  std::string text;
  for (std::size_t label = 0; label < class_names.size(); ++label) {
    const int shape = shapes[label % shapes.size()];
    const std::string colour = "rgb '" + class_colour(label) + "'";
    text += rimmed_points("($3 == " + std::to_string(label) + " ? $1 : NaN):2", shape, colour, rows) + next +
            "keyentry with points pt " + std::to_string(shape) + " ps 1 lc " + colour + " title " +
            gnuplot_quoted(class_names[label]) + " noenhanced";
  }
  return text;
}

std::string two_classes(const ModelDescription& description, Index rows) {
  const std::string what = takes_logits(description.loss) ? "probability of class "
                           : description.low == 0         ? "output, 1 for class "
                                                          : "(output + 1) / 2, 1 for class ";
  return "set cblabel " + gnuplot_quoted(what + description.class_names[1]) + " noenhanced\n" +
         "set cbrange [0:1]\nset cbtics 0.25\n"
         "set palette defined " +
         gnuplot_palette(share_palette()) + "\nplot $grid using 1:2:3 with image notitle" + next +
         "$border using 1:2 with lines lw 2.5 lc rgb '#000000' title 'border'" +
         class_points(description.class_names, rows) + "\n";
}

std::string many_classes(const ModelDescription& description, Index rows) {
  return "unset colorbox\nplot $grid using 1:2:3:4:5 with rgbimage notitle" +
         class_points(description.class_names, rows) + "\n";
}

/// A class's colour, lightened: "#80B8D8".
std::string light_colour(std::size_t label) {
  return colour_name(mixed({255, 255, 255}, colour_of(class_colour(label)), 0.5));
}

/// $grid has the class, from 0.
std::string likeliest_classes(const ModelDescription& description, Index rows) {
  std::string palette;
  const std::size_t classes = description.class_names.size();
  for (std::size_t label = 0; label < classes; ++label)
    for (const char* end : {".0", ".999"})
      palette += (palette.empty() ? "" : ", ") + std::to_string(label) + end + " '" + light_colour(label) + "'";
  return "set palette defined (" + palette + ")\nset cbrange [0:" + std::to_string(classes) +
         "]\nunset colorbox\nplot $grid using 1:2:($3 + 0.5) with image notitle" +
         class_points(description.class_names, rows) + "\n";
}

std::string numbers(const ModelDescription& description, Index rows) {
  return "set cblabel " + gnuplot_quoted(description.target_name + " (in the discs: of the samples)") +
         " noenhanced\n" + "set palette defined " + gnuplot_palette(number_palette()) +
         "\nunset key\n"
         "plot $grid using 1:2:3 with image notitle" +
         rimmed_points("1:2", 7, "palette", rows) + "\n";
}

}  // namespace

Index shown_samples(const DataSet& training) {
  constexpr Index most = 2000;
  return std::min(training.rows(), most);
}

std::string border_script(const std::string& grid) {
  return "set table $border\nset contour base\nunset surface\nset cntrparam levels discrete 0.5\nsplot " + grid +
         "\nunset table\nunset contour\nset surface\n";
}

std::string title_place() { return " noenhanced at screen 0.5,0.965 center\nset tmargin 3\n"; }

std::string boundary_axes(const ModelDescription& description, const PlotRange& x, const PlotRange& y) {
  const auto name = [&](std::size_t i) {
    const auto& names = description.feature_names;
    return gnuplot_quoted(names.empty() ? "x" + std::to_string(i + 1) : names[i]) + " noenhanced\n";
  };
  return key_text(description) + "set xlabel " + name(0) + "set xlabel offset 0,0.5\nset ylabel " + name(1) +
         "set xrange " + range_text(x) + "set yrange " + range_text(y) + "set size ratio " +
         (has_equal_units(x, y) ? "-1\n" : "1\n");
}

std::string boundary_plot(const ModelDescription& description, Index rows) {
  if (description.task == Task::regression) return numbers(description, rows);
  return description.class_names.size() == 2 ? two_classes(description, rows) : many_classes(description, rows);
}

std::string plain_boundary_plot(const ModelDescription& description, Index rows) {
  return description.class_names.size() > 2 ? likeliest_classes(description, rows) : boundary_plot(description, rows);
}

std::string boundary_script(const ModelDescription& description, const PlotRange& x, const PlotRange& y, Index rows,
                            const std::string& title) {
  const bool numeric = description.task == Task::regression, two = description.class_names.size() == 2;
  std::string text = std::string(head) + (numeric || two ? value_columns : colour_columns);
  if (two) text += border_script("'boundary.csv' using 1:2:3");
  text += axes;
  text += "set label 1 " + gnuplot_quoted(title) + title_place();
  return text + boundary_axes(description, x, y) + boundary_plot(description, rows);
}

}  // namespace tinymlp::program
