// Tests of the data set mnist1d: its moments, its classes, and that its noise-free samples are the published curves.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tinymlp/generators.h"

namespace tinymlp {
namespace {

using Numbers = std::vector<double>;

Numbers row_of(const DataSet& data, std::size_t row) {
  const auto begin = data.inputs.begin() + static_cast<std::ptrdiff_t>(40 * row);
  return {begin, begin + 40};
}

TEST(Mnist1d, IsStandardizedAndBalanced) {
  const DataSet data = generate("mnist1d");
  EXPECT_EQ(data.rows(), 5000);
  EXPECT_EQ(data.features(), 40);
  EXPECT_EQ(data.class_names.size(), 10U);
  double sum = 0, squares = 0;
  for (const double x : data.inputs) {
    sum += x;
    squares += x * x;
  }
  EXPECT_TRUE(std::abs(sum / 200000) < 1e-12) << sum;
  EXPECT_TRUE(std::abs(squares / 200000 - 1) < 1e-12) << squares;
  for (int digit = 0; digit < 10; ++digit)
    EXPECT_EQ(std::count(data.targets.begin(), data.targets.end(), digit), 500) << digit;
  const DataParts parts = split(data, find_generator("mnist1d").default_test_fraction, 0);
  EXPECT_EQ(parts.training.rows(), 4000);
  EXPECT_EQ(parts.test.rows(), 1000);
}

TEST(Mnist1d, OwnNoiseIsLittleAndMovesNothingElse) {
  const DataSet clean = generate("mnist1d", {.samples = 500, .noise = 0.0}),
                noisy = generate("mnist1d", {.samples = 500, .noise = 0.02});
  EXPECT_EQ(clean.targets, noisy.targets);
  double squares = 0;
  for (std::size_t i = 0; i < clean.inputs.size(); ++i)
    squares += (clean.inputs[i] - noisy.inputs[i]) * (clean.inputs[i] - noisy.inputs[i]);
  const double moved = std::sqrt(squares / static_cast<double>(clean.inputs.size()));
  // Between two of 72 points the noise of 0.02 is 0.0163 on average; the set's deviation is about 0.155.
  EXPECT_TRUE(moved > 0.095 && moved < 0.115) << moved;
}

/// The correlation of two runs of numbers.
double correlation(const Numbers& a, const Numbers& b) {
  double a_sum = 0, b_sum = 0, aa = 0, bb = 0, ab = 0;
  const auto n = static_cast<double>(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    a_sum += a[i];
    b_sum += b[i];
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double x = a[i] - a_sum / n, y = b[i] - b_sum / n;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  return ab / std::sqrt(aa * bb);
}

/// The drawing, straight between its points, at `count` equal steps.
Numbers stretched(const Numbers& drawing, std::size_t count) {
  Numbers result;
  for (std::size_t i = 0; i < count; ++i) {
    const double at = 11.0 * static_cast<double>(i) / static_cast<double>(count - 1);
    const auto left = std::min<std::size_t>(static_cast<std::size_t>(at), 10);
    result.push_back(drawing[left] + (at - static_cast<double>(left)) * (drawing[left + 1] - drawing[left]));
  }
  return result;
}

TEST(Mnist1d, HidesItsDigitsInItsSamples) {
  // 12 of 48 to 72 points, of which 40 are kept: a drawing takes 6.7 to 10 points, straightened by the shear.
  const Numbers drawings[] = {{5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5},   // 1
                              {5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5}};  // 7
  const DataSet data = generate("mnist1d", {.samples = 2000, .noise = 0.0});
  std::size_t place = 0;  // where the last drawing was found
  const auto best = [&](std::size_t row, const Numbers& drawing) {
    double found = -1;
    for (const std::size_t length : {7U, 8U, 9U, 10U})
      for (std::size_t begin = 0; begin + length <= 40; ++begin) {
        const Numbers sample = row_of(data, row);
        const auto from = sample.begin() + static_cast<std::ptrdiff_t>(begin);
        const double here = correlation({from, from + static_cast<std::ptrdiff_t>(length)}, stretched(drawing, length));
        if (here > found) place = begin;
        found = std::max(found, here);
      }
    return found;
  };
  int right = 0, rows = 0, moved = 0;
  for (std::size_t row = 0; row < 2000; ++row) {
    const double label = data.targets[row];
    if (label != 1 && label != 7) continue;
    ++rows;
    const double one = best(row, drawings[0]), seven = best(row, drawings[1]);
    moved += place > 8 ? 1 : 0;
    right += (one > seven) == (label == 1) ? 1 : 0;
  }
  EXPECT_EQ(rows, 400);
  EXPECT_GT(right, 320) << "of " << rows;  // 200 by chance
  EXPECT_GT(moved, 200) << "of " << rows;  // the last one found, the 7, is anywhere along the curve
}

}  // namespace
}  // namespace tinymlp
