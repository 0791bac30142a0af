// Dropout on the CPU: see Device.
#pragma once
#include "tinymlp/device.h"

TINYMLP_BEGIN

/// Elements `begin` to `end`, of which the first is the first of a block (see dropout_bits.h).
void drop_elements(const DropoutMask& mask, std::uint64_t step, Index begin, Index end, const Scalar* from, Scalar* to);

TINYMLP_END
