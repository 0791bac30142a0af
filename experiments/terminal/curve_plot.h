// An activation with its derivative, drawn in the terminal.
#pragma once
#include <string>
#include <vector>

#include "curves/activation_curves.h"
#include "terminal/terminal.h"

namespace tinymlp::program {

/// Value and derivative against x: (points), on one pair of axes.
std::string curve_plot(const ActivationCurve& curve, const std::vector<Scalar>& x, const Medium& medium);

}  // namespace tinymlp::program
