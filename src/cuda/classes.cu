// What is computed over the classes of a row: softmax cross-entropy, and whether the right class is the largest.
#include <cmath>

#include "cuda/rows.h"
#include "cuda/sums.cuh"

TINYMLP_BEGIN

namespace {

constexpr int softmax_threads = 1024, softmax_warps = softmax_threads / warp_size;  // of a block
constexpr Index softmax_rows =
    Index{8} * softmax_warps;  // up to here one block does all rows, which saves a second kernel

/// gradient = scale (softmax(z) - t);  sums[block] = scale · Σ over the block's rows of -Σ t log softmax(z).
/// One warp a row, its lanes side by side over the classes. With m the row's largest z and n = Σ exp(zⱼ - m), which
/// cannot overflow:  softmax(z)ⱼ = exp(zⱼ - m) / n,  -log softmax(z)ⱼ = log n + m - zⱼ.
__global__ void __launch_bounds__(softmax_threads)
    softmax_cross_entropy_kernel(ConstMatrixView z, ConstMatrixView t, Scalar scale, MatrixView gradient,
                                 Scalar* sums) {
  const int warp = static_cast<int>(threadIdx.x) / warp_size, lane = static_cast<int>(threadIdx.x) % warp_size;
  Scalar loss = 0;  // this lane's share
  for (Index i = Index{blockIdx.x} * softmax_warps + warp; i < z.rows; i += Index{gridDim.x} * softmax_warps) {
    const Scalar *zi = z.data + i * z.cols, *ti = t.data + i * z.cols;
    Scalar* gi = gradient.data + i * z.cols;
    Scalar largest = zi[0];
    for (int j = lane; j < z.cols; j += warp_size) largest = zi[j] > largest ? zi[j] : largest;
    largest = warp_max(largest);
    Scalar norm = 0;
    for (int j = lane; j < z.cols; j += warp_size) {
      gi[j] = std::exp(zi[j] - largest);
      norm += gi[j];
    }
    norm = warp_sum(norm);
    const Scalar log_norm = std::log(norm) + largest;
    for (int j = lane; j < z.cols; j += warp_size) {
      loss += ti[j] * (log_norm - zi[j]);
      gi[j] = scale * (gi[j] / norm - ti[j]);
    }
  }
  loss = block_sum<softmax_threads>(loss);
  if (threadIdx.x == 0) sums[blockIdx.x] = scale * loss;
}

constexpr int count_threads = 256;
constexpr Index count_rows = Index{8} * count_threads;  // up to here one block counts alone

/// The column of the row's largest number, the first of equals.
__device__ int column_of_largest(const Scalar* row, int cols) {
  int best = 0;
  for (int j = 1; j < cols; ++j)
    if (row[j] > row[best]) best = j;
  return best;
}

__device__ bool is_correct(const Scalar* p, const Scalar* t, int cols, Scalar threshold) {
  if (cols == 1) return (*p > threshold) == (*t > threshold) && *p == *p;  // a NaN does not equal itself
  const int best = column_of_largest(p, cols);
  return best == column_of_largest(t, cols) && p[best] == p[best];
}

/// sums[block] = how many of the block's rows are correct; one thread a row.
__global__ void __launch_bounds__(count_threads)
    count_correct_kernel(ConstMatrixView prediction, ConstMatrixView target, Scalar threshold, Scalar* sums) {
  Scalar count = 0;
  for (Index i = first_index(); i < prediction.rows; i += index_stride())
    if (is_correct(prediction.data + i * prediction.cols, target.data + i * target.cols, prediction.cols, threshold))
      count += 1;
  count = block_sum<count_threads>(count);
  if (threadIdx.x == 0) sums[blockIdx.x] = count;
}

}  // namespace

void softmax_cross_entropy(const CudaQueue& queue, ConstMatrixView z, ConstMatrixView t, Scalar* value,
                           MatrixView gradient) {
  const unsigned blocks = blocks_for(z.rows, z.rows <= softmax_rows ? softmax_rows : softmax_warps);
  const Scalar mean = Scalar(1) / static_cast<Scalar>(z.rows);
  check(launch(softmax_cross_entropy_kernel, blocks, softmax_threads, queue.stream, z, t, mean, gradient,
               block_sums(queue, blocks, value)),
        "softmax cross-entropy");
  add_block_sums(queue, blocks, value);
}

void count_correct(const CudaQueue& queue, ConstMatrixView prediction, ConstMatrixView target, Scalar threshold,
                   Scalar* count) {
  const unsigned blocks = blocks_for(prediction.rows, prediction.rows <= count_rows ? count_rows : count_threads);
  check(launch(count_correct_kernel, blocks, count_threads, queue.stream, prediction, target, threshold,
               block_sums(queue, blocks, count)),
        "counting correct predictions");
  add_block_sums(queue, blocks, count);
}

TINYMLP_END
