// Writes the data and the script of growth.svg.
#include "bench/growth_figure.h"

#include "call_text.h"
#include "figures/gnuplot.h"

namespace tinymlp::program {

namespace {

// Columns as gnuplot counts them.
constexpr std::size_t first_columns = 3, device_columns = 5;  // size, flop, bytes; of each device
std::string column(std::size_t device, std::size_t which) {
  return std::to_string(first_columns + device * device_columns + which);
}

std::string panel(const Growth& growth, const std::vector<std::string>& devices, bool has_limits) {
  const std::string file = "'" + growth.sweep.name + ".csv' skip 1 using 1:";
  std::string text = "set title " + gnuplot_quoted(growth.sweep.description) + " noenhanced\nset xlabel " +
                     gnuplot_quoted(growth.sweep.name) + "\nplot ";
  for (std::size_t i = 0; i < devices.size(); ++i) {
    const std::string colour = " lc rgb '" + class_colour(i) + "' ", median = column(i, 1);
    text += (i > 0 ? ", \\\n     " : "") + file + median + " with linespoints lw 2 ps 0.5 pt " + (i == 0 ? "7" : "5") +
            colour + "title " + gnuplot_quoted(devices[i]);
    if (!has_limits) continue;
    text += ", \\\n     " + file + column(i, 4) + " with lines lw 1.8 dt (8,4)" + colour +
            "title 'its multiply-adds alone', \\\n     " + file + column(i, 5) + " with lines lw 1.5 dt (2,4)" +
            colour + "title 'its parameters through memory'";
  }
  return text + "\n";
}

}  // namespace

std::string growth_csv(const Growth& growth, const std::vector<Limits>& limits) {
  std::string text = growth.sweep.name + ",flop,parameter_bytes";
  const std::size_t devices = growth.points.empty() ? 0 : growth.points[0].timings.size();
  for (std::size_t i = 1; i <= devices; ++i)
    for (const char* name : {"seconds", "quartile1", "quartile3", "multiply_adds", "parameters"})
      text += "," + std::string(name) + "_" + std::to_string(i);
  text += "\n";
  for (const GrowthPoint& point : growth.points) {
    text += std::to_string(point.size) + "," + number_text(point.flop) + "," + number_text(point.parameter_bytes);
    for (std::size_t i = 0; i < devices; ++i) {
      const Timing& timing = point.timings[i];
      for (const double time : {timing.median, timing.quartile1, timing.quartile3}) text += "," + number_text(time);
      text += i < limits.size() ? "," + number_text(point.flop / limits[i].multiply_add) + "," +
                                      number_text(point.parameter_bytes / limits[i].triad)
                                : ",,";
    }
    text += "\n";
  }
  return text;
}

std::string growth_script(const std::vector<Growth>& all, const std::vector<std::string>& devices, bool has_limits) {
  std::string text = "# Draws growth.svg from";
  for (const Growth& growth : all) text += " " + growth.sweep.name + ".csv";
  text += ", which must lie beside it: gnuplot growth.gp > growth.svg\nset terminal svg size 860," +
          std::to_string(440 * all.size()) +
          " dynamic font 'Helvetica,15' background '#FFFFFF' rounded\n"
          "set encoding utf8\nset micro\nset datafile separator ','\n"
          "set border 3 lw 1.2 lc rgb '#404040'\n"
          "set tics nomirror out scale 0.6\n"
          "set grid lw 1 lc rgb '#DDDDDD'\n"
          "set logscale xy\nset logscale x 2\nset format y '%.0s %cs'\n"
          "set key outside right top vertical Left reverse samplen 2.5 spacing 1.2\n"
          "set ylabel 'a training step'\nset lmargin 11\n"
          "set multiplot layout " +
          std::to_string(all.size()) + ",1\n";
  for (const Growth& growth : all) text += panel(growth, devices, has_limits);
  return text + "unset multiplot\n";
}

}  // namespace tinymlp::program
