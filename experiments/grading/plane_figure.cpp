// Writes the script and the data of planes.
#include "grading/plane_figure.h"

#include "call_text.h"
#include "figures/colours.h"
#include "figures/gnuplot.h"
#include "grading/data.h"

namespace tinymlp::program {

namespace {

constexpr Index points = 80;  // in each direction

std::string numbers(std::initializer_list<double> all) {
  std::string text;
  for (const double number : all) text += (text.empty() ? "" : ",") + number_text(static_cast<float>(number));
  return text + "\n";
}

/// Two empty lines between panels.
std::string samples_csv(const PlaneFigure& figure) {
  std::string text;
  for (const PlanePanel& panel : figure.panels) {
    const DataSet& samples = panel.samples;
    text += text.empty() ? "" : "\n\n";
    for (std::size_t row = 0; row < samples.targets.size(); ++row)
      text += numbers({samples.inputs[2 * row], samples.inputs[2 * row + 1], samples.targets[row]});
  }
  return text;
}

/// A line a point; an empty line between columns, two between panels.
std::string planes_csv(const PlaneFigure& figure) {
  const std::vector<double> places = plane_points(figure.reach);
  std::string text;
  for (const PlanePanel& panel : figure.panels) {
    text += text.empty() ? "" : "\n\n";
    for (std::size_t i = 0; i < panel.outputs.size(); ++i) {
      if (i > 0 && i % points == 0) text += "\n";
      text += numbers({places[2 * i], places[2 * i + 1], panel.outputs[i]});
    }
  }
  return text;
}

/// Each class has a shape as well, for those who print without colours; a white rim lifts it off the plane.
std::string samples_plot() {
  std::string text;
  for (const std::size_t label : {0U, 1U}) {
    const std::string what = ", \\\n     $samples using ($3 == " + std::to_string(label) +
                             " ? $1 : NaN):2 with points pt " + (label == 0 ? "7" : "9") + " ps ";
    text += what + "0.6 lc rgb '#FFFFFF'" + what + "0.4 lc rgb '" + class_colour(label) + "'";
  }
  return text;
}

/// All is read first, for gnuplot writes the border between blanks, and reads all data of a plot alike.
std::string panel_script(const PlaneFigure& figure, std::size_t i) {
  const std::string plane = "'" + figure.name + ".csv' index " + std::to_string(i) + " using 1:2:3";
  return "set datafile separator ','\nset table $samples\nplot '" + figure.name + "-samples.csv' index " +
         std::to_string(i) + " using 1:2:3 with table\nset table $plane\nplot " + plane +
         " with table\nset table $border\nset contour base\nunset surface\nset cntrparam levels discrete 0\nsplot " +
         plane + "\nunset contour\nset surface\nunset table\nset datafile separator whitespace\nset title " +
         gnuplot_quoted(figure.panels[i].title) +
         " noenhanced\nplot $plane using 1:2:3 with image, \\\n     $border using 1:2 with lines lw 2 lc rgb "
         "'#000000'" +
         samples_plot() + "\n";
}

}  // namespace

std::vector<double> plane_points(double reach) {
  std::vector<double> places;
  const std::vector<double> line = evenly_spaced(-reach, reach, points);
  for (const double x : line)
    for (const double y : line) places.insert(places.end(), {x, y});
  return places;
}

Figure plane_figure(const PlaneFigure& figure) {
  const std::string range = "[" + number_text(-figure.reach) + ":" + number_text(figure.reach) + "]\n";
  const std::string planes = figure.name + ".csv", samples = figure.name + "-samples.csv";
  std::string script = "# Draws " + figure.name + ".svg from " + planes + " and " + samples +
                       ", which must lie beside it: gnuplot " + figure.name + ".gp > " + figure.name +
                       ".svg\nset terminal svg size 940,370 dynamic font 'Helvetica,14' background '#FFFFFF' rounded\n"
                       "set border lw 1.2 lc rgb '#404040'\nset tics nomirror out scale 0.6\nset size ratio -1\n"
                       "unset key\nunset colorbox\nset xlabel 'x1'\nset ylabel 'x2' offset 1,0\nset cbrange [-1:1]\n"
                       "set xrange " +
                       range + "set yrange " + range + "set palette defined " + gnuplot_palette(share_palette()) +
                       "\nset multiplot layout 1," + std::to_string(figure.panels.size()) + " title " +
                       gnuplot_quoted(figure.title) + " noenhanced font ',16'\n";
  for (std::size_t i = 0; i < figure.panels.size(); ++i) script += panel_script(figure, i);
  return {figure.name,
          figure.title,
          script + "unset multiplot\n",
          {{planes, planes_csv(figure)}, {samples, samples_csv(figure)}}};
}

}  // namespace tinymlp::program
