// Dropout: a thread draws the random bits of four elements.
#include "cuda/dropout.h"

#include "cuda/launch.cuh"
#include "dropout_bits.h"

TINYMLP_BEGIN

namespace {

constexpr int threads = 256;

/// to = from, where the mask's bits say so; else 0.
__global__ void __launch_bounds__(threads)
    dropout_kernel(const DropoutMask mask, const Step* step, const Scalar* from, Scalar* to, Index size) {
  const std::uint64_t number = step->number;
  for (Index block = first_index(); block * dropout_block < size; block += index_stride())
    drop_block(mask, number, block, from, to, size);
}

}  // namespace

void dropout(const CudaQueue& queue, const DropoutMask& mask, const Step* step, ConstMatrixView from, MatrixView to) {
  check(launch(dropout_kernel, blocks_for(from.size(), Index{threads} * dropout_block), threads, queue.stream, mask,
               step, from.data, to.data, from.size()),
        "dropout");
}

TINYMLP_END
