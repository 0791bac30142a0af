// What grades experiments: claims and their bounds, statistics, parallel work.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "grading/claim.h"
#include "grading/figure.h"
#include "grading/parallel.h"
#include "grading/statistics.h"

namespace tinymlp::program {
namespace {

bool holds(const Expectation& expected, double value) { return Claim{"", expected, theory(""), value}.holds(); }

TEST(Grading, ClaimsHoldWithinTheirBoundsAndNotBeyond) {
  EXPECT_TRUE(holds(near(2, 0.5), 1.5) && holds(near(2, 0.5), 2.5));
  EXPECT_FALSE(holds(near(2, 0.5), 1.49) || holds(near(2, 0.5), 2.51));
  EXPECT_TRUE(holds(near_relative(-4, 0.25), -5) && holds(near_relative(-4, 0.25), -3));
  EXPECT_FALSE(holds(near_relative(-4, 0.25), -5.1) || holds(near_relative(-4, 0.25), -2.9));
  EXPECT_TRUE(holds(at_least(3), 3) && holds(at_least(3), 1e300));
  EXPECT_FALSE(holds(at_least(3), 2.99));
  EXPECT_TRUE(holds(at_most(3, 0.1), 3.1) && holds(at_most(3), -1e300));
  EXPECT_FALSE(holds(at_most(3, 0.1), 3.11));
  EXPECT_TRUE(holds(between(1, 2), 1) && holds(between(1, 2), 2));
  EXPECT_FALSE(holds(between(1, 2), 0.99) || holds(between(1, 2), 2.01));
}

TEST(Grading, WhatIsNotANumberNeverHolds) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Expectation& expected : {near(0, 1e300), at_least(-1e300), at_most(1e300), between(-1e300, 1e300)})
    EXPECT_FALSE(holds(expected, nan));
}

TEST(Grading, ReferencesAreWordedAsTheyAreMeant) {
  EXPECT_EQ(reference_text(near(0.125, 1e-12)), "0.125");
  EXPECT_EQ(tolerance_text(near(0.125, 1e-12)), "1e-12");
  EXPECT_EQ(reference_text(at_least(0.98)), ">= 0.98");
  EXPECT_EQ(tolerance_text(at_least(0.98)), "none");
  EXPECT_EQ(reference_text(at_most(0.663, 0.03)), "<= 0.663");
  EXPECT_EQ(tolerance_text(at_most(0.663, 0.03)), "0.03");
  EXPECT_EQ(reference_text(between(0.12, 0.38)), "0.12 to 0.38");
}

TEST(Grading, Statistics) {
  EXPECT_EQ(mean({1, 2, 6}), 3);
  EXPECT_EQ(share({1, 2, 3, 4}, [](double value) { return value > 1; }), 0.75);
  EXPECT_NEAR(slope({1, 2, 4}, {5, 3, -1}), -2, 1e-14);
}

TEST(Grading, ParallelWorkKeepsItsOrder) {
  for (const int jobs : {1, 3, 16}) {
    const auto squares = parallel_map(100, jobs, [](Index i) { return i * i; });
    ASSERT_EQ(squares.size(), 100U);
    for (Index i = 0; i < 100; ++i) EXPECT_EQ(squares[static_cast<std::size_t>(i)], i * i);
  }
  EXPECT_TRUE(parallel_map(0, 4, [](Index i) { return i; }).empty());
}

TEST(Grading, ParallelWorkRethrowsTheFirstFailure) {
  const auto work = [](Index i) {
    if (i % 10 == 7) throw std::runtime_error(std::to_string(i));
    return i;
  };
  for (const int jobs : {1, 4}) try {
      parallel_map(40, jobs, work);
      FAIL();
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "7");
    }
}

TEST(Grading, AFigureHasItsDataBesideIt) {
  const Figure figure = curve_figure({.name = "growth",
                                      .title = "It's growing",
                                      .x_label = "x",
                                      .y_label = "y",
                                      .curves = {{"a", {1, 2}, {3, 0.5}}, {"b", {1}, {4}}}});
  ASSERT_EQ(figure.files.size(), 1U);
  EXPECT_EQ(figure.files[0].first, "growth.csv");
  EXPECT_NE(figure.files[0].second.find("# a\n1,3\n2,0.5\n\n\n# b\n1,4\n"), std::string::npos);
  EXPECT_NE(figure.script.find("'growth.csv' index 1 using 1:2"), std::string::npos);
  EXPECT_NE(figure.script.find("'It''s growing'"), std::string::npos);
}

}  // namespace
}  // namespace tinymlp::program
