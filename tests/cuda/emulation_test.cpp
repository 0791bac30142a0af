// The emulation itself: it runs right kernels in every order, and reports what would go wrong on a GPU.
#include "cuda_emulation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "cuda/launch.cuh"
#include "cuda/sums.cuh"

namespace tinymlp {
namespace {

using emulation::Fault;
using emulation::Order;
using emulation::run_kernel;

constexpr unsigned threads = 64;

/// y[i] = x[63 - i], by way of shared memory.
template <bool with_barrier>
void reverse(const float* x, float* y) {
  TINYMLP_SHARED(float, values, threads);
  const unsigned i = threadIdx.x;
  values[i] = x[i];
  if constexpr (with_barrier) __syncthreads();
  y[i] = values[threads - 1 - i];
}

class Emulation : public testing::TestWithParam<Order> {
 protected:
  void SetUp() override {
    emulation::set_order(GetParam());
    std::iota(x.begin(), x.end(), 0.0F);
  }
  std::vector<float> x = std::vector<float>(threads), y = std::vector<float>(threads);
};

TEST_P(Emulation, KeepsABarrier) {
  run_kernel(1, threads, [&] { reverse<true>(x.data(), y.data()); });
  for (unsigned i = 0; i < threads; ++i) EXPECT_EQ(y[i], x[threads - 1 - i]);
}

TEST_P(Emulation, ShowsAMissingBarrier) {
  for (int block = 0; block < 2; ++block) {  // what the block before has left does not help
    run_kernel(1, threads, [&] { reverse<false>(x.data(), y.data()); });
    EXPECT_TRUE(std::ranges::any_of(y, [](float value) { return std::isnan(value); }));
  }
}

TEST_P(Emulation, Shuffles) {
  for (const int mask : {1, 5, 16, 31}) {
    run_kernel(1, threads, [&] { y[threadIdx.x] = __shfl_xor_sync(all_lanes, x[threadIdx.x], mask); });
    for (unsigned i = 0; i < threads; ++i) EXPECT_EQ(y[i], x[i ^ static_cast<unsigned>(mask)]);
  }
}

TEST_P(Emulation, NumbersThreadsAndBlocks) {
  std::vector<int> seen(std::size_t{24} * 6, 0);
  run_kernel(dim3(2, 3), dim3(2, 3, 4), [&] {
    const unsigned block = blockIdx.y * gridDim.x + blockIdx.x;
    const unsigned thread = (threadIdx.z * blockDim.y + threadIdx.y) * blockDim.x + threadIdx.x;
    ++seen[block * 24 + thread];
  });
  for (const int count : seen) EXPECT_EQ(count, 1);
}

TEST_P(Emulation, ReportsABarrierThatSomeDoNotReach) {
  const auto diverging = [] {
    if (threadIdx.x < 32) __syncthreads();
  };
  EXPECT_THROW(run_kernel(1, threads, diverging), Fault);
  const auto at_two_lines = [] {
    if (threadIdx.x < 32)
      __syncthreads();
    else
      __syncthreads();
  };
  EXPECT_THROW(run_kernel(1, threads, at_two_lines), Fault);
  run_kernel(1, threads, [&] { reverse<true>(x.data(), y.data()); });  // and goes on with the next kernel
  EXPECT_EQ(y[0], x[threads - 1]);
}

TEST_P(Emulation, ReportsAShuffleThatSomeDoNotReach) {
  EXPECT_THROW(run_kernel(1, threads,
                          [] {
                            if (threadIdx.x != 3) __shfl_xor_sync(all_lanes, 1.0F, 1);
                          }),
               Fault);
  EXPECT_THROW(run_kernel(1, 48, [] { __shfl_xor_sync(all_lanes, 1.0F, 1); }), Fault) << "half a warp";
  EXPECT_THROW(run_kernel(1, threads, [] { __shfl_xor_sync(1U, 1.0F, 1); }), Fault) << "a mask of one lane";
}

TEST_P(Emulation, ReportsTooMuchSharedMemory) {
  const auto greedy = [] {
    TINYMLP_SHARED(float, values, 12289);  // 4 bytes more than there are
    values[0] = 1;
  };
  EXPECT_THROW(run_kernel(1, 1, greedy), Fault);
}

INSTANTIATE_TEST_SUITE_P(Orders, Emulation, testing::Values(Order::forward, Order::reversed, Order::shuffled));

TEST(EmulatedLaunch, RefusesWhatAGpuRefuses) {
  EXPECT_TRUE(emulation::is_launchable(1, 1024));
  EXPECT_FALSE(emulation::is_launchable(1, 1025));
  EXPECT_FALSE(emulation::is_launchable(1, dim3(32, 33)));
  EXPECT_FALSE(emulation::is_launchable(0, 32));
  EXPECT_FALSE(emulation::is_launchable(1, 0));
  EXPECT_FALSE(emulation::is_launchable(dim3(1, 65536), 32));
  EXPECT_EQ(launch(&reverse<true>, 0, threads, nullptr, nullptr, nullptr), cudaErrorInvalidConfiguration);
}

}  // namespace
}  // namespace tinymlp
