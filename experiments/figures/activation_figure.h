// The figure of activations: each in a panel of its own with its derivative, or all in one panel, their derivatives in
// another.
#pragma once
#include <string>
#include <vector>

#include "curves/activation_curves.h"

namespace tinymlp::program {

constexpr std::size_t most_overlaid = 7;  // curves in one panel: more colours cannot be told apart

enum class FigureLayout { panels, overlay };

/// What a figure's file is to be, by its ending: "svg", "png" or "pdf". Throws InputError for another, naming `option`.
std::string figure_format(const std::string& file, const std::string& option);

/// The gnuplot script, to run beside `data`, a CSV of the columns x: (points), then value and derivative of each curve;
/// it prints the figure. `file`: what it is to be called.
std::string activation_script(const std::vector<ActivationCurve>& curves, const std::vector<Scalar>& x,
                              FigureLayout layout, const std::string& file, const std::string& data);

}  // namespace tinymlp::program
