// The gnuplot script of boundary.svg.
#pragma once
#include <string>

#include "tinymlp/model_description.h"

namespace tinymlp::program {

struct PlotRange {
  double low, high;
};

/// Draws boundary.csv as an image, with the line between two classes, under boundary-points.csv of so many rows.
std::string boundary_script(const ModelDescription& description, const PlotRange& x, const PlotRange& y, Index rows,
                            const std::string& title);

}  // namespace tinymlp::program
