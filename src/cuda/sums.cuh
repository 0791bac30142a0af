// Sums and maxima over a warp, a block, all blocks. Numbers are added up in an order that depends on the sizes alone,
// never with atomics: the same inputs give the same bits every time.
#pragma once
#include "cuda/launch.cuh"

TINYMLP_BEGIN

constexpr int warp_size = 32;
constexpr unsigned all_lanes = 0xffffffffU;

/// The sum of x over the 32 lanes of the calling warp, for each of them: a butterfly, in which after k steps a lane
/// has the sum of 2ᵏ lanes.
__device__ inline Scalar warp_sum(Scalar x) {
  for (int distance = warp_size / 2; distance > 0; distance /= 2) x += __shfl_xor_sync(all_lanes, x, distance);
  return x;
}

/// The largest x. A NaN is left out, unless all are NaN.
__device__ inline Scalar warp_max(Scalar x) {
  for (int distance = warp_size / 2; distance > 0; distance /= 2) {
    const Scalar other = __shfl_xor_sync(all_lanes, x, distance);
    x = other > x || x != x ? other : x;
  }
  return x;
}

/// The sum of x over a block of `threads` threads, for each of them. At most once in a kernel.
template <int threads>
__device__ Scalar block_sum(Scalar x) {
  constexpr int warps = threads / warp_size;
  static_assert(threads % warp_size == 0 && warps <= warp_size);
  TINYMLP_SHARED(Scalar, sums, warps);
  const int warp = static_cast<int>(threadIdx.x) / warp_size, lane = static_cast<int>(threadIdx.x) % warp_size;
  x = warp_sum(x);
  if (lane == 0) sums[warp] = x;
  __syncthreads();  // every warp's sum is there
  return warp_sum(lane < warps ? sums[lane] : Scalar(0));
}

constexpr int sum_threads = 256;

/// *total = Σ x. x: (size), a block's sum each.
template <int threads>
__global__ void __launch_bounds__(threads) sum_kernel(const Scalar* x, int size, Scalar* total) {
  Scalar sum = 0;
  for (int i = static_cast<int>(threadIdx.x); i < size; i += threads) sum += x[i];
  sum = block_sum<threads>(sum);
  if (threadIdx.x == 0) *total = sum;
}

/// Where a kernel of so many blocks leaves their sums: a single block's is the total already.
inline Scalar* block_sums(const CudaQueue& queue, unsigned blocks, Scalar* total) {
  return blocks == 1 ? total : queue.partial_sums;
}

/// *total = Σ of what the blocks left in block_sums().
inline void add_block_sums(const CudaQueue& queue, unsigned blocks, Scalar* total) {
  if (blocks == 1) return;
  check(launch(sum_kernel<sum_threads>, 1, sum_threads, queue.stream, queue.partial_sums, static_cast<int>(blocks),
               total),
        "sum of the blocks' sums");
}

TINYMLP_END
