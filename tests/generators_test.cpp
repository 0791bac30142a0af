// Tests of tinymlp/generators.h: what holds for all sets, and that every request out of range is refused with a reason.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "generated_rows.h"

namespace tinymlp {
namespace {

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

}  // namespace
}  // namespace tinymlp
