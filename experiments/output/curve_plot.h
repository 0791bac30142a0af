// Curves in plain characters, for a terminal.
#pragma once
#include <string>
#include <vector>

#include "curves/activation_curves.h"

namespace tinymlp::program {

/// Value ("*") and derivative ("o") against x: (points), on one pair of axes; `width` columns in all, at least 40.
std::string curve_plot(const ActivationCurve& curve, const std::vector<Scalar>& x, std::size_t width);

}  // namespace tinymlp::program
