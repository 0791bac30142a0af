// Gathering, summing and filling rows.
#include "cuda/rows.h"

#include "cuda/sums.cuh"

TINYMLP_BEGIN

namespace {

constexpr int threads = 256, warps = threads / warp_size;  // of a block

/// One warp a row, its lanes side by side over the columns: the calling warp's first row, and how many warps there
/// are.
__device__ inline Index first_row() { return Index{blockIdx.x} * warps + threadIdx.x / warp_size; }
__device__ inline Index row_stride() { return Index{gridDim.x} * warps; }
__device__ inline int first_column() { return static_cast<int>(threadIdx.x) % warp_size; }

__device__ inline Scalar feature(Scalar value) { return value; }
__device__ inline Scalar feature(std::uint8_t value) { return static_cast<Scalar>(value) / Scalar(255); }

/// x[i] = inputs[rows[i]], t[i] = targets[rows[i]]
template <class Input>
__global__ void __launch_bounds__(threads) gather_kernel(View<const Input> inputs, ConstMatrixView targets,
                                                         const std::int32_t* rows, MatrixView x, MatrixView t) {
  for (Index i = first_row(); i < x.rows; i += row_stride()) {
    const Index row = rows[i];
    for (int j = first_column(); j < x.cols; j += warp_size)
      x.data[i * x.cols + j] = feature(inputs.data[row * x.cols + j]);
    for (int j = first_column(); j < t.cols; j += warp_size) t.data[i * t.cols + j] = targets.data[row * t.cols + j];
  }
}

template <class Input>
void gather(const CudaQueue& queue, View<const Input> inputs, ConstMatrixView targets, const std::int32_t* rows,
            MatrixView x, MatrixView t) {
  check(launch(gather_kernel<Input>, blocks_for(x.rows, warps), threads, queue.stream, inputs, targets, rows, x, t),
        "gathering rows");
}

/// c[i] = row
__global__ void __launch_bounds__(threads) fill_rows_kernel(ConstMatrixView row, MatrixView c) {
  for (Index i = first_row(); i < c.rows; i += row_stride())
    for (int j = first_column(); j < c.cols; j += warp_size) c.data[i * c.cols + j] = row.data[j];
}

constexpr int strip_cols = 32, strip_threads = 16;  // a block: so many columns, so many threads for each

/// row[j] = Σᵢ a[i][j]. Each block adds up a strip of columns; in it, thread (column, k) adds up rows k, k + 16, …,
/// then thread (column, 0) what these 16 have.
__global__ void __launch_bounds__(strip_cols* strip_threads) sum_rows_kernel(ConstMatrixView a, MatrixView row) {
  TINYMLP_SHARED(Scalar, sums, strip_threads * strip_cols);  // (threads of a column, columns)
  const int column = static_cast<int>(threadIdx.x), k = static_cast<int>(threadIdx.y);
  const Index j = Index{blockIdx.x} * strip_cols + column;
  Scalar sum = 0;
  if (j < a.cols)
    for (Index i = k; i < a.rows; i += strip_threads) sum += a.data[i * a.cols + j];
  sums[k * strip_cols + column] = sum;
  __syncthreads();  // all 16 sums of a column are there
  if (k != 0 || j >= a.cols) return;
  for (int other = 1; other < strip_threads; ++other) sum += sums[other * strip_cols + column];
  row.data[j] = sum;
}

}  // namespace

void gather_rows(const CudaQueue& queue, ConstMatrixView inputs, ConstMatrixView targets, const std::int32_t* rows,
                 MatrixView x, MatrixView t) {
  gather(queue, inputs, targets, rows, x, t);
}
void gather_rows(const CudaQueue& queue, View<const std::uint8_t> inputs, ConstMatrixView targets,
                 const std::int32_t* rows, MatrixView x, MatrixView t) {
  gather(queue, inputs, targets, rows, x, t);
}

void sum_rows(const CudaQueue& queue, ConstMatrixView a, MatrixView row) {
  const auto strips = static_cast<unsigned>((a.cols + strip_cols - 1) / strip_cols);
  check(launch(sum_rows_kernel, strips, dim3(strip_cols, strip_threads), queue.stream, a, row), "sum of rows");
}

void fill_rows(const CudaQueue& queue, ConstMatrixView row, MatrixView c) {
  check(launch(fill_rows_kernel, blocks_for(c.rows, warps), threads, queue.stream, row, c), "filling rows");
}

TINYMLP_END
