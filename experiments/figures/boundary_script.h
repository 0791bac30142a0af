// The gnuplot script of boundary.svg.
#pragma once
#include <string>

#include "figures/plane.h"
#include "tinymlp/model_description.h"

namespace tinymlp::program {

/// Draws boundary.csv as an image, with the line between two classes, under boundary-points.csv of so many rows.
std::string boundary_script(const ModelDescription& description, const PlotRange& x, const PlotRange& y, Index rows,
                            const std::string& title);

/// How many of the samples are drawn: more would hide the picture.
Index shown_samples(const DataSet& training);

/// How the border between two classes is found in what stands in a plot command's place: it fills $border.
std::string border_script(const std::string& grid);
/// What follows a label's text that is the title: above the middle of the figure, for the plane is often narrower.
std::string title_place();
/// Ranges and names of both axes, and where the legend stands.
std::string boundary_axes(const ModelDescription& description, const PlotRange& x, const PlotRange& y);
/// The plot command, with the settings that it needs, of $grid under $points, $border between two classes. A line of
/// $grid is x, y and: the number; the share of the second of two classes; of more classes, red, green and blue.
std::string boundary_plot(const ModelDescription& description, Index rows);
/// The same, but of more classes $grid has the likeliest one.
std::string plain_boundary_plot(const ModelDescription& description, Index rows);

}  // namespace tinymlp::program
