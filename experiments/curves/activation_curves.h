// What activations make of a range of numbers.
#pragma once
#include <string>
#include <vector>

#include "tinymlp/device.h"

namespace tinymlp::program {

struct ActivationCurve {
  std::string name;                       // in its full form: "leaky-relu(0.01)"
  std::vector<Scalar> value, derivative;  // (points)
};

/// The curve of each named activation at `x`: (points), computed on the device. prelu has its initial slope.
std::vector<ActivationCurve> activation_curves(Device& device, const std::vector<std::string>& names,
                                               const std::vector<Scalar>& x);

}  // namespace tinymlp::program
