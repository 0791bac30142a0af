// CUDA's device language on the processor: kernels compiled by g++ run here, thread by thread, so that they can be
// tested without a GPU and under sanitizers. src/cuda/launch.cuh includes this where there is no nvcc.
//
// Each thread of a block is a fibre that runs until it has to wait for others, at a barrier or a shuffle. Blocks run
// one after another. The order of threads and blocks can be chosen: a kernel that needs a barrier it does not have
// gives another result in one of them, or reads shared memory that nobody wrote, which holds NaN when a block begins.
// Reported as faults: barriers and shuffles that some threads do not reach, too much shared memory, partial warps.
#pragma once
#include <cuda_runtime_api.h>

#include <cstdint>
#include <cstring>
#include <functional>
#include <source_location>
#include <stdexcept>
#include <tuple>

#undef __launch_bounds__
#define __launch_bounds__(...)

namespace tinymlp::emulation {

/// A kernel did what a GPU would not do well.
struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// In which order the threads of a block, and the blocks, come to run.
enum class Order { forward, reversed, shuffled };
void set_order(Order order);

/// Where the running thread is.
struct Place {
  dim3 grid_size, block_size, block, thread;
};
extern Place place;

/// Runs thread() for every thread of every block. Throws Fault.
void run_kernel(dim3 blocks, dim3 threads, const std::function<void()>& thread);

/// The running block's memory for this declaration, filled with NaN when the block first asks for it.
void* shared_memory(const void* declaration, std::size_t bytes);
/// Waits until all threads of the block have arrived, at the same line.
void wait_for_block(std::source_location line);
/// Waits until all lanes of the warp have arrived; returns what lane (mine ^ lane_mask) gave.
std::uint32_t exchange(std::uint32_t mask, std::uint32_t value, int lane_mask, std::source_location line);

/// From the stand-in runtime: queues a kernel on a stream, or adds it to the graph that the stream records.
cudaError_t queue_kernel(cudaStream_t stream, std::function<void()> kernel);
/// Whether a GPU takes a launch of this shape.
bool is_launchable(dim3 blocks, dim3 threads);

}  // namespace tinymlp::emulation

#define gridDim (tinymlp::emulation::place.grid_size)
#define blockDim (tinymlp::emulation::place.block_size)
#define blockIdx (tinymlp::emulation::place.block)
#define threadIdx (tinymlp::emulation::place.thread)

// NOLINTBEGIN(bugprone-macro-parentheses): T is a type
#define TINYMLP_SHARED(T, name, count)      \
  static const char name##_declaration = 0; \
  T* const name = static_cast<T*>(          \
      tinymlp::emulation::shared_memory(&name##_declaration, sizeof(T) * static_cast<std::size_t>(count)))
// NOLINTEND(bugprone-macro-parentheses)

inline void __syncthreads(std::source_location line = std::source_location::current()) {
  tinymlp::emulation::wait_for_block(line);
}

template <class T>
T __shfl_xor_sync(unsigned mask, T value, int lane_mask, std::source_location line = std::source_location::current()) {
  static_assert(sizeof(T) == sizeof(std::uint32_t));
  std::uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  bits = tinymlp::emulation::exchange(mask, bits, lane_mask, line);
  std::memcpy(&value, &bits, sizeof bits);
  return value;
}

namespace tinymlp {
template <class... Parameters, class... Arguments>
cudaError_t launch(void (*kernel)(Parameters...), dim3 blocks, dim3 threads, cudaStream_t stream,
                   const Arguments&... arguments) {
  if (!emulation::is_launchable(blocks, threads)) return cudaErrorInvalidConfiguration;
  const std::tuple<Parameters...> copies(arguments...);  // a GPU, too, gets copies
  return emulation::queue_kernel(stream,
                                 [=] { emulation::run_kernel(blocks, threads, [&] { std::apply(kernel, copies); }); });
}
}  // namespace tinymlp
