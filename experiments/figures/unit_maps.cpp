// Draws a small map for each hidden unit, those of a layer in rows.
#include "figures/unit_maps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "figures/gnuplot.h"
#include "figures/plane.h"

namespace tinymlp::program {

namespace {

constexpr Index grid_points = 60;  // in each direction
constexpr Index most_units = 16;   // of a layer
constexpr std::size_t most_layers = 8;
constexpr Index most_columns = 8;
constexpr int panel = 120, layer_head = 30, margin = 16, head = 84;  // pixels

std::string short_number(double number) {
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.3g", number);
  return {text.data(), static_cast<std::size_t>(length)};
}

Index shown_units(const HiddenOutputs& layer) { return std::min(layer.units, most_units); }

/// The layers that are drawn, spread evenly over all.
std::vector<HiddenOutputs> chosen(std::vector<HiddenOutputs> all) {
  if (all.size() <= most_layers) return all;
  std::vector<HiddenOutputs> some;
  for (std::size_t i = 0; i < most_layers; ++i)
    some.push_back(std::move(all[i * (all.size() - 1) / (most_layers - 1)]));
  return some;
}

double largest(const HiddenOutputs& layer) {
  double most = 0;
  for (const Scalar value : layer.values) most = std::max(most, std::abs(static_cast<double>(value)));
  return most > 0 ? most : 1;
}

std::string map_lines(const HiddenOutputs& layer, Index unit) {
  std::string text;
  for (Index row = 0; row < grid_points; ++row) {
    text += "\"" + layer.name + "\"," + std::to_string(unit + 1);
    for (Index column = 0; column < grid_points; ++column) {
      const Index place = (column * grid_points + row) * layer.units + unit;
      text += "," + short_number(static_cast<double>(layer.values[static_cast<std::size_t>(place)]));
    }
    text += "\n";
  }
  return text;
}

std::string range_text(const PlotRange& range) { return short_number(range.low) + " to " + short_number(range.high); }

/// Where things lie in the figure, in pixels from its top.
struct Layout {
  Index columns;
  int width, height;
  std::string share(double pixels, double of) const { return short_number(pixels / of); }
};

Layout layout_of(const std::vector<HiddenOutputs>& layers) {
  Index columns = 4, rows = 0;
  for (const HiddenOutputs& layer : layers) columns = std::max(columns, std::min(shown_units(layer), most_columns));
  for (const HiddenOutputs& layer : layers) rows += (shown_units(layer) + columns - 1) / columns;
  return {columns, 2 * margin + static_cast<int>(columns) * panel,
          head - layer_head + margin + static_cast<int>(rows) * panel + static_cast<int>(layers.size()) * layer_head};
}

/// A text that begins at a place, in pixels from the upper left corner.
std::string label(const std::string& text, const Layout& layout, double x, double y, int size) {
  std::array<char, 96> place{};
  std::snprintf(place.data(), place.size(), " at screen %.5f,%.5f left font ',%d'\n", x / layout.width,
                1 - y / layout.height, size);
  return "set label " + gnuplot_quoted(text) + " noenhanced" + place.data();
}

}  // namespace

UnitMaps unit_maps(const Network& network, const ModelDescription& description, const DataSet& training,
                   const std::string& title) {
  const Plane plane = plane_around(training);
  const std::vector<HiddenOutputs> layers =
      chosen(hidden_units(network, description, plane_samples(training, plane, grid_points, grid_points)));
  if (layers.empty()) return {};
  const Layout layout = layout_of(layers);
  const auto& names = description.feature_names;
  const std::string x_name = names.empty() ? "x1" : names[0], y_name = names.empty() ? "x2" : names[1];
  std::string labels =
      label(title + ": what each hidden unit gives", layout, margin, 22, 15) +
      label(x_name + " to the right, " + range_text(unscaled(plane.x, training, 0)) + "; " + y_name + " upwards, " +
                range_text(unscaled(plane.y, training, 1)) + "; blue below 0, white at 0, orange above",
            layout, margin, 46, 12);
  std::string maps, data;
  int top = head - layer_head, index = 0;
  for (const HiddenOutputs& layer : layers) {
    const Index shown = shown_units(layer);
    const double most = largest(layer);
    labels += label(layer.name +
                        (shown < layer.units
                             ? ": the first " + std::to_string(shown) + " of " + std::to_string(layer.units) + " units"
                             : "") +
                        "; full colour at " + short_number(most),
                    layout, margin, top + layer_head - 9, 13);
    top += layer_head;
    maps += "set cbrange [" + short_number(-most) + ":" + short_number(most) + "]\n";
    for (Index unit = 0; unit < shown; ++unit, ++index) {
      const Index column = unit % layout.columns;
      if (unit > 0 && column == 0) top += panel;
      std::array<char, 200> place{};
      const double left = margin + static_cast<double>(column) * panel;
      std::snprintf(place.data(), place.size(),
                    "set lmargin at screen %.5f\nset rmargin at screen %.5f\nset tmargin at screen %.5f\n"
                    "set bmargin at screen %.5f\n",
                    left / layout.width, (left + panel - 8) / layout.width,
                    1 - static_cast<double>(top) / layout.height,
                    1 - static_cast<double>(top + panel - 8) / layout.height);
      maps += std::string(place.data()) + "plot 'units.csv' index " + std::to_string(index) +
              " matrix every ::2 using ($1-2):2:3 with image notitle\nunset label\n";
      data += (data.empty() ? "" : "\n\n") + map_lines(layer, unit);
    }
    top += panel;
  }
  const std::string script =
      "# Draws units.svg from units.csv, which must lie beside it: gnuplot units.gp > units.svg\n"
      "set terminal svg size " +
      std::to_string(layout.width) + "," + std::to_string(layout.height) +
      " dynamic standalone font 'Helvetica,13' background '#FFFFFF'\n"
      "set datafile separator ','\nunset tics\nunset colorbox\nset border lw 1 lc rgb '#404040'\n"
      "set xrange [-0.5:" +
      std::to_string(grid_points) + "-0.5]\nset yrange [-0.5:" + std::to_string(grid_points) +
      "-0.5]\nset palette defined (-1 '#0072B2', 0 '#FFFFFF', 1 '#D55E00')\n" + labels + "set multiplot\n" + maps +
      "unset multiplot\n";
  return {script, data};
}

}  // namespace tinymlp::program
