// The part of linear-collapse that computes in float.
#pragma once
#include <cstdint>

#include "tinymlp/matrix.h"

namespace tinymlp::program {

/// The largest difference between a random linear stack of so many layers, computed in float, and its folded map, as a
/// share of the largest output.
double float_stack_difference(Index depth, std::uint64_t seed);

}  // namespace tinymlp::program
