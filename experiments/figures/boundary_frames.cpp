// Asks a network for its output on a grid, again and again, and draws the answers one after the other.
#include "figures/boundary_frames.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "call_text.h"
#include "figures/boundary_script.h"
#include "figures/gnuplot.h"
#include "model/outputs.h"

namespace tinymlp::program {

namespace {

constexpr Index grid_points = 80;  // in each direction

// What a plot reads is put between blanks first, as gnuplot writes the border so.
constexpr const char* head =
    R"(# Draws boundary-frames.gif from boundary-frames.csv and boundary-points.csv, which must lie beside it:
# gnuplot boundary-frames.gp > boundary-frames.gif
set terminal gif animate delay 15 loop 0 optimize size 600,500 font 'DejaVu Sans,11' background '#FFFFFF'
set datafile separator ','
set table $points
plot 'boundary-points.csv' using 1:2:3 with table
unset table
set border lw 1.2 lc rgb '#404040'
set tics nomirror out scale 0.6
set palette maxcolors 64  # more make a large file
)";

/// The last frame stays for a while.
constexpr int last_again = 10;

/// Enough digits for a colour.
std::string short_number(double number) {
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.3g", number);
  return {text.data(), static_cast<std::size_t>(length)};
}

double shown_value(std::span<const Scalar> outputs, const ModelDescription& description) {
  if (description.task == Task::regression) return static_cast<double>(outputs[0]);
  const std::vector<double> shares = class_shares(outputs, description);
  if (shares.size() == 2) return shares[1];
  return static_cast<double>(std::ranges::max_element(shares) - shares.begin());
}

/// "(-6+0.15*($1-1)):(-6+0.15*$2)": where column and line of a frame lie in the plane.
std::string places(const PlotRange& x, const PlotRange& y) {
  const auto at = [](const PlotRange& range, const std::string& index) {
    return "(" + number_text(range.low) + "+" + number_text((range.high - range.low) / (grid_points - 1)) + "*" +
           index + ")";
  };
  return at(x, "($1-1)") + ":" + at(y, "$2");
}

/// The colours stay what they are from frame to frame.
std::string colour_range(const ModelDescription& description, const DataSet& training) {
  if (description.task != Task::regression) return "";
  const auto [low, high] = std::ranges::minmax(training.targets);
  return "set cbrange [" + number_text(low) + ":" + number_text(high > low ? high : low + 1) + "]\n";
}

}  // namespace

std::string frame_lines(const Network& network, const ModelDescription& description, const DataSet& training,
                        Index epoch) {
  const DataSet grid = plane_samples(training, plane_around(training), grid_points, grid_points);
  const std::vector<Scalar> outputs = network_outputs(network, description, grid);
  const std::size_t width = outputs.size() / grid.targets.size();
  std::string text;
  for (Index row = 0; row < grid_points; ++row) {
    text += std::to_string(epoch);
    for (Index column = 0; column < grid_points; ++column) {
      const auto place = static_cast<std::size_t>(column * grid_points + row);
      text += "," + short_number(shown_value(std::span(outputs).subspan(place * width, width), description));
    }
    text += "\n";
  }
  return text;
}

std::string frames_script(const ModelDescription& description, const DataSet& training,
                          const std::vector<Index>& epochs, const std::string& title) {
  const Plane plane = plane_around(training);
  const PlotRange x = unscaled(plane.x, training, 0), y = unscaled(plane.y, training, 1);
  std::string words;
  for (const Index epoch : epochs) words += (words.empty() ? "" : " ") + std::to_string(epoch);
  const std::string frame = "'boundary-frames.csv' index i-1 matrix every ::1 using " + places(x, y) + ":3";
  return head + boundary_axes(description, x, y) + colour_range(description, training) +
         "title = " + gnuplot_quoted(title) + "\nepochs = '" + words + "'\ndo for [i=1:words(epochs)+" +
         std::to_string(last_again) +
         "] {\nif (i <= words(epochs)) {\n"
         "set datafile separator ','\nset table $grid\nsplot " +
         frame + "\nunset table\n" + (description.class_names.size() == 2 ? border_script(frame) : "") +
         "set datafile separator whitespace\n"
         "set label 1 sprintf('%s; after epoch %s', title, word(epochs, i))" +
         title_place() + "}\n" + plain_boundary_plot(description, shown_samples(training)) + "}\n";
}

}  // namespace tinymlp::program
