// The CUDA kernel of an elementwise formula: see tinymlp/map.h.
#pragma once
#include "cuda/sums.cuh"
#include "tinymlp/map.h"

TINYMLP_BEGIN

/// A MapCall without its formula, as kernels take it: std::array has no member that a GPU may call.
struct MapArrays {
  Scalar* outputs[3];
  const Scalar* inputs[4];
  Index size;
};

constexpr int map_threads = 256;
constexpr Index single_block_sizes = 2048;  // up to here one block adds up alone, which saves a second kernel

/// y = op(x) element by element; if `summing`, sums[block] = what the formula adds up over the block's elements.
template <class Op, bool summing>
__global__ void __launch_bounds__(map_threads) map_kernel(const Op op, const MapArrays arrays, Scalar* sums) {
  Scalar sum = 0;
  for (Index i = first_index(); i < arrays.size; i += index_stride())
    apply(
        op, [&](std::size_t k) { return arrays.inputs[k][i]; },
        [&](std::size_t k, Scalar y) { arrays.outputs[k][i] = y; }, [&](Scalar added) { sum += added; });
  if constexpr (summing) {
    sum = block_sum<map_threads>(sum);
    if (threadIdx.x == 0) sums[blockIdx.x] = sum;
  }
}

template <class T>
inline constexpr bool adds_up = false;
template <class T>
inline constexpr bool adds_up<Summed<T>> = true;
template <class T>
inline constexpr bool adds_up<Added<T>> = true;

/// What the formula returns for one number, or as many as it takes.
template <class Op>
auto result_of() {
  if constexpr (std::is_invocable_v<Op, Scalar>)
    return std::invoke_result<Op, Scalar>{};
  else if constexpr (std::is_invocable_v<Op, Scalar, Scalar>)
    return std::invoke_result<Op, Scalar, Scalar>{};
  else if constexpr (std::is_invocable_v<Op, Scalar, Scalar, Scalar>)
    return std::invoke_result<Op, Scalar, Scalar, Scalar>{};
  else
    return std::invoke_result<Op, Scalar, Scalar, Scalar, Scalar>{};
}

/// The MapKernel of the formula Op; `queue` is the device's CudaQueue.
template <class Op>
void cuda_map(const MapCall& call, void* queue) {
  constexpr bool summing = adds_up<typename decltype(result_of<Op>())::type>;
  const CudaQueue& on = *static_cast<const CudaQueue*>(queue);
  MapArrays arrays{{call.outputs[0], call.outputs[1], call.outputs[2]},
                   {call.inputs[0], call.inputs[1], call.inputs[2], call.inputs[3]},
                   call.size};
  const Index per_block = summing && call.size <= single_block_sizes ? single_block_sizes : map_threads;
  const unsigned blocks = blocks_for(call.size, per_block);
  const cudaError_t status = launch(map_kernel<Op, summing>, blocks, map_threads, on.stream,
                                    *static_cast<const Op*>(call.op), arrays, block_sums(on, blocks, call.sum));
  if (status != cudaSuccess) cuda_failed(status, "formula \"" + Op::name() + "\"");
  if constexpr (summing) add_block_sums(on, blocks, call.sum);
}

TINYMLP_END
