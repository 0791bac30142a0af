// Dropout's kernel against the CPU: the same bits, whatever the sizes.
#include "tinymlp/dropout.h"

#include <utility>

#include "device_under_test.h"

namespace tinymlp {
namespace {

class CudaDropout : public OnCuda {};

/// `rows` numbers a row, of which a layer leaves some out.
HostMatrix<> dropped(Device& device, const HostMatrix<>& x, double p, std::uint64_t seed, std::size_t place,
                     std::uint64_t step_number) {
  Dropout layer(p);
  layer.join(seed, place);
  HostMatrix<Step> host_step(1, 1);
  host_step.values[0] = {step_number, 0};
  DeviceMatrix<Step> step(device, host_step);
  const DeviceMatrix on_x(device, x);
  DeviceMatrix y(device, HostMatrix(x.rows, x.cols));
  layer.forward({device, step.data()}, on_x, y);
  return y.download();
}

TEST_P(CudaDropout, LeavesOutTheSameElementsAsTheCpu) {
  const auto cpu = make_cpu_device();
  for (const auto& [rows, cols] : {std::pair<Index, Index>{1, 1}, {7, 3}, {5, 13}, {33, 70}, {300, 101}})
    for (const double p : {0.0, 0.1, 0.5, 1.0})
      for (const std::uint64_t step : {std::uint64_t{1}, std::uint64_t{77}, (std::uint64_t{3} << 32) + 5}) {
        const HostMatrix x(rows, cols, 1);
        const std::uint64_t seed = 0x123456789abcdefU;
        EXPECT_EQ(dropped(*device, x, p, seed, 2, step).values, dropped(*cpu, x, p, seed, 2, step).values)
            << rows << ", " << cols << ", p " << p << ", step " << step;
      }
}

TEST_P(CudaDropout, TakesSeveralTurnsIfThereAreNotEnoughBlocks) {
  const auto cpu = make_cpu_device();
  const HostMatrix x(1100, 1000, 1);
  EXPECT_EQ(dropped(*device, x, 0.5, 3, 0, 1).values, dropped(*cpu, x, 0.5, 3, 0, 1).values);
}

TINYMLP_ON_CUDA(CudaDropout);

}  // namespace
}  // namespace tinymlp
