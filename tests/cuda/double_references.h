// The built-in formulas in double, for tests of kernels that compute in float: made from the same structs, in a source
// file that is compiled with Scalar = double.
#pragma once
#include <string>

namespace tinymlp::references {

struct Activation {
  double value, derivative;
};
/// Of the activation with this name, its parameters at their defaults.
Activation activation(const std::string& name, double x);

struct Loss {
  double value, derivative;
};
Loss loss(const std::string& name, double prediction, double target);

}  // namespace tinymlp::references
