// The plane of two features, as figures show it: the samples with a margin around them, and a grid of points over it.
#pragma once
#include "tinymlp/dataset.h"

namespace tinymlp::program {

struct PlotRange {
  double low, high;
};

/// Ranges of the two features as a network takes them, scaled.
struct Plane {
  PlotRange x, y;
};

/// Whether the network's inputs are a plane: two features that are numbers.
bool has_plane(const DataSet& training);
/// What shows all samples.
Plane plane_around(const DataSet& training);

/// A feature as the user gave it, before it was scaled.
double unscaled(double x, const DataSet& data, std::size_t feature);
PlotRange unscaled(const PlotRange& range, const DataSet& data, std::size_t feature);

/// Whether both axes can have equal units without making the plane a thin stripe.
bool has_equal_units(const PlotRange& x, const PlotRange& y);

/// Samples at `columns` · `rows` places of the plane, x outside, y inside, each with target 0. Both at least 2.
DataSet plane_samples(const DataSet& training, const Plane& plane, Index columns, Index rows);

}  // namespace tinymlp::program
