// The random bits that decide what dropout leaves out, for every device: Philox 4x32-10 of (seed, purpose, step, layer,
// element). In layer 0, element n has the n-th number of Random(seed, Purpose::dropout, step).
#pragma once
#include <Random123/philox.h>

#include "tinymlp/context.h"
#include "tinymlp/random.h"

TINYMLP_BEGIN

constexpr Index dropout_block = 4;  // elements that share one block of random bits

/// Elements 4 block, …, 4 block + 3 from `from` to `to`; only those that there are, as `size` counts elements. Static,
/// so that each device keeps a version compiled for itself.
TINYMLP_HD static inline void drop_block(const DropoutMask& mask, std::uint64_t step, Index block, const Scalar* from,
                                         Scalar* to, Index size) {
  // Steps have 64 bits, of which a word holds 32; the others go beside the purpose.
  const philox4x32_ctr_t counter{
      {static_cast<std::uint32_t>(Purpose::dropout) + static_cast<std::uint32_t>(step >> 32 << 8),
       static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(block), mask.layer}};
  const philox4x32_key_t key{{static_cast<std::uint32_t>(mask.seed), static_cast<std::uint32_t>(mask.seed >> 32)}};
  const philox4x32_ctr_t bits = philox4x32_R(philox4x32_rounds, counter, key);
  for (Index k = 0; k < dropout_block; ++k)
    if (const Index i = block * dropout_block + k; i < size)
      to[i] = bits.v[k] < mask.threshold ? Scalar(0) : from[i] * mask.scale;
}

TINYMLP_END
