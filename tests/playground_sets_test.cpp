// The playground's six sets: every generated point obeys the formula of its set.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "generated_rows.h"

namespace tinymlp {
namespace {

using std::numbers::pi;

double hills_value(double x, double y) {
  const double centres[6][3] = {{-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1}, {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}};
  double value = 0;
  for (const auto& [cx, cy, sign] : centres) {
    const double height = std::max(0.0, 1 - std::sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) / 2);
    if (height > std::abs(value)) value = sign * height;
  }
  return value;
}

TEST(Circle, IsADiscInARing) {
  const DataSet data = make("circle", 2001, 0);
  EXPECT_EQ(data.class_names, (std::vector<std::string>{"-1", "1"}));
  EXPECT_EQ(data.feature_names, (std::vector<std::string>{"x1", "x2"}));
  EXPECT_EQ(count_class(data, 1), 1001);
  double inner_sum = 0, outer_sum = 0;
  int quadrants[4] = {};
  for (const auto& [x, y, label] : rows_of(data)) {
    const double r = std::hypot(x, y);
    if (label == 1) {
      EXPECT_LT(r, 2.5);
      inner_sum += r;
    } else {
      EXPECT_GE(r, 3.5 - 1e-12);
      EXPECT_LE(r, 5 + 1e-12);
      outer_sum += r;
    }
    ++quadrants[(x > 0 ? 1 : 0) + (y > 0 ? 2 : 0)];
  }
  // The radius is uniform (not the area): means 1.25 and 4.25, with standard errors of .023 and .014.
  EXPECT_TRUE(std::abs(inner_sum / 1001 - 1.25) < 0.1) << inner_sum / 1001;
  EXPECT_TRUE(std::abs(outer_sum / 1000 - 4.25) < 0.06) << outer_sum / 1000;
  for (const int count : quadrants) EXPECT_TRUE(std::abs(count - 500) < 90) << count;
}

TEST(Circle, NoiseTurnsLabelsAndMovesNoPoint) {
  const DataSet clean = make("circle", 4000, 0), noisy = make("circle", 4000, 0.5);
  EXPECT_EQ(clean.inputs, noisy.inputs);
  EXPECT_NE(clean.targets, noisy.targets);
  // A shift of U(-2.5, 2.5) in each direction: far from the boundary by more than 2.5 √2, no label turns.
  Index turned = 0;
  const auto rows = rows_of(noisy);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].target == clean.targets[i]) continue;
    ++turned;
    EXPECT_LT(std::abs(std::hypot(rows[i].x, rows[i].y) - 2.5), 2.5 * std::numbers::sqrt2);
  }
  EXPECT_GT(turned, 400);
  EXPECT_LT(turned, 2000);
}

