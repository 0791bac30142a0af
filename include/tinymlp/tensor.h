// A named array of numbers on the host: how weights travel between networks and files.
#pragma once
#include <string>
#include <vector>

#include "tinymlp/matrix.h"

namespace tinymlp {

/// Row-major values with their shape. Weights of a Dense layer have shape (out, in), as in PyTorch's files.
struct Tensor {
  std::string name;            // "0.weight"
  std::vector<Index> shape;    // empty for a single number
  std::vector<double> values;  // the product of the shape; a float is held exactly
};

}  // namespace tinymlp
