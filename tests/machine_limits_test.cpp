#include "tinymlp/machine_limits.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "cpu/limit_kernels.h"

namespace tinymlp {
namespace {

constexpr double seconds = 0.005;

TEST(MachineLimits, MultiplyAddsConvergeToWhatTheyMust) {
  // Each number tends to 0.25 / (1 - 0.5); a register more or less would show in their number.
  const LimitKernels& kernels = limit_kernels();
  const double numbers = kernels.operations_per_round / 2;
  EXPECT_FLOAT_EQ(kernels.multiply_add(1000), static_cast<float>(0.5 * numbers));
  EXPECT_FLOAT_EQ(kernels.multiply_add(1), static_cast<float>(0.375 * numbers));
}

TEST(MachineLimits, ReadingReadsEachNumberOnce) {
  for (const std::size_t size : {4096U, 4099U, 5U}) {
    std::vector<float> numbers(size);
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<float>(i % 7);
    double sum = 0;
    for (const float number : numbers) sum += static_cast<double>(number);
    const float read = limit_kernels().read_all(numbers.data(), static_cast<Index>(numbers.size()));
    EXPECT_FLOAT_EQ(read, static_cast<float>(sum)) << size;
  }
}

TEST(MachineLimits, AreOfTheOrderThatMachinesHave) {
  EXPECT_FALSE(limit_instructions().empty());
  for (const int threads : {1, 2}) {
    const double flops = multiply_add_rate(threads, seconds);
    EXPECT_TRUE(flops > 1e7 && flops < 1e13) << flops;  // 1e7: sanitized, on a busy machine
    const double read = read_rate(threads, 1U << 20U, seconds);
    EXPECT_TRUE(read > 1e7 && read < 1e13) << read;
    const MemoryRates memory = memory_rates(threads, 3U << 20U, seconds);
    for (const double rate : {memory.read, memory.triad}) EXPECT_TRUE(rate > 1e6 && rate < 1e13) << rate;
  }
}

TEST(MachineLimits, FewBytesAreRead) {
  const double rate = read_rate(3, 0, 0);  // a few lines for each thread
  EXPECT_TRUE(std::isfinite(rate) && rate > 0) << rate;
}

}  // namespace
}  // namespace tinymlp