TEST(Circle, NoisyLabelsComeAsOftenAsTheFormulaSays) {
  Random random(3, Purpose::check);
  for (const double noise : {0.1, 0.3, 0.5}) {
    double inner = 0, outer = 0;  // the parts of class 1
    for (int i = 0; i < 200'000; ++i) {
      const auto moved_by = [&] { return random.uniform(-5, 5) * noise; };
      const double near = random.uniform(0, 2.5), far = random.uniform(3.5, 5);
      const double right = moved_by(), up = moved_by(), angle = random.uniform(0, 2 * pi);
      const auto is_inside = [&](double r) {
        return std::hypot(r * std::sin(angle) + right, r * std::cos(angle) + up) < 2.5;
      };
      inner += is_inside(near) ? 1.0 / 200'000 : 0;
      outer += is_inside(far) ? 1.0 / 200'000 : 0;
    }
    const DataSet data = make("circle", 100'000, noise);
    double inner_found = 0, outer_found = 0;
    for (const auto& [x, y, label] : rows_of(data))
      (std::hypot(x, y) < 3 ? inner_found : outer_found) += label / 50'000;
    EXPECT_TRUE(std::abs(inner_found - inner) < 0.012) << noise << ": " << inner_found << " expected " << inner;
    EXPECT_TRUE(std::abs(outer_found - outer) < 0.012) << noise << ": " << outer_found << " expected " << outer;
  }
}

TEST(Xor, KeepsAwayFromTheAxes) {
  const DataSet data = make("xor", 2000, 0);
  double smallest = 9, largest = 0;
  for (const auto& [x, y, label] : rows_of(data)) {
    EXPECT_EQ(label, x * y >= 0 ? 1 : 0);
    for (const double value : {x, y}) {
      smallest = std::min(smallest, std::abs(value));
      largest = std::max(largest, std::abs(value));
    }
  }
  EXPECT_TRUE(smallest >= 0.3 && smallest < 0.31) << smallest;
  EXPECT_TRUE(largest <= 5.3 && largest > 5.28) << largest;
  EXPECT_TRUE(std::abs(static_cast<double>(count_class(data, 1)) - 1000) < 110);  // standard deviation 22
}

TEST(Xor, NoiseTurnsLabelsNearTheAxes) {
  const DataSet clean = make("xor", 4000, 0), noisy = make("xor", 4000, 0.2);
  EXPECT_EQ(clean.inputs, noisy.inputs);
  Index turned = 0;
  const auto rows = rows_of(noisy);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].target == clean.targets[i]) continue;
    ++turned;
    EXPECT_LT(std::min(std::abs(rows[i].x), std::abs(rows[i].y)), 1);  // the shift is U(-1, 1)
  }
  // One coordinate turns if it lies within the shift: the integral of (1 - a) / 2 over a from .3 to 1, divided by 5.
  const double one = 0.49 / 2 / 2 / 5, expected = 4000 * 2 * one * (1 - one);
  EXPECT_TRUE(std::abs(static_cast<double>(turned) - expected) < 70) << turned << " expected " << expected;
}

TEST(Gauss, HasTheMomentsOfItsClouds) {
  for (const double noise : {0.0, 0.1, 0.5}) {
    const DataSet data = make("gauss", 20001, noise);
    EXPECT_EQ(count_class(data, 1), 10001);
    const double variance = 0.5 + 7 * noise;
    for (const double label : {0.0, 1.0}) {
      double n = 0, x_sum = 0, y_sum = 0, xx_sum = 0, yy_sum = 0, xy_sum = 0;
      const double centre = label == 1 ? 2 : -2;
      for (const Row& row : rows_of(data)) {
        if (row.target != label) continue;
        const double x = row.x - centre, y = row.y - centre;
        n += 1;
        x_sum += x;
        y_sum += y;
        xx_sum += x * x;
        yy_sum += y * y;
        xy_sum += x * y;
      }
      const double mean_error = 5 * std::sqrt(variance / n);
      EXPECT_TRUE(std::abs(x_sum / n) < mean_error) << x_sum / n;
      EXPECT_TRUE(std::abs(y_sum / n) < mean_error) << y_sum / n;
      const double variance_error = 5 * variance * std::sqrt(2 / n);
      EXPECT_TRUE(std::abs(xx_sum / n - variance) < variance_error) << xx_sum / n;
      EXPECT_TRUE(std::abs(yy_sum / n - variance) < variance_error) << yy_sum / n;
      EXPECT_TRUE(std::abs(xy_sum / n) < variance_error) << xy_sum / n;
    }
  }
}

/// The points of a spiral of `samples` points without noise, in the order of the formula.
std::vector<Row> spiral_points(Index samples) {
  std::vector<Row> points;
  const double n = static_cast<double>(samples) / 2;
  for (const double label : {1.0, 0.0})
    for (int i = 0; label == 1 ? i < n : i + 1 <= n; ++i) {
      const double r = 5 * i / n, t = 1.75 * i / n * 2 * pi + (label == 1 ? 0 : pi);
      points.push_back({r * std::sin(t), r * std::cos(t), label});
    }
  return points;
}

TEST(Spiral, FollowsTheFormulaPointByPoint) {
  for (const Index samples : {2, 7, 500}) {
    std::vector<Row> expected = spiral_points(samples), rows = rows_of(make("spiral", samples, 0));
    ASSERT_EQ(rows.size(), expected.size());
    const auto by_arm_and_radius = [](const Row& a, const Row& b) {
      return std::pair(a.target, std::hypot(a.x, a.y)) < std::pair(b.target, std::hypot(b.x, b.y));
    };
    std::ranges::sort(expected, by_arm_and_radius);
    std::ranges::sort(rows, by_arm_and_radius);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(rows[i].target, expected[i].target);
      EXPECT_TRUE(std::abs(rows[i].x - expected[i].x) < 1e-12);
      EXPECT_TRUE(std::abs(rows[i].y - expected[i].y) < 1e-12);
    }
  }
}

