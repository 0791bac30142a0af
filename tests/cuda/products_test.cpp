// The CUDA device's matrix products against sums in double.
#include "device_under_test.h"

#include <cmath>

namespace tinymlp {
namespace {

struct Shape {
  Index rows, depth, cols;
};
const std::vector<Shape> shapes{{1, 1, 1}, {7, 3, 5}, {32, 2, 16}, {32, 16, 1}, {65, 4, 129}, {3, 300, 2}, {1, 84, 17}};

class CudaProducts : public OnCuda {};

TEST_P(CudaProducts, AddARow) {
  struct Offsets {
    Index operands, row;
  };
  // Parameters lie behind one another, aligned or not; a row needs another kernel than an aligned one, whatever the
  // rest.
  for (const auto& [rows, depth, cols] : shapes)
    for (const auto& [offset, row_offset] : {Offsets{0, 0}, {0, 1}, {0, 2}, {0, 4}, {1, 1}, {2, 2}, {1, 0}}) {
      const HostMatrix a(rows, depth, 1), b(depth, cols, 2), row(1, cols, 3);
      DeviceMatrix c(*device, HostMatrix(rows, cols), offset);
      const DeviceMatrix da(*device, a, offset), db(*device, b, offset), drow(*device, row, row_offset);
      device->multiply(da, db, drow, c);
      expect_near(
          c.download(),
          [&](Index i, Index j) {
            double sum = static_cast<double>(row.at(0, j));
            for (Index k = 0; k < depth; ++k) sum += static_cast<double>(a.at(i, k)) * static_cast<double>(b.at(k, j));
            return sum;
          },
          1e-5);
    }
}

TEST_P(CudaProducts, TransposeTheFirst) {
  for (const auto& [rows, depth, cols] : shapes) {
    const HostMatrix a(depth, rows, 1), b(depth, cols, 2);
    DeviceMatrix c(*device, HostMatrix(rows, cols, 9), 1);  // what is there before does not count
    const DeviceMatrix da(*device, a), db(*device, b);
    device->multiply_at(da, db, c);
    expect_near(
        c.download(),
        [&](Index i, Index j) {
          double sum = 0;
          for (Index k = 0; k < depth; ++k) sum += static_cast<double>(a.at(k, i)) * static_cast<double>(b.at(k, j));
          return sum;
        },
        1e-5);
  }
}

TEST_P(CudaProducts, TransposeTheSecond) {
  for (const auto& [rows, depth, cols] : shapes) {
    const HostMatrix a(rows, depth, 1), b(cols, depth, 2);
    DeviceMatrix c(*device, HostMatrix(rows, cols, 9));
    const DeviceMatrix da(*device, a), db(*device, b);
    device->multiply_bt(da, db, c);
    expect_near(
        c.download(),
        [&](Index i, Index j) {
          double sum = 0;
          for (Index k = 0; k < depth; ++k) sum += static_cast<double>(a.at(i, k)) * static_cast<double>(b.at(j, k));
          return sum;
        },
        1e-5);
  }
}

TEST_P(CudaProducts, RoundOnlyWithTheOption) {
  // 1 + 2⁻¹² has more digits than TensorFloat-32 keeps.
  HostMatrix a(16, 64), b(64, 16);
  for (Scalar& value : a.values) value = 1 + 0x1p-12F;
  for (Scalar& value : b.values) value = 1;
  for (const bool tf32 : {false, true}) {
    const auto chosen = make_tested_device(GetParam(), {.tf32 = tf32});
    DeviceMatrix c(*chosen, HostMatrix(16, 16));
    const DeviceMatrix da(*chosen, a), db(*chosen, b);
    chosen->multiply_at(DeviceMatrix(*chosen, HostMatrix(64, 16)), db, c);  // plans are kept apart by their kind
    chosen->multiply(da, db, {}, c);
    const double got = static_cast<double>(c.download().at(0, 0));
    if (tf32)
      EXPECT_TRUE(std::abs(got - 64) <= 0.02) << got;  // rounded or not: a GPU may choose
    else
      EXPECT_EQ(got, 64 + 64 * 0x1p-12);
  }
}

TINYMLP_ON_CUDA(CudaProducts);

}  // namespace
}  // namespace tinymlp
