// Planes side by side: what each of some networks says of every point, under the samples.
#pragma once
#include <string>
#include <vector>

#include "grading/figure.h"
#include "tinymlp/dataset.h"

namespace tinymlp::program {

/// What one network says, and samples of two features and two classes.
struct PlanePanel {
  std::string title;
  DataSet samples;
  std::vector<double> outputs;  // (points, points), -1 for the first class to 1 for the second, as plane_points() are
};
struct PlaneFigure {
  std::string name, title;
  double reach = 0;  // the planes go from -reach to reach in both directions
  std::vector<PlanePanel> panels;
};

/// The points that networks are asked about: (points · points, 2), x outside, y inside.
std::vector<double> plane_points(double reach);
Figure plane_figure(const PlaneFigure& figure);

}  // namespace tinymlp::program
