// Words what activations tells: curves as a table, CSV and JSON, and the catalogue.
#pragma once
#include <string>
#include <vector>

#include "curves/activation_curves.h"

namespace tinymlp::program {

/// x: (points); for people, six digits.
std::string curves_table(const std::vector<ActivationCurve>& curves, const std::vector<Scalar>& x);
/// A header, then for each x its line: x, value and derivative of each curve, in full precision.
std::string curves_csv(const std::vector<ActivationCurve>& curves, const std::vector<Scalar>& x);
/// A line for each curve: activation, x, value, derivative.
std::string curves_json(const std::vector<ActivationCurve>& curves, const std::vector<Scalar>& x);

/// The catalogue for people, or a JSON object a line.
std::string catalogue_text();
std::string catalogue_json();

}  // namespace tinymlp::program
