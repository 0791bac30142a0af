// The other generated sets: every point obeys the formula of its set.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "generated_rows.h"

namespace tinymlp {
namespace {

using std::numbers::pi;

TEST(Xor4, IsTheTruthTable) {
  const DataSet data = generate("xor4", {.seed = 9});
  EXPECT_EQ(data.inputs, (std::vector<double>{0, 0, 0, 1, 1, 0, 1, 1}));
  EXPECT_EQ(data.targets, (std::vector<double>{0, 1, 1, 0}));
  EXPECT_EQ(data.class_names, (std::vector<std::string>{"0", "1"}));
}

TEST(Xor4, RefusesOtherSamplesAndNoise) {
  EXPECT_EQ(error_of("xor4", {.samples = 8}),
            "samples 8 (data set \"xor4\"): it always has 4 samples and noise 0, so leave both out");
  EXPECT_EQ(error_of("xor4", {.noise = 0.1}),
            "noise 0.1 (data set \"xor4\"): it always has 4 samples and noise 0, so leave both out");
  EXPECT_THROW(make("xor4", 4, std::numeric_limits<double>::quiet_NaN()), InputError);
  EXPECT_NO_THROW(make("xor4", 4, 0));
}

TEST(Parity, HasEveryPatternOnceWithItsParity) {
  for (const Index bits : {2, 3, 5, 16}) {
    const DataSet data = generate("parity(" + std::to_string(bits) + ")");
    ASSERT_EQ(data.rows(), Index{1} << bits);
    ASSERT_EQ(data.features(), bits);
    for (Index row = 0; row < data.rows(); ++row) {
      Index pattern = 0, ones = 0;
      for (Index bit = 0; bit < bits; ++bit) {
        const double value = data.inputs[static_cast<std::size_t>(row * bits + bit)];
        ASSERT_TRUE(value == 0 || value == 1);
        pattern = 2 * pattern + static_cast<Index>(value);
        ones += static_cast<Index>(value);
      }
      ASSERT_EQ(pattern, row);
      ASSERT_EQ(data.targets[static_cast<std::size_t>(row)], static_cast<double>(ones % 2));
    }
  }
  EXPECT_EQ(generate("parity(2)").targets, generate("xor4").targets);
  EXPECT_THROW(generate("parity", {.samples = 8}), InputError);
}

TEST(TwoSpirals, AreThePointsOfLangAndWitbrock) {
  const DataSet data = generate("two-spirals");
  const auto rows = rows_of(data);
  ASSERT_EQ(rows.size(), 194U);
  EXPECT_EQ(count_class(data, 1), 97);
  // As published: the first pair of points, and that the spiral turns three times inwards to the radius 1/2.
  EXPECT_EQ(rows[0].x, 0);
  EXPECT_EQ(rows[0].y, 6.5);
  EXPECT_TRUE(std::abs(rows[2].x - 1.25590) < 1e-5) << rows[2].x;
  EXPECT_TRUE(std::abs(rows[2].y - 6.31380) < 1e-5) << rows[2].y;
  EXPECT_TRUE(std::abs(std::hypot(rows[192].x, rows[192].y) - 0.5) < 1e-12);
  EXPECT_TRUE(std::abs(rows[192].x) < 1e-12 && rows[192].y > 0);
  for (std::size_t i = 0; i < rows.size(); i += 2) {
    EXPECT_EQ(rows[i].target, 1);
    EXPECT_EQ(rows[i + 1].target, 0);
    EXPECT_EQ(rows[i + 1].x, -rows[i].x);
    EXPECT_EQ(rows[i + 1].y, -rows[i].y);
  }
}

TEST(Checkerboard, IsABoardOfFourByFour) {
  const DataSet data = make("checkerboard", 16000, 0);
  Index squares[4][4] = {};
  for (const auto& [x, y, label] : rows_of(data)) {
    ASSERT_TRUE(std::abs(x) < 2 && std::abs(y) < 2);
    const auto column = static_cast<int>(x + 2), row = static_cast<int>(y + 2);
    EXPECT_EQ(label, (column + row) % 2) << x << " " << y;
    ++squares[row][column];
  }
  for (const auto& row : squares)
    for (const Index count : row) EXPECT_TRUE(std::abs(static_cast<double>(count) - 1000) < 155) << count;
}

TEST(Checkerboard, NoiseMovesPointsNotLabels) {
  const DataSet clean = make("checkerboard", 5000, 0), noisy = make("checkerboard", 5000, 0.2);
  EXPECT_EQ(clean.targets, noisy.targets);
  double squares = 0;
  for (std::size_t i = 0; i < clean.inputs.size(); ++i)
    squares += (noisy.inputs[i] - clean.inputs[i]) * (noisy.inputs[i] - clean.inputs[i]);
  EXPECT_TRUE(std::abs(std::sqrt(squares / 10000) - 0.2) < 0.007) << std::sqrt(squares / 10000);
}

TEST(Polynomial, IsACubicOfItsPowers) {
  const DataSet clean = make("polynomial", 2000, 0), noisy = make("polynomial", 2000, 0.1);
  EXPECT_EQ(clean.inputs, noisy.inputs);
  EXPECT_EQ(clean.feature_names[3], "x^3/3!");
  double sum = 0, squares = 0, noise_squares = 0;
  for (std::size_t row = 0; row < 2000; ++row) {
    const double* const features = &clean.inputs[20 * row];
    const double x = features[1];
    double factorial = 1;
    for (int i = 0; i < 20; ++i) {
      if (i > 0) factorial *= i;
      const double expected = std::pow(x, i) / factorial;
      ASSERT_TRUE(std::abs(features[i] - expected) <= 1e-12 * std::abs(expected)) << i;
    }
    const double y = 5 + 1.2 * features[1] - 3.4 * features[2] + 5.6 * features[3];
    ASSERT_TRUE(std::abs(clean.targets[row] - y) < 1e-11 * (1 + std::abs(y)));
    sum += x;
    squares += x * x;
    noise_squares += (noisy.targets[row] - clean.targets[row]) * (noisy.targets[row] - clean.targets[row]);
  }
  EXPECT_TRUE(std::abs(sum / 2000) < 0.11) << sum / 2000;
  EXPECT_TRUE(std::abs(squares / 2000 - 1) < 0.16) << squares / 2000;
  EXPECT_TRUE(std::abs(std::sqrt(noise_squares / 2000) - 0.1) < 0.008) << std::sqrt(noise_squares / 2000);
}

TEST(Polynomial, IsTheSameForEveryNumberOfPowers) {
  const DataSet all = make("polynomial", 50, 0.1), few = make("polynomial(3)", 50, 0.1);
  EXPECT_EQ(all.targets, few.targets);
  for (std::size_t row = 0; row < 50; ++row)
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(all.inputs[20 * row + i], few.inputs[3 * row + i]);
}

TEST(Moons, AreTwoHalfCircles) {
  const DataSet data = make("moons", 101, 0);
  EXPECT_EQ(count_class(data, 0), 50);
  std::vector<double> angles[2];
  for (const auto& [x, y, label] : rows_of(data)) {
    const double right = label == 0 ? x : 1 - x, up = label == 0 ? y : 0.5 - y;
    EXPECT_TRUE(std::abs(std::hypot(right, up) - 1) < 1e-12);
    EXPECT_GE(up, -1e-12);
    angles[label == 0 ? 0 : 1].push_back(std::acos(std::clamp(right, -1.0, 1.0)));
  }
  for (std::vector<double>& part : angles) {
    std::ranges::sort(part);
    for (std::size_t i = 0; i < part.size(); ++i)
      EXPECT_TRUE(std::abs(part[i] - pi * static_cast<double>(i) / static_cast<double>(part.size() - 1)) < 1e-7);
  }
}

TEST(Moons, NoiseIsTheStandardDeviation) {
  const auto clean = rows_of(make("moons", 10000, 0)), noisy = rows_of(make("moons", 10000, 0.3));
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < clean.size(); ++i) {
    EXPECT_EQ(clean[i].target, noisy[i].target);
    for (const double shift : {noisy[i].x - clean[i].x, noisy[i].y - clean[i].y}) {
      sum += shift;
      squares += shift * shift;
    }
  }
  EXPECT_TRUE(std::abs(sum / 20000) < 0.011) << sum / 20000;
  EXPECT_TRUE(std::abs(std::sqrt(squares / 20000) - 0.3) < 0.0075) << std::sqrt(squares / 20000);
}

TEST(Sine, IsASineOfOnePeriod) {
  const DataSet clean = make("sine", 2000, 0), noisy = make("sine", 2000, 0.2);
  EXPECT_EQ(clean.feature_names, (std::vector<std::string>{"x"}));
  EXPECT_EQ(clean.inputs, noisy.inputs);
  double squares = 0, sum = 0;
  for (std::size_t i = 0; i < clean.inputs.size(); ++i) {
    const double x = clean.inputs[i];
    EXPECT_TRUE(x > 0 && x < 1);
    sum += x;
    EXPECT_TRUE(std::abs(clean.targets[i] - std::sin(2 * pi * x)) < 1e-14);
    squares += (noisy.targets[i] - clean.targets[i]) * (noisy.targets[i] - clean.targets[i]);
  }
  EXPECT_TRUE(std::abs(sum / 2000 - 0.5) < 0.035) << sum / 2000;
  EXPECT_TRUE(std::abs(std::sqrt(squares / 2000) - 0.2) < 0.016) << std::sqrt(squares / 2000);
}

}  // namespace
}  // namespace tinymlp