TEST(Spiral, NoiseMovesPointsUniformly) {
  const auto clean = rows_of(make("spiral", 5000, 0)), noisy = rows_of(make("spiral", 5000, 0.4));
  double largest = 0, sum = 0, squares = 0;
  for (std::size_t i = 0; i < clean.size(); ++i) {
    EXPECT_EQ(clean[i].target, noisy[i].target);
    for (const double shift : {noisy[i].x - clean[i].x, noisy[i].y - clean[i].y}) {
      largest = std::max(largest, std::abs(shift));
      sum += shift;
      squares += shift * shift;
    }
  }
  EXPECT_TRUE(largest < 0.4 + 1e-12 && largest > 0.399) << largest;
  EXPECT_TRUE(std::abs(sum / 10000) < 0.012) << sum / 10000;
  EXPECT_TRUE(std::abs(squares / 10000 - 0.16 / 3) < 0.003) << squares / 10000;  // the variance of U(-a, a) is a²/3
}

TEST(Plane, IsATenthOfTheSum) {
  const DataSet data = make("plane", 2000, 0);
  EXPECT_EQ(data.task, Task::regression);
  EXPECT_TRUE(data.class_names.empty());
  double largest = 0;
  for (const auto& [x, y, value] : rows_of(data)) {
    EXPECT_TRUE(std::abs(value - (x + y) / 10) < 1e-15);
    largest = std::max({largest, std::abs(x), std::abs(y)});
  }
  EXPECT_TRUE(largest < 6 && largest > 5.98) << largest;
}

TEST(Plane, NoiseMovesTheValue) {
  const DataSet clean = make("plane", 5000, 0), noisy = make("plane", 5000, 0.25);
  EXPECT_EQ(clean.inputs, noisy.inputs);
  double squares = 0;
  for (std::size_t i = 0; i < clean.targets.size(); ++i) {
    const double shift = 10 * (noisy.targets[i] - clean.targets[i]);  // the sum of two U(-1.5, 1.5)
    EXPECT_LT(std::abs(shift), 3);
    squares += shift * shift;
  }
  EXPECT_TRUE(std::abs(squares / 5000 - 2 * 2.25 / 3) < 0.1) << squares / 5000;
}

TEST(Hills, HasTheHighestHillsValue) {
  const DataSet data = make("hills", 5000, 0);
  Index up = 0, down = 0;
  for (const auto& [x, y, value] : rows_of(data)) {
    EXPECT_TRUE(std::abs(value - hills_value(x, y)) < 1e-12) << x << " " << y << " " << value;
    EXPECT_TRUE(std::abs(x) < 6 && std::abs(y) < 6);
    if (value > 0) ++up;
    if (value < 0) ++down;
  }
  // Six discs of radius 2, which touch and stay within the square, cover 6 · 4π of its 144.
  EXPECT_TRUE(std::abs(static_cast<double>(up) / 5000 - 12 * pi / 144) < 0.035) << up;
  EXPECT_TRUE(std::abs(static_cast<double>(down) / 5000 - 12 * pi / 144) < 0.035) << down;
}

TEST(Hills, NoiseMovesTheValueTestOnly) {
  const DataSet clean = make("hills", 2000, 0), noisy = make("hills", 2000, 0.1);
  EXPECT_EQ(clean.inputs, noisy.inputs);
  EXPECT_NE(clean.targets, noisy.targets);
  for (std::size_t i = 0; i < clean.targets.size(); ++i)  // the slope is 1/2, the shift at most .6 √2
    EXPECT_LE(std::abs(clean.targets[i] - noisy.targets[i]), 0.3 * std::numbers::sqrt2 + 1e-12);
}

}  // namespace
}  // namespace tinymlp
