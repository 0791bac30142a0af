// Places points on planes.
#include "figures/plane.h"

#include <algorithm>

namespace tinymlp::program {

namespace {

constexpr double margin = 0.1;  // around the samples, as a share of their range

PlotRange range_of(const DataSet& data, std::size_t feature) {
  PlotRange range{data.inputs[feature], data.inputs[feature]};
  for (std::size_t i = feature; i < data.inputs.size(); i += 2) {
    range.low = std::min(range.low, data.inputs[i]);
    range.high = std::max(range.high, data.inputs[i]);
  }
  const double width = range.high - range.low, around = width > 0 ? margin * width : 1;
  return {range.low - around, range.high + around};
}

double coordinate(const PlotRange& range, Index i, Index points) {
  return range.low + (range.high - range.low) * static_cast<double>(i) / static_cast<double>(points - 1);
}

}  // namespace

bool has_plane(const DataSet& training) { return training.features() == 2 && !training.inputs.empty(); }

Plane plane_around(const DataSet& training) { return {range_of(training, 0), range_of(training, 1)}; }

double unscaled(double x, const DataSet& data, std::size_t feature) {
  const auto& [mean, deviation] = data.scaling;
  return mean.empty() ? x : x * deviation[feature] + mean[feature];
}

PlotRange unscaled(const PlotRange& range, const DataSet& data, std::size_t feature) {
  return {unscaled(range.low, data, feature), unscaled(range.high, data, feature)};
}

bool has_equal_units(const PlotRange& x, const PlotRange& y) {
  const double shape = (y.high - y.low) / (x.high - x.low);
  return shape > 0.4 && shape < 2.5;
}

DataSet plane_samples(const DataSet& training, const Plane& plane, Index columns, Index rows) {
  DataSet grid = training;
  grid.inputs.clear();
  for (Index i = 0; i < columns; ++i)
    for (Index j = 0; j < rows; ++j)
      grid.inputs.insert(grid.inputs.end(), {coordinate(plane.x, i, columns), coordinate(plane.y, j, rows)});
  grid.targets.assign(grid.inputs.size() / 2, 0);
  return grid;
}

}  // namespace tinymlp::program
