// The one place where kernels are started and shared memory is declared: tests/cuda/emulation.h stands in for it where
// the kernels are compiled for the processor, by the name cuda_emulation.h.
#pragma once
#include "cuda/check.h"
#include "cuda/queue.h"

#ifdef __CUDACC__
#include <cuda_runtime.h>

/// T name[count], shared by the threads of a block.
#define TINYMLP_SHARED(T, name, count) __shared__ T name[count]

namespace tinymlp {

/// Queues kernel(arguments…), run by `blocks` blocks of `threads` threads.
template <class... Parameters, class... Arguments>
cudaError_t launch(void (*kernel)(Parameters...), dim3 blocks, dim3 threads, cudaStream_t stream,
                   const Arguments&... arguments) {
  kernel<<<blocks, threads, 0, stream>>>(arguments...);
  return cudaGetLastError();
}

}  // namespace tinymlp
#else
#include "cuda_emulation.h"
#endif

TINYMLP_BEGIN

/// How many blocks share `work` pieces of which each block takes `pieces` at a time: at least one, at most
/// most_blocks. It depends on nothing else, so that sums are always added up in the same order.
inline unsigned blocks_for(Index work, Index pieces) {
  const Index blocks = (work + pieces - 1) / pieces;
  return static_cast<unsigned>(blocks < 1 ? 1 : blocks > most_blocks ? most_blocks : blocks);
}

/// The calling thread's number among all threads of all blocks, and their number, in a grid of one dimension:
///   for (Index i = first_index(); i < size; i += index_stride()) …
/// gives each i to one thread, neighbours to neighbours.
__device__ inline Index first_index() { return Index{blockIdx.x} * blockDim.x + threadIdx.x; }
__device__ inline Index index_stride() { return Index{gridDim.x} * blockDim.x; }

TINYMLP_END
