// Many blocks of random bits, one after another: a core overlaps them.
#include "cpu/dropout.h"

#include "dropout_bits.h"

TINYMLP_BEGIN

void drop_elements(const DropoutMask& mask, std::uint64_t step, Index begin, Index end, const Scalar* from,
                   Scalar* to) {
  for (Index block = begin / dropout_block; block * dropout_block < end; ++block)
    drop_block(mask, step, block, from, to, end);
}

TINYMLP_END
