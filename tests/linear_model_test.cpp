// The best affine maps, against cases that can be solved by hand and conditions that an optimum must meet.
#include "tinymlp/linear_model.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support.h"
#include "tinymlp/random.h"

namespace tinymlp {
namespace {

using Numbers = std::vector<double>;

Numbers random_numbers(std::size_t count, std::uint32_t stream) {
  Random random(2, Purpose::check, stream);
  Numbers numbers;
  for (std::size_t i = 0; i < count; ++i) numbers.push_back(random.normal());
  return numbers;
}

TEST(AffineMap, WeighsAndShifts) {
  const AffineMap map{3, 2, {1, 2, 3, 4, 5, 6}, {10, 20}};
  EXPECT_EQ(map.apply(Numbers{1, 0, 0, 0, 1, 1}), (Numbers{11, 24, 15, 31}));
  expect_error<ShapeError>("3 inputs is given 4 numbers", [&] { map.apply(Numbers{1, 2, 3, 4}); });
}

TEST(MatrixRank, CountsWhatIsIndependent) {
  EXPECT_EQ(matrix_rank({3, 2, {1, 2, 3, 2, 4, 6}, {0, 0}}).rank, 1);
  EXPECT_EQ(matrix_rank({3, 2, {1, 2, 3, 2, 4, 7}, {0, 0}}).rank, 2);
  EXPECT_EQ(matrix_rank({3, 2, {0, 0, 0, 0, 0, 0}, {1, 1}}).rank, 0);
  const RankResult diagonal = matrix_rank({2, 2, {0, -3, 2, 0}, {0, 0}});
  EXPECT_TRUE(near(diagonal.singular_values[0], 3, 1e-14, 0));
  EXPECT_TRUE(near(diagonal.singular_values[1], 2, 1e-14, 0));
}

TEST(LeastSquares, FindsTheLineThroughPoints) {
  // Through (1, 1), (2, 3), (3, 2): slope 1/2, intercept 1, by the textbook's formulas.
  const AffineMap map = least_squares(Numbers{1, 2, 3}, Numbers{1, 3, 2}, 1, 1);
  EXPECT_TRUE(near(map.w[0], 0.5, 1e-14, 0));
  EXPECT_TRUE(near(map.b[0], 1, 1e-14, 0));
}

TEST(LeastSquares, LeavesResidualsThatNoFeatureExplains) {
  constexpr Index rows = 37, inputs = 5, outputs = 3;
  Numbers x = random_numbers(rows * inputs, 1);
  for (double& value : x) value = 1000 + 30 * value;  // far from mean 0 and variance 1
  const Numbers t = random_numbers(rows * outputs, 2);
  const AffineMap map = least_squares(x, t, inputs, outputs);
  const Numbers y = map.apply(x);
  for (std::size_t k = 0; k < outputs; ++k)
    for (std::size_t i = 0; i <= inputs; ++i) {  // the last: the constant feature
      double product = 0;
      for (std::size_t row = 0; row < rows; ++row)
        product += (y[row * outputs + k] - t[row * outputs + k]) * (i == inputs ? 1 : x[row * inputs + i] - 1000);
      EXPECT_TRUE(near(product, 0, 1e-8, 0)) << k << " " << i;
    }
}

TEST(LeastSquares, TakesFeaturesThatDependOnEachOther) {
  // The second feature is twice the first, the third never changes: the smallest weights share the slope of 1.
  const AffineMap map = least_squares(Numbers{1, 2, 7, 2, 4, 7, 3, 6, 7, 4, 8, 7}, Numbers{1, 2, 3, 4}, 3, 1);
  const Numbers y = map.apply(Numbers{1, 2, 7, 10, 20, 7});
  EXPECT_TRUE(near(y[0], 1, 1e-12, 0));
  EXPECT_TRUE(near(y[1], 10, 1e-12, 0));
  EXPECT_EQ(map.w[2], 0);
}

TEST(LeastSquares, RefusesWhatHasNone) {
  expect_error<InputError>("no rows", [] { least_squares({}, {}, 2, 1); });
  expect_error<ShapeError>("no rows of 2", [] { least_squares(Numbers{1, 2, 3}, Numbers{1}, 2, 1); });
  expect_error<ShapeError>("3 targets for 2 rows", [] { least_squares(Numbers{1, 2}, Numbers{1, 2, 3}, 1, 1); });
  expect_error<InputError>("finite", [] { least_squares(Numbers{1, std::nan("")}, Numbers{1, 2}, 1, 1); });
}

TEST(SoftmaxRegression, OfOneFeatureWithTwoValuesMatchesTheShares) {
  // Of the rows at 0, one in four is of class 1; of those at 1, two in three: the logits must say exactly that.
  const Numbers x{0, 0, 0, 0, 1, 1, 1};
  const std::vector<Index> classes{0, 0, 0, 1, 1, 1, 0};
  const double at_0 = std::log(1.0 / 3), at_1 = std::log(2.0);
  const SoftmaxRegression one = softmax_regression(x, classes, 1, 1);
  EXPECT_TRUE(one.converged);
  EXPECT_FALSE(one.separable);
  EXPECT_TRUE(near(one.map.b[0], at_0, 1e-7, 0));
  EXPECT_TRUE(near(one.map.w[0] + one.map.b[0], at_1, 1e-7, 0));
  const SoftmaxRegression two = softmax_regression(x, classes, 1, 2);
  EXPECT_TRUE(near(two.map.b[1] - two.map.b[0], at_0, 1e-7, 0));
  EXPECT_TRUE(near(two.loss, one.loss, 1e-14, 0));
  const double expected = -(3 * std::log(.75) + std::log(.25) + 2 * std::log(2.0 / 3) + std::log(1.0 / 3)) / 7;
  EXPECT_TRUE(near(one.loss, expected, 1e-14, 0));
}

TEST(SoftmaxRegression, HasNoSlopeAtItsEnd) {
  constexpr Index rows = 61, inputs = 3, count = 4;
  const Numbers x = random_numbers(rows * inputs, 3);
  std::vector<Index> classes;
  Random random(4, Purpose::check);
  for (Index i = 0; i < rows; ++i) classes.push_back(static_cast<Index>(random.below(count)));
  const SoftmaxRegression found = softmax_regression(x, classes, inputs, count);
  ASSERT_TRUE(found.converged);
  const auto loss = [&](const AffineMap& map) {
    const Numbers z = map.apply(x);
    double sum = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      double total = 0;
      for (std::size_t k = 0; k < count; ++k) total += std::exp(z[row * count + k]);
      sum += std::log(total) - z[row * count + static_cast<std::size_t>(classes[row])];
    }
    return sum / rows;
  };
  EXPECT_TRUE(near(found.loss, loss(found.map), 1e-13, 0));
  for (std::size_t i = 0; i < found.map.w.size(); ++i) {  // a convex function: no slope, no lower point
    constexpr double h = 1e-4;
    AffineMap up = found.map, down = found.map;
    up.w[i] += h;
    down.w[i] -= h;
    EXPECT_TRUE(near((loss(up) - loss(down)) / (2 * h), 0, 1e-8, 0)) << i;
  }
}

TEST(SoftmaxRegression, NoticesThatAPlaneSeparates) {
  const SoftmaxRegression found = softmax_regression(Numbers{-2, -1, 1, 3}, std::vector<Index>{0, 0, 1, 1}, 1, 1);
  EXPECT_TRUE(found.separable);
  EXPECT_GT(found.map.apply(Numbers{1})[0], 0);
  EXPECT_LT(found.map.apply(Numbers{-1})[0], 0);
}

TEST(SoftmaxRegression, RefusesWrongClasses) {
  expect_error<InputError>("class 2, but there are 2",
                           [] { softmax_regression(Numbers{1, 2}, std::vector<Index>{0, 2}, 1, 1); });
  expect_error<ShapeError>("1 classes for 2 rows",
                           [] { softmax_regression(Numbers{1, 2}, std::vector<Index>{0}, 1, 2); });
}

}  // namespace
}  // namespace tinymlp
