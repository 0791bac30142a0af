// Tests of tinymlp/generators.h: every generated point obeys the formula of its set, and every request out of range is
// refused with a reason.
#include "tinymlp/generators.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <set>
#include <utility>

#include "tinymlp/error.h"

namespace tinymlp {
namespace {

using std::numbers::pi;

DataSet make(std::string_view name, Index samples, double noise, std::uint64_t seed = 1) {
  return generate(name, {.samples = samples, .noise = noise, .seed = seed});
}

std::string error_of(std::string_view name, const GeneratorOptions& options = {}) {
  try {
    generate(name, options);
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

/// The rows as (x1, x2, target).
struct Row {
  double x, y, target;
};
std::vector<Row> rows_of(const DataSet& data) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < data.targets.size(); ++i)
    rows.push_back({data.inputs[2 * i], data.inputs[2 * i + 1], data.targets[i]});
  return rows;
}

Index count_class(const DataSet& data, double label) {
  return std::count(data.targets.begin(), data.targets.end(), label);
}

double hills_value(double x, double y) {
  const double centres[6][3] = {{-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1}, {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}};
  double value = 0;
  for (const auto& [cx, cy, sign] : centres) {
    const double height = std::max(0.0, 1 - std::sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) / 2);
    if (height > std::abs(value)) value = sign * height;
  }
  return value;
}

// ---- all sets ----

TEST(Generators, HaveNamesOnceAndSensibleDefaults) {
  std::set<std::string> names;
  for (const Generator& generator : generators()) {
    EXPECT_TRUE(names.insert(generator.name).second) << generator.name;
    EXPECT_FALSE(generator.description.empty());
    EXPECT_TRUE(std::is_sorted(generator.class_names.begin(), generator.class_names.end()));
    if (generator.task == Task::regression) {
      EXPECT_TRUE(generator.class_names.empty());
    }
    EXPECT_TRUE(is_generated(generator.name));
  }
  EXPECT_EQ(names, (std::set<std::string>{"checkerboard", "circle", "gauss", "hills", "mnist1d", "moons", "parity",
                                          "plane", "polynomial", "sine", "spiral", "two-spirals", "xor", "xor4"}));
}

TEST(Generators, HaveTheDefaultsThatTheyAreKnownFor) {
  struct Defaults {
    const char* name;
    Index samples, features, classes;
    double noise, test_fraction;
  };
  const Defaults expected[] = {{"circle", 500, 2, 2, 0, 0.5},
                               {"xor", 500, 2, 2, 0, 0.5},
                               {"gauss", 500, 2, 2, 0, 0.5},
                               {"spiral", 500, 2, 2, 0, 0.5},
                               {"plane", 500, 2, 0, 0, 0.5},
                               {"hills", 500, 2, 0, 0, 0.5},
                               {"xor4", 4, 2, 2, 0, 0},
                               {"parity", 16, 4, 2, 0, 0},
                               {"parity(6)", 64, 6, 2, 0, 0},
                               {"moons", 500, 2, 2, 0.1, 0.5},
                               {"two-spirals", 194, 2, 2, 0, 0},
                               {"checkerboard", 500, 2, 2, 0, 0.5},
                               {"sine", 500, 1, 0, 0, 0.5},
                               {"polynomial", 200, 20, 0, 0.1, 0.5},
                               {"polynomial(4)", 200, 4, 0, 0.1, 0.5},
                               {"mnist1d", 5000, 40, 10, 0.02, 0.2}};
  for (const Defaults& defaults : expected) {
    const Generator generator = find_generator(defaults.name);
    EXPECT_EQ(generator.name, defaults.name);
    EXPECT_EQ(generator.default_samples, defaults.samples) << defaults.name;
    EXPECT_EQ(static_cast<Index>(generator.feature_names.size()), defaults.features) << defaults.name;
    EXPECT_EQ(static_cast<Index>(generator.class_names.size()), defaults.classes) << defaults.name;
    EXPECT_EQ(generator.default_noise, defaults.noise) << defaults.name;
    EXPECT_EQ(generator.default_test_fraction, defaults.test_fraction) << defaults.name;
  }
}

TEST(Generators, GiveCompleteDataSets) {
  for (const Generator& generator : generators()) {
    const DataSet data = generate(generator.name);
    EXPECT_EQ(data.name, generator.name);
    EXPECT_EQ(data.task, generator.task);
    EXPECT_EQ(data.rows(), generator.default_samples);
    EXPECT_EQ(static_cast<Index>(data.inputs.size()), data.rows() * data.features());
    EXPECT_TRUE(data.bytes.empty());
    EXPECT_EQ(data.class_names, generator.class_names);
    EXPECT_EQ(data.target_name, generator.task == Task::classification ? "label" : "y");
    for (const double target : data.targets) {
      EXPECT_TRUE(std::isfinite(target));
      if (data.task == Task::classification) {
        EXPECT_TRUE(target == std::floor(target) && target >= 0 && target < static_cast<double>(data.classes()));
      }
    }
  }
}

TEST(Generators, TakeAnyNumberOfSamples) {
  for (const Generator& generator : generators()) {
    if (generator.fixed) continue;
    for (const Index samples : {1, 2, 3, 7, 1001}) {
      const DataSet data = make(generator.name, samples, 0.3);
      EXPECT_EQ(data.rows(), samples) << generator.name;
      EXPECT_EQ(static_cast<Index>(data.inputs.size()), samples * data.features()) << generator.name;
    }
  }
}

TEST(Generators, AreDeterminedBySeedAndOptions) {
  for (const Generator& generator : generators()) {
    if (generator.fixed) continue;
    const DataSet data = make(generator.name, 50, 0.2, 7), same = make(generator.name, 50, 0.2, 7);
    EXPECT_EQ(data.inputs, same.inputs) << generator.name;
    EXPECT_EQ(data.targets, same.targets) << generator.name;
    EXPECT_NE(data.inputs, make(generator.name, 50, 0.2, 8).inputs) << generator.name;
    EXPECT_NE(data.inputs, make(generator.name, 50, 0.2, 7 + (std::uint64_t{1} << 32)).inputs) << generator.name;
  }
}

TEST(Generators, ShuffleRows) {
  for (const char* name : {"circle", "gauss", "spiral", "moons"}) {
    const DataSet data = make(name, 1000, 0);
    const auto first_half = std::count(data.targets.begin(), data.targets.begin() + 500, 1.0);
    EXPECT_TRUE(std::abs(static_cast<double>(first_half) - 250) < 60) << name;  // standard deviation 7.9
  }
}

TEST(Generators, ShuffleBySeed) {
  const auto rows = [](std::uint64_t seed) {
    std::vector<std::pair<double, double>> points;
    for (const auto& [x, y, label] : rows_of(make("spiral", 100, 0, seed))) points.emplace_back(x, y);
    return points;
  };
  auto first = rows(1), second = rows(2);
  EXPECT_NE(first, second);
  std::ranges::sort(first);
  std::ranges::sort(second);
  EXPECT_EQ(first, second);
}

TEST(Generators, RefuseUnknownNames) {
  EXPECT_EQ(error_of("spirl"), "unknown data set \"spirl\": did you mean \"spiral\"?");
  EXPECT_EQ(error_of("tiger"),
            "unknown data set \"tiger\": give one of circle, xor, gauss, spiral, plane, hills, xor4, parity, moons, "
            "two-spirals, checkerboard, sine, polynomial, mnist1d");
  EXPECT_EQ(error_of("partiy(4)"), "unknown data set \"partiy\": did you mean \"parity\"?");
  EXPECT_FALSE(is_generated("partiy(4)"));
  EXPECT_TRUE(is_generated("parity(4)"));
  EXPECT_THROW(generate(""), InputError);
}

TEST(Generators, RefuseFeaturesThatTheyCannotHave) {
  EXPECT_EQ(
      error_of("parity(17)"),
      "no number of features that this set can have (data set \"parity(17)\"): give one whole number from 2 to 16");
  for (const char* name : {"parity(1)", "parity(2.5)", "parity(2,3)", "parity(bits=3)", "parity()", "polynomial(0)",
                           "polynomial(101)", "parity(nan)", "parity(2", "parity(-3)"})
    EXPECT_THROW(generate(name), InputError) << name;
  EXPECT_EQ(error_of("xor(3)"),
            "a number of features (data set \"xor(3)\"): this set has 2, so leave the brackets out");
}

TEST(Generators, RefuseSamplesOutOfRange) {
  EXPECT_EQ(error_of("circle", {.samples = 0}),
            "samples 0 (data set \"circle\"): give a whole number from 1 to 10000000");
  EXPECT_THROW(make("circle", -5, 0), InputError);
  EXPECT_THROW(make("sine", 10'000'001, 0), InputError);
  EXPECT_THROW(make("sine", std::numeric_limits<Index>::max(), 0), InputError);
}

TEST(Generators, RefuseNoiseOutOfRange) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  for (const char* name : {"circle", "xor", "gauss", "spiral", "plane", "hills"}) {
    for (const double noise : {-0.1, 0.51, nan, infinity, -infinity})
      EXPECT_THROW(make(name, 10, noise), InputError) << name << " " << noise;
    EXPECT_NO_THROW(make(name, 10, 0.5));
  }
  EXPECT_EQ(error_of("xor", {.noise = 0.7}), "noise 0.7 (data set \"xor\"): give a number from 0 to 0.5");
  EXPECT_EQ(error_of("sine", {.noise = -1}), "noise -1 (data set \"sine\"): give a finite number, 0 or more");
  for (const double noise : {-0.1, nan, infinity}) EXPECT_THROW(make("moons", 10, noise), InputError) << noise;
  EXPECT_NO_THROW(make("moons", 10, 2));
}

// ---- playground ----

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

// ---- other classics ----

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
