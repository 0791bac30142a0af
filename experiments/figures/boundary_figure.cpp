// Asks the network for its output on a grid.
#include "figures/boundary_figure.h"

#include <algorithm>

#include "call_text.h"
#include "figures/boundary_script.h"
#include "figures/colours.h"
#include "figures/plane.h"
#include "model/outputs.h"

namespace tinymlp::program {

namespace {

constexpr Index grid_points = 160;  // in each direction

/// What a line of the grid tells after its coordinates.
std::string grid_value(std::span<const Scalar> outputs, const ModelDescription& description) {
  if (description.task == Task::regression) return number_text(outputs[0]);
  const std::vector<double> shares = class_shares(outputs, description);
  if (shares.size() == 2) return number_text(static_cast<float>(shares[1]));
  const Colour colour = region_colour(shares);
  return std::to_string(std::ranges::max_element(shares) - shares.begin()) + "," + std::to_string(colour.red) + "," +
         std::to_string(colour.green) + "," + std::to_string(colour.blue);
}

std::string grid_csv(const std::vector<Scalar>& outputs, const ModelDescription& description, const DataSet& grid) {
  const std::size_t width = outputs.size() / grid.targets.size();
  std::string text;
  for (std::size_t row = 0; row < grid.targets.size(); ++row) {
    if (row > 0 && row % grid_points == 0) text += '\n';
    text += number_text(static_cast<float>(unscaled(grid.inputs[2 * row], grid, 0))) + ',' +
            number_text(static_cast<float>(unscaled(grid.inputs[2 * row + 1], grid, 1))) + ',' +
            grid_value(std::span(outputs).subspan(row * width, width), description) + '\n';
  }
  return text;
}

std::string points_csv(const DataSet& training) {
  std::string text;
  const auto rows = static_cast<std::size_t>(shown_samples(training));
  for (std::size_t row = 0; row < rows; ++row)
    text += number_text(unscaled(training.inputs[2 * row], training, 0)) + ',' +
            number_text(unscaled(training.inputs[2 * row + 1], training, 1)) + ',' +
            number_text(training.targets[row]) + '\n';
  return text;
}

}  // namespace

bool has_boundary(const DataSet& training) { return has_plane(training); }

BoundaryFigure boundary_figure(const Network& network, const ModelDescription& description, const DataSet& training,
                               const std::string& title) {
  const Plane plane = plane_around(training);
  const DataSet grid = plane_samples(training, plane, grid_points, grid_points);
  const std::vector<Scalar> outputs = network_outputs(network, description, grid);
  return {boundary_script(description, unscaled(plane.x, training, 0), unscaled(plane.y, training, 1),
                          shown_samples(training), title),
          grid_csv(outputs, description, grid), points_csv(training)};
}

}  // namespace tinymlp::program
