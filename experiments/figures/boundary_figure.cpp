// Asks the network for its output on a grid.
#include "figures/boundary_figure.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "call_text.h"
#include "figures/boundary_script.h"
#include "figures/gnuplot.h"
#include "model/outputs.h"

namespace tinymlp::program {

namespace {

constexpr Index grid_points = 160;    // in each direction
constexpr Index most_samples = 2000;  // more hide the picture
constexpr double margin = 0.1;        // around the samples, as a share of their range

/// A feature's value as the user gave it, before it was scaled.
double raw(double x, const DataSet& data, std::size_t feature) {
  const auto& [mean, deviation] = data.scaling;
  return mean.empty() ? x : x * deviation[feature] + mean[feature];
}

PlotRange raw(const PlotRange& range, const DataSet& data, std::size_t feature) {
  return {raw(range.low, data, feature), raw(range.high, data, feature)};
}

PlotRange range_of(const DataSet& data, std::size_t feature) {
  PlotRange range{data.inputs[feature], data.inputs[feature]};
  for (std::size_t i = feature; i < data.inputs.size(); i += 2) {
    range.low = std::min(range.low, data.inputs[i]);
    range.high = std::max(range.high, data.inputs[i]);
  }
  const double width = range.high - range.low, around = width > 0 ? margin * width : 1;
  return {range.low - around, range.high + around};
}

double coordinate(const PlotRange& range, Index i) {
  return range.low + (range.high - range.low) * static_cast<double>(i) / static_cast<double>(grid_points - 1);
}

/// Every point of the grid as a sample, x outside, y inside.
DataSet grid_samples(const DataSet& training, const PlotRange& x, const PlotRange& y) {
  DataSet grid = training;
  grid.inputs.clear();
  for (Index i = 0; i < grid_points; ++i)
    for (Index j = 0; j < grid_points; ++j) grid.inputs.insert(grid.inputs.end(), {coordinate(x, i), coordinate(y, j)});
  grid.targets.assign(grid.inputs.size() / 2, 0);
  return grid;
}

/// White where no class is likelier than another, the class's colour, lightened, where one is certain: "r,g,b".
std::string region_colour(const std::vector<double>& shares) {
  const auto best = std::ranges::max_element(shares);
  const double even = 1 / static_cast<double>(shares.size()), sure = std::clamp((*best - even) / (1 - even), 0.0, 1.0);
  const unsigned long colour =
      std::stoul(class_colour(static_cast<std::size_t>(best - shares.begin())).substr(1), nullptr, 16);
  std::string text;
  for (const int shift : {16, 8, 0}) {
    const auto part = static_cast<double>(colour >> shift & 255);
    text += (text.empty() ? "" : ",") + std::to_string(std::lround(255 - (255 - part) * (0.12 + 0.43 * sure)));
  }
  return text;
}

/// What a line of the grid tells after its coordinates.
std::string grid_value(std::span<const Scalar> outputs, const ModelDescription& description) {
  if (description.task == Task::regression) return number_text(outputs[0]);
  const std::vector<double> shares = class_shares(outputs, description);
  if (shares.size() == 2) return number_text(static_cast<float>(shares[1]));
  return std::to_string(std::ranges::max_element(shares) - shares.begin()) + "," + region_colour(shares);
}

std::string grid_csv(const std::vector<Scalar>& outputs, const ModelDescription& description, const DataSet& grid) {
  const std::size_t width = outputs.size() / grid.targets.size();
  std::string text;
  for (std::size_t row = 0; row < grid.targets.size(); ++row) {
    if (row > 0 && row % grid_points == 0) text += '\n';
    text += number_text(static_cast<float>(raw(grid.inputs[2 * row], grid, 0))) + ',' +
            number_text(static_cast<float>(raw(grid.inputs[2 * row + 1], grid, 1))) + ',' +
            grid_value(std::span(outputs).subspan(row * width, width), description) + '\n';
  }
  return text;
}

std::string points_csv(const DataSet& training) {
  std::string text;
  const Index rows = std::min(training.rows(), most_samples);
  for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row)
    text += number_text(raw(training.inputs[2 * row], training, 0)) + ',' +
            number_text(raw(training.inputs[2 * row + 1], training, 1)) + ',' + number_text(training.targets[row]) +
            '\n';
  return text;
}

}  // namespace

bool has_boundary(const DataSet& training) { return training.features() == 2 && !training.inputs.empty(); }

BoundaryFigure boundary_figure(const Network& network, const ModelDescription& description, const DataSet& training,
                               const std::string& title) {
  const PlotRange x = range_of(training, 0), y = range_of(training, 1);
  const DataSet grid = grid_samples(training, x, y);
  const std::vector<Scalar> outputs = network_outputs(network, description, grid);
  return {boundary_script(description, raw(x, training, 0), raw(y, training, 1),
                          std::min(training.rows(), most_samples), title),
          grid_csv(outputs, description, grid), points_csv(training)};
}

}  // namespace tinymlp::program
