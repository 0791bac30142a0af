// The CPU device against plain loops in long double, for shapes with every kind of edge, on one to three threads.
#include "tinymlp/device.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <vector>

#include "tinymlp/error.h"
#include "tinymlp/random.h"

namespace tinymlp {
namespace {

using Real = long double;

struct Matrix {
  std::vector<Scalar> values;
  Index rows, cols;
  Matrix(Index r, Index c) : values(static_cast<std::size_t>(r * c)), rows(r), cols(c) {}
  Matrix(Index r, Index c, std::uint32_t stream) : Matrix(r, c) {
    Random random(3, Purpose::check, stream);
    for (Scalar& value : values) value = static_cast<Scalar>(random.uniform(-1, 1));
  }
  Scalar at(Index i, Index j) const { return values[static_cast<std::size_t>(i * cols + j)]; }
  Scalar& at(Index i, Index j) { return values[static_cast<std::size_t>(i * cols + j)]; }
  operator ConstMatrixView() const { return {values.data(), rows, cols}; }
  MatrixView view() { return {values.data(), rows, cols}; }
};

/// Right to rounding: `terms` numbers of size 1 were added up.
void expect_near(const Matrix& got, const std::function<Real(Index, Index)>& expected, Index terms) {
  const Real tolerance = 4 * static_cast<Real>(std::numeric_limits<Scalar>::epsilon()) * static_cast<Real>(terms + 4);
  for (Index i = 0; i < got.rows; ++i)
    for (Index j = 0; j < got.cols; ++j) {
      const Real error = std::abs(static_cast<Real>(got.at(i, j)) - expected(i, j));
      ASSERT_TRUE(error <= tolerance) << "at " << i << ", " << j << ": " << got.at(i, j) << " instead of "
                                      << static_cast<double>(expected(i, j));
    }
}

struct Shape {
  Index rows, depth, cols;
};
const std::vector<Shape> shapes{{1, 1, 1},
                                {7, 3, 5},
                                {32, 2, 16},
                                {32, 16, 1},
                                {64, 9, 128},
                                {65, 4, 129},
                                {3, 300, 2},
                                {257, 129, 260},
                                {256, 33, 10},
                                {1, 784, 17},
                                // summed in two parts: the first only where a is transposed, the second either way
                                {200, 520, 10},
                                {130, 1000, 140}};

class CpuDevice : public testing::TestWithParam<int> {
 protected:
  std::unique_ptr<Device> device = make_cpu_device(GetParam());
};

TEST_P(CpuDevice, MultipliesAndAddsARow) {
  for (const auto& [rows, depth, cols] : shapes) {
    const Matrix a(rows, depth, 1), b(depth, cols, 2), row(1, cols, 3);
    Matrix c(rows, cols);
    device->multiply(a, b, row, c.view());
    expect_near(
        c,
        [&](Index i, Index j) {
          Real sum = row.at(0, j);
          for (Index k = 0; k < depth; ++k) sum += static_cast<Real>(a.at(i, k)) * b.at(k, j);
          return sum;
        },
        depth);
  }
}

TEST_P(CpuDevice, MultipliesByATransposedFirst) {
  for (const auto& [rows, depth, cols] : shapes) {
    const Matrix a(depth, rows, 1), b(depth, cols, 2);
    Matrix c(rows, cols);
    device->multiply_at(a, b, c.view());
    expect_near(
        c,
        [&](Index i, Index j) {
          Real sum = 0;
          for (Index k = 0; k < depth; ++k) sum += static_cast<Real>(a.at(k, i)) * b.at(k, j);
          return sum;
        },
        depth);
  }
}

TEST_P(CpuDevice, MultipliesByATransposedSecond) {
  for (const auto& [rows, depth, cols] : shapes) {
    const Matrix a(rows, depth, 1), b(cols, depth, 2);
    Matrix c(rows, cols);
    device->multiply_bt(a, b, c.view());
    expect_near(
        c,
        [&](Index i, Index j) {
          Real sum = 0;
          for (Index k = 0; k < depth; ++k) sum += static_cast<Real>(a.at(i, k)) * b.at(j, k);
          return sum;
        },
        depth);
  }
}

TEST_P(CpuDevice, SumsRows) {
  for (const auto& [rows, depth, cols] : shapes) {
    const Matrix a(rows, cols, 1);
    Matrix row(1, cols);
    device->sum_rows(a, row.view());
    expect_near(
        row,
        [&](Index, Index j) {
          Real sum = 0;
          for (Index i = 0; i < rows; ++i) sum += a.at(i, j);
          return sum;
        },
        rows);
  }
}

TEST_P(CpuDevice, ComputesSoftmaxCrossEntropy) {
  for (const auto& [rows, depth, cols] : shapes) {
    Matrix z(rows, cols, 1), t(rows, cols), gradient(rows, cols);
    for (Scalar& value : z.values) value *= 10;
    for (Index i = 0; i < rows; ++i) t.at(i, i % cols) = 1;
    Scalar loss = -1;
    device->softmax_cross_entropy(z, t, &loss, gradient.view());
    Real expected = 0;
    const auto softmax = [&](Index i, Index j) {
      Real sum = 0;
      for (Index k = 0; k < cols; ++k) sum += std::exp(static_cast<Real>(z.at(i, k)) - z.at(i, j));
      return 1 / sum;
    };
    for (Index i = 0; i < rows; ++i) expected -= std::log(softmax(i, i % cols)) / static_cast<Real>(rows);
    EXPECT_NEAR(static_cast<double>(loss), static_cast<double>(expected),
                20 * static_cast<double>(std::numeric_limits<Scalar>::epsilon()) * (1 + static_cast<double>(expected)));
    expect_near(gradient, [&](Index i, Index j) { return (softmax(i, j) - t.at(i, j)) / static_cast<Real>(rows); }, 8);
  }
}

TEST_P(CpuDevice, SoftmaxCrossEntropyOfHugeLogitsIsExact) {
  const Matrix z = [] {
    Matrix m(2, 3);
    m.values = {10000, -10000, 0, -10000, 10000, 9999};
    return m;
  }();
  Matrix t(2, 3), gradient(2, 3);
  t.at(0, 1) = 1;  // a loss of 20000
  t.at(1, 2) = 1;  // a loss of log(1 + e)
  Scalar loss = 0;
  device->softmax_cross_entropy(z, t, &loss, gradient.view());
  EXPECT_NEAR(static_cast<double>(loss), (20000 + std::log(1 + std::exp(1.0))) / 2, 1e-2);
  EXPECT_NEAR(static_cast<double>(gradient.at(0, 0)), 0.5, 1e-6);
  EXPECT_NEAR(static_cast<double>(gradient.at(0, 1)), -0.5, 1e-6);
}

TEST_P(CpuDevice, CountsRightClassesOfOneColumnByTheThreshold) {
  Matrix prediction(5, 1), target(5, 1);
  prediction.values = {0.2F, 0.6F, 0.5F, NAN, 0.7F};
  target.values = {0, 1, 1, 0, 0};  // right, right, wrong (on the border is below), NaN, wrong
  Scalar count = -1;
  device->count_correct(prediction, target, Scalar(0.5), &count);
  EXPECT_EQ(count, 2);
  device->count_correct(prediction, target, Scalar(0), &count);  // all but NaN lie above
  EXPECT_EQ(count, 2);
}

TEST_P(CpuDevice, CountsRightClassesByTheLargest) {
  Matrix prediction(5, 3), target(5, 3);
  prediction.values = {1, 2, 3, 3, 2, 1, 1, 1, 0, NAN, 1, 2, -1, -2, -3};
  target.values = {0, 0, 1, 0, 1, 0, 1, 0,
                   0, 0, 0, 1, 1, 0, 0};  // right, wrong, right (the first of equals), NaN, right
  Scalar count = -1;
  device->count_correct(prediction, target, 0, &count);
  EXPECT_EQ(count, 3);
}

TEST_P(CpuDevice, CountsOverManyRows) {
  const Index rows = 10007;
  Matrix prediction(rows, 1, 1), target(rows, 1, 2);
  Index expected = 0;
  for (Index i = 0; i < rows; ++i) expected += (prediction.at(i, 0) > 0) == (target.at(i, 0) > 0);
  Scalar count = 0;
  device->count_correct(prediction, target, 0, &count);
  EXPECT_EQ(static_cast<Index>(count), expected);
}

TEST_P(CpuDevice, GathersRows) {
  for (const Index cols : {1, 2, 3, 8, 784}) {
    const Matrix from(110, cols, 1);  // enough for threads to share the rows, long ones in two parts
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(110 * cols));
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 7);
    std::vector<std::int32_t> rows;
    for (std::int32_t i = 0; i < 100; ++i) rows.push_back(i * 17 % 110);
    Matrix to(100, cols), to_from_bytes(100, cols);
    device->gather(from, rows.data(), to.view());
    device->gather(View<const std::uint8_t>{bytes.data(), 110, cols}, rows.data(), to_from_bytes.view());
    for (Index i = 0; i < 100; ++i)
      for (Index j = 0; j < cols; ++j) {
        const Index row = rows[static_cast<std::size_t>(i)];
        ASSERT_EQ(to.at(i, j), from.at(row, j));
        ASSERT_EQ(to_from_bytes.at(i, j), static_cast<Scalar>(bytes[static_cast<std::size_t>(row * cols + j)]) / 255);
      }
  }
}

