// Our own matrix products against Eigen's: every kind of edge, operands that lie far apart, either one transposed.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "cpu/gemm.h"
#include "cpu/register_gemm.h"
#include "tinymlp/random.h"

namespace tinymlp {
namespace {

constexpr Scalar untouched = 77;

std::vector<Scalar> numbers(int count, std::uint32_t stream) {
  std::vector<Scalar> values(static_cast<std::size_t>(count));
  Random random(5, Purpose::check, stream);
  for (Scalar& value : values) value = static_cast<Scalar>(random.uniform(-1, 1));
  return values;
}

/// The same product by both; what lies between c's rows must stay as it was.
void expect_same(const GemmShape& s) {
  SCOPED_TRACE(testing::Message() << s.rows << " x " << s.depth << " x " << s.cols << ", strides " << s.a_stride << ", "
                                  << s.b_stride << ", " << s.c_stride << (s.a_transposed ? ", a transposed" : "")
                                  << (s.b_transposed ? ", b transposed" : "") << (s.adds_row ? ", row" : ""));
  const auto a = numbers((s.a_transposed ? s.depth : s.rows) * s.a_stride, 1);
  const auto b = numbers((s.b_transposed ? s.cols : s.depth) * s.b_stride, 2);
  const auto row = numbers(s.cols, 3);
  const auto stride = static_cast<std::size_t>(s.c_stride);
  std::vector<Scalar> c(static_cast<std::size_t>(s.rows) * stride, untouched), reference = c;
  const Scalar* const added = s.adds_row ? row.data() : nullptr;
  register_gemm(s, nullptr, {a.data(), b.data(), added, c.data()});
  make_reference_gemm(s)({a.data(), b.data(), added, reference.data()});
  const Scalar tolerance = 2 * std::numeric_limits<Scalar>::epsilon() * static_cast<Scalar>(s.depth + 4);
  for (int i = 0; i < s.rows; ++i)
    for (int j = 0; j < s.c_stride; ++j) {
      const auto at = static_cast<std::size_t>(i) * stride + static_cast<std::size_t>(j);
      if (j < s.cols)
        ASSERT_TRUE(std::abs(c[at] - reference[at]) <= tolerance) << "at " << i << ", " << j;
      else
        ASSERT_EQ(c[at], untouched) << "at " << i << ", " << j;
    }
}

enum class Transposed { none, a, b };

/// Operands as they lie in memory, each with `gap` numbers between its rows.
GemmShape shape(int rows, int depth, int cols, Transposed transposed, int gap, bool adds_row) {
  const bool a = transposed == Transposed::a, b = transposed == Transposed::b;
  return {rows, cols, depth, (a ? rows : depth) + gap, (b ? depth : cols) + gap, cols + gap, a, b, adds_row};
}

class Gemm : public testing::TestWithParam<Transposed> {};

TEST_P(Gemm, AgreesWithTheReferenceAtEveryEdge) {
  for (const int rows : {1, 2, 3, 5, 8, 15, 16, 17, 31, 33})
    for (const int cols : {1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 70})
      for (const int depth : {1, 2, 3, 5, 16, 35}) expect_same(shape(rows, depth, cols, GetParam(), 0, depth % 2 == 0));
}

TEST_P(Gemm, TouchesNothingBetweenTheRows) {
  for (const int rows : {1, 7, 19})
    for (const int cols : {1, 13, 34}) expect_same(shape(rows, 9, cols, GetParam(), 3, true));
}

TEST_P(Gemm, AgreesWhereTheSecondOperandIsCopied) {
  for (const int rows : {32, 45})
    for (const int cols : {16, 40, 65})
      for (const int depth : {191, 192, 193, 500}) {
        expect_same(shape(rows, depth, cols, GetParam(), 600, false));
        expect_same(shape(rows, depth, cols, GetParam(), 600, true));
      }
}

TEST_P(Gemm, NanStaysNan) {
  const GemmShape s = shape(5, 4, 3, GetParam(), 0, false);
  std::vector<Scalar> a(20, 0), b(12, 0), c(15, 0);
  b[0] = std::numeric_limits<Scalar>::quiet_NaN();  // times zeros
  register_gemm(s, nullptr, {a.data(), b.data(), nullptr, c.data()});
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_TRUE(std::isnan(c[3 * i]));
    EXPECT_EQ(c[3 * i + 1], 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Each, Gemm, testing::Values(Transposed::none, Transposed::a, Transposed::b));

}  // namespace
}  // namespace tinymlp
