// Folds stacks of floats.
#include "catalogue/linear_collapse_float.h"

#include "catalogue/linear_collapse_stack.h"

namespace tinymlp::program {

double float_stack_difference(Index depth, std::uint64_t seed) {
  const StackDifference difference = stack_difference(depth, seed);
  return difference.largest / difference.largest_output;
}

}  // namespace tinymlp::program