TEST_P(CpuDevice, GivesZeroedAlignedMemory) {
  for (const std::size_t bytes : {0U, 1U, 63U, 64U, 1000U}) {
    auto* memory = static_cast<unsigned char*>(device->allocate(bytes));
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory) % 64, 0U);
    for (std::size_t i = 0; i < bytes; ++i) ASSERT_EQ(memory[i], 0);
    device->release(memory);
  }
}

TEST_P(CpuDevice, NamesTheBytesItCannotGive) {
  try {
    device->allocate(std::size_t{1} << 62);
    FAIL() << "should have thrown";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("4611686018427387904 bytes"), std::string::npos) << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(Threads, CpuDevice, testing::Values(1, 2, 3));

TEST(Device, GivesTheSameBitsForAnyNumberOfThreads) {
  const Matrix a(300, 200, 1), b(200, 300, 2), row(1, 300, 3), long_a(130, 1000, 4), long_b(1000, 140, 5),
      samples(520, 200, 6), slopes(520, 10, 7);
  std::vector<std::int32_t> rows(130);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<std::int32_t>(i * 17 % 130);
  std::vector<std::vector<Scalar>> results;
  for (const int threads : {1, 2, 3, 5}) {
    const auto device = make_cpu_device(threads);
    Matrix c(300, 300), d(300, 300), sums(1, 300), gradient(300, 300), gathered(130, 1000), long_c(130, 140),
        of_samples(200, 10);
    Scalar loss = 0;
    device->gather(long_a, rows.data(), gathered.view());
    device->multiply(gathered, long_b, {row.values.data(), 1, 140}, long_c.view());
    device->multiply_at(samples, slopes, of_samples.view());
    device->multiply(a, b, row, c.view());
    device->multiply_bt(a, a, d.view());
    device->sum_rows(c, sums.view());
    device->softmax_cross_entropy(c, d, &loss, gradient.view());
    std::vector<Scalar> all{loss};
    for (const Matrix* m : {&c, &d, &sums, &gradient, &gathered, &long_c, &of_samples})
      all.insert(all.end(), m->values.begin(), m->values.end());
    results.push_back(all);
  }
  for (const auto& result : results)
    EXPECT_EQ(std::memcmp(result.data(), results[0].data(), sizeof(Scalar) * result.size()), 0);
}

TEST(Device, FlushesDenormalsOnEveryThreadWhileComputing) {
  const auto device = make_cpu_device(3);
  const Scalar tiny = std::numeric_limits<Scalar>::min();
  Matrix a(512, 1), b(1, 512), row(1, 512), c(512, 512);
  std::ranges::fill(a.values, tiny);
  std::ranges::fill(b.values, Scalar(0.25));
  device->multiply(a, b, row, c.view());
  for (const Scalar value : c.values)
    ASSERT_EQ(value, tiny / 4);  // a denormal: every thread computes as the caller does
#if defined(__SSE2__) || defined(__aarch64__)
  {
    const Computing computing(*device);
    device->multiply(a, b, row, c.view());
  }
  for (const Scalar value : c.values) ASSERT_EQ(value, 0);
  device->multiply(a, b, row, c.view());
  EXPECT_EQ(c.values.back(), tiny / 4) << "the caller's mode comes back";
#endif
}

TEST(Device, RefusesAnAbsurdNumberOfThreads) {
  EXPECT_THROW(make_cpu_device(-1), InputError);
  EXPECT_THROW(make_cpu_device(100000), InputError);
  EXPECT_NO_THROW(make_cpu_device(0));
}

TEST(Device, RequireHostPassesOnTheCpu) { EXPECT_NO_THROW(make_cpu_device()->require_host("MyLayer")); }

}  // namespace
}  // namespace tinymlp
