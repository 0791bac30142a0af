// The CUDA device's kernels for whole rows against sums in double: one block and many, odd shapes.
#include <cmath>
#include <utility>
#include <vector>

#include "device_under_test.h"

namespace tinymlp {
namespace {

class CudaRows : public OnCuda {};

TEST_P(CudaRows, AreSummed) {
  for (const auto& [rows, cols] :
       {std::pair<Index, Index>{1, 1}, {7, 3}, {15, 33}, {16, 32}, {100, 1}, {33, 70}, {20001, 3}}) {
    const HostMatrix a(rows, cols, 1);
    DeviceMatrix row(*device, HostMatrix(1, cols, 2));
    const DeviceMatrix da(*device, a);
    device->sum_rows(da, row);
    expect_near(
        row.download(),
        [&](Index, Index j) {
          double sum = 0;
          for (Index i = 0; i < a.rows; ++i) sum += static_cast<double>(a.at(i, j));
          return sum;
        },
        1e-5);
  }
}

TEST_P(CudaRows, AreGathered) {
  for (const Index cols : {1, 2, 31, 33, 100}) {
    const HostMatrix from(20, cols, 1), targets(20, 3, 2);
    HostMatrix<std::uint8_t> bytes(20, cols);
    for (std::size_t i = 0; i < bytes.values.size(); ++i) bytes.values[i] = static_cast<std::uint8_t>(i * 7);
    HostMatrix<std::int32_t> rows(1, 45);
    for (std::int32_t i = 0; i < 45; ++i) rows.at(0, i) = i * 17 % 20;
    DeviceMatrix<std::int32_t> drows(*device, rows);
    const DeviceMatrix dfrom(*device, from), dtargets(*device, targets);
    const DeviceMatrix<std::uint8_t> dbytes(*device, bytes);
    DeviceMatrix x(*device, HostMatrix(45, cols)), alone(*device, HostMatrix(45, cols)), t(*device, HostMatrix(45, 3));
    const auto row_of = [&](Index i) { return rows.at(0, i); };
    const auto expected = [&](Index i, Index j) { return static_cast<double>(from.at(row_of(i), j)); };
    const auto expected_byte = [&](Index i, Index j) {
      return static_cast<double>(static_cast<Scalar>(bytes.at(row_of(i), j)) / Scalar(255));
    };
    device->gather_batch(View<const Scalar>(dfrom), dtargets, drows.data(), x, t);
    expect_near(x.download(), expected, 0);
    expect_near(t.download(), [&](Index i, Index j) { return static_cast<double>(targets.at(row_of(i), j)); }, 0);
    device->gather(View<const Scalar>(dfrom), drows.data(), alone);
    expect_near(alone.download(), expected, 0);
    device->gather_batch(View<const std::uint8_t>(dbytes), dtargets, drows.data(), x, t);
    expect_near(x.download(), expected_byte, 0);
    device->gather(View<const std::uint8_t>(dbytes), drows.data(), alone);
    expect_near(alone.download(), expected_byte, 0);
  }
}

/// On these shapes, the loss and each gradient against sums in double.
void expect_softmax_cross_entropy(Device& device, const std::vector<std::pair<Index, Index>>& shapes) {
  for (const auto& [rows, cols] : shapes) {
    const HostMatrix z(rows, cols, 1, -20, 20);
    HostMatrix t(rows, cols);
    for (Index i = 0; i < rows; ++i) t.at(i, i % cols) = 1;
    const auto softmax = [&](Index i, Index j) {
      double sum = 0;
      for (Index k = 0; k < cols; ++k)
        sum += std::exp(static_cast<double>(z.at(i, k)) - static_cast<double>(z.at(i, j)));
      return 1 / sum;
    };
    double loss = 0;
    for (Index i = 0; i < rows; ++i) loss -= std::log(softmax(i, i % cols)) / static_cast<double>(rows);
    DeviceMatrix value(device, HostMatrix(1, 1)), gradient(device, HostMatrix(rows, cols));
    const DeviceMatrix dz(device, z), dt(device, t);
    device.softmax_cross_entropy(dz, dt, value.data(), gradient);
    expect_near(value.download(), [&](Index, Index) { return loss; }, 1e-5);
    const HostMatrix<> got = gradient.download();
    for (Index i = 0; i < rows; ++i)
      for (Index j = 0; j < cols; ++j) {
        const double expected = (softmax(i, j) - static_cast<double>(t.at(i, j))) / static_cast<double>(rows);
        ASSERT_TRUE(std::abs(static_cast<double>(got.at(i, j)) - expected) <= 1e-6 / static_cast<double>(rows));
      }
  }
}

TEST_P(CudaRows, GiveSoftmaxCrossEntropy) {
  // 257 rows need several blocks; 33 and 70 classes more than one turn of a warp's lanes.
  expect_softmax_cross_entropy(*device, {{1, 2}, {7, 3}, {40, 33}, {256, 10}, {257, 4}, {300, 70}});
}

// More than 8,192 rows have more blocks than the sum of the blocks' sums has threads; beyond 32,768 a block takes
// several turns.
TEST_P(CudaRows, GiveSoftmaxCrossEntropyOfManyRows) { expect_softmax_cross_entropy(*device, {{8193, 3}, {33001, 2}}); }

TEST_P(CudaRows, GiveSoftmaxCrossEntropyOfHugeLogits) {
  HostMatrix z(2, 3), t(2, 3);
  z.values = {10000, -10000, 0, -10000, 10000, 9999};
  t.at(0, 1) = 1;  // a loss of 20000
  t.at(1, 2) = 1;  // a loss of log(1 + e)
  DeviceMatrix value(*device, HostMatrix(1, 1)), gradient(*device, HostMatrix(2, 3));
  const DeviceMatrix dz(*device, z), dt(*device, t);
  device->softmax_cross_entropy(dz, dt, value.data(), gradient);
  EXPECT_NEAR(static_cast<double>(value.download().at(0, 0)), (20000 + std::log(1 + std::exp(1.0))) / 2, 1e-2);
  EXPECT_EQ(gradient.download().at(0, 0), Scalar(0.5));
}

TEST_P(CudaRows, KeepANaNInTheLoss) {
  for (const Index where : {0, 4, 11}) {
    HostMatrix z(4, 3, 1), t(4, 3);
    for (Index i = 0; i < 4; ++i) t.at(i, 0) = 1;
    z.values[static_cast<std::size_t>(where)] = NAN;
    DeviceMatrix value(*device, HostMatrix(1, 1)), gradient(*device, HostMatrix(4, 3));
    const DeviceMatrix dz(*device, z), dt(*device, t);
    device->softmax_cross_entropy(dz, dt, value.data(), gradient);
    EXPECT_TRUE(std::isnan(value.download().at(0, 0)));
  }
}

TEST_P(CudaRows, AreCountedByTheThreshold) {
  HostMatrix prediction(5, 1), target(5, 1);
  prediction.values = {0.2F, 0.6F, 0.5F, NAN, 0.7F};
  target.values = {0, 1, 1, 0, 0};  // right, right, wrong (on the border is below), NaN, wrong
  DeviceMatrix count(*device, HostMatrix(1, 1));
  const DeviceMatrix p(*device, prediction), t(*device, target);
  device->count_correct(p, t, Scalar(0.5), count.data());
  EXPECT_EQ(count.download().at(0, 0), 2);
}

TEST_P(CudaRows, AreCountedByTheLargest) {
  HostMatrix prediction(5, 3), target(5, 3);
  prediction.values = {1, 2, 3, 3, 2, 1, 1, 1, 0, NAN, 1, 2, -1, -2, -3};
  target.values = {0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0};  // right, wrong, right (first of equals), NaN, right
  DeviceMatrix count(*device, HostMatrix(1, 1));
  const DeviceMatrix p(*device, prediction), t(*device, target);
  device->count_correct(p, t, 0, count.data());
  EXPECT_EQ(count.download().at(0, 0), 3);
}

TEST_P(CudaRows, AreCountedInManyBlocks) {
  for (const Index rows : {2048, 2049, 5001, 65537, 70001, 270001}) {  // 257, 274 and 1024 blocks at the end
    const HostMatrix prediction(rows, 1, 1), target(rows, 1, 2);
    Index expected = 0;
    for (Index i = 0; i < rows; ++i) expected += (prediction.at(i, 0) > 0) == (target.at(i, 0) > 0);
    DeviceMatrix count(*device, HostMatrix(1, 1));
    const DeviceMatrix p(*device, prediction), t(*device, target);
    device->count_correct(p, t, 0, count.data());
    EXPECT_EQ(static_cast<Index>(count.download().at(0, 0)), expected);
  }
}

TINYMLP_ON_CUDA(CudaRows);

}  // namespace
}  // namespace tinymlp
