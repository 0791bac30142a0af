// boundary.svg: what a network of two inputs gives at every point of the plane, under the samples it learnt from.
#pragma once
#include <string>

#include "tinymlp/dataset.h"
#include "tinymlp/model_description.h"
#include "tinymlp/network.h"

namespace tinymlp::program {

/// The figure as files: beside one another they draw it.
struct BoundaryFigure {
  std::string script;  // boundary.gp, prints the figure
  std::string grid;    // boundary.csv: x, y, what the network gives there; a blank line between columns of the grid
  std::string points;  // boundary-points.csv: x, y, target
};

/// Whether the picture can be drawn: of two inputs that are numbers.
bool has_boundary(const DataSet& training);

/// `training`: the samples that the network learnt from, as it was given them; the figure shows them unscaled.
BoundaryFigure boundary_figure(const Network& network, const ModelDescription& description, const DataSet& training,
                               const std::string& title);

}  // namespace tinymlp::program
