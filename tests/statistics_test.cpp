// Statistics against values of SciPy and NumPy, which tests/reference/make_statistics_references.py made, against
// published ones, and by simulation.
#include "tinymlp/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "source_folder.h"
#include "support.h"
#include "tinymlp/random.h"

namespace tinymlp {
namespace {

using nlohmann::json;
using Numbers = std::vector<double>;

constexpr double infinity = std::numeric_limits<double>::infinity();

const json& references(const std::string& what) {
  static const json all =
      json::parse(std::ifstream(source_folder() / "tests" / "reference" / "statistics" / "statistics.json"));
  return all.at(what);
}

TEST(Quantile, IsThatOfNumPy) {
  ASSERT_GE(references("quantiles").size(), 30U);
  for (const json& c : references("quantiles"))
    EXPECT_TRUE(near(quantile(c.at("values").get<Numbers>(), c.at("p")), c.at("quantile").get<double>(), 1e-14, 1e-14))
        << c;
}

TEST(Quantile, TakesInfiniteNumbers) {
  EXPECT_EQ(median(Numbers{1, infinity, infinity}), infinity);
  EXPECT_EQ(median(Numbers{1, 2, infinity}), 2);
  EXPECT_EQ(median(Numbers{infinity, infinity}), infinity);
  EXPECT_EQ(median(Numbers{1, infinity}), infinity);
  EXPECT_EQ(quantile(Numbers{-infinity, 0, 1}, 0), -infinity);
}

TEST(Quantile, RefusesWhatHasNone) {
  expect_error<InputError>("no numbers", [] { median(Numbers{}); });
  expect_error<InputError>("NaN", [] { median(Numbers{1, std::nan("")}); });
  expect_error<InputError>("from 0 to 1", [] { quantile(Numbers{1, 2}, 1.5); });
}

TEST(StudentT, QuantilesAreThoseOfSciPy) {
  ASSERT_GE(references("t_quantiles").size(), 50U);
  for (const json& c : references("t_quantiles"))
    EXPECT_TRUE(near(student_t_quantile(c.at("p"), c.at("degrees")), c.at("t").get<double>(), 1e-11, 1e-10)) << c;
}

TEST(StudentT, QuantilesAreThoseOfPrintedTables) {
  // Any table of the t distribution: 97.5 % for 4, 9 and 19 degrees of freedom.
  EXPECT_TRUE(near(student_t_quantile(0.975, 4), 2.776, 5e-4, 0));
  EXPECT_TRUE(near(student_t_quantile(0.975, 9), 2.262, 5e-4, 0));
  EXPECT_TRUE(near(student_t_quantile(0.975, 19), 2.093, 5e-4, 0));
}

TEST(StudentT, ProbabilitiesAreThoseOfSciPy) {
  ASSERT_GE(references("t_probabilities").size(), 30U);
  for (const json& c : references("t_probabilities"))
    EXPECT_TRUE(near(student_t_probability(c.at("t"), c.at("degrees")), c.at("p").get<double>(), 0, 1e-12)) << c;
}

TEST(StudentT, RefusesSharesOfNoQuantile) {
  for (const double p : {0.0, 1.0, -0.5, std::nan("")})
    expect_error<InputError>("within 0 and 1", [&] { student_t_quantile(p, 3); });
}

TEST(MeanInterval, IsThatOfSciPy) {
  ASSERT_GE(references("intervals").size(), 15U);
  for (const json& c : references("intervals")) {
    const MeanInterval interval = mean_interval(c.at("values").get<Numbers>(), c.at("confidence"));
    EXPECT_TRUE(near(interval.mean, c.at("mean").get<double>(), 1e-14, 1e-14));
    ASSERT_TRUE(interval.half_width);
    EXPECT_TRUE(near(*interval.half_width, c.at("half_width").get<double>(), 1e-14, 1e-10)) << c;
  }
}

TEST(Mean, IsTheMiddleOfTheInterval) {
  const std::vector<double> values{3, -1, 4, 1.5}, none;
  EXPECT_EQ(mean(values), 1.875);
  EXPECT_EQ(mean_interval(values).mean, 1.875);
  EXPECT_EQ(mean(std::vector<double>{1, std::numeric_limits<double>::infinity()}),
            std::numeric_limits<double>::infinity());
  EXPECT_THROW(mean(none), InputError);
}

TEST(MeanInterval, OfOneOrOfInfiniteNumbersHasNoWidth) {
  EXPECT_FALSE(mean_interval(Numbers{3}).half_width);
  EXPECT_EQ(mean_interval(Numbers{3}).mean, 3);
  EXPECT_FALSE(mean_interval(Numbers{3, infinity}).half_width);
  EXPECT_EQ(mean_interval(Numbers{3, 3, 3}).half_width, 0);
  expect_error<InputError>("from 0 to below 1", [] { mean_interval(Numbers{1, 2}, 1); });
}

TEST(MeanInterval, HoldsTheMeanAsOftenAsItSays) {
  constexpr int draws = 4000, size = 5;
  int held = 0;
  for (int i = 0; i < draws; ++i) {
    Random random(3, Purpose::check, static_cast<std::uint32_t>(i));
    Numbers values;
    for (int k = 0; k < size; ++k) values.push_back(random.normal());
    const MeanInterval interval = mean_interval(values);
    held += std::abs(interval.mean) <= *interval.half_width ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(held) / draws, 0.95, 0.0135);  // four standard errors
}

TEST(SignedRankTest, IsThatOfSciPyAndOfAllSigns) {
  int exact = 0, with_zeros = 0;
  for (const json& c : references("signed_rank")) {
    const SignedRankTest test = signed_rank_test(c.at("a").get<Numbers>(), c.at("b").get<Numbers>());
    EXPECT_EQ(test.exact, c.at("kind") != "scipy normal");
    EXPECT_EQ(test.zeros, c.at("zeros").get<Index>());
    EXPECT_EQ(test.positive, c.at("positive").get<double>());
    EXPECT_EQ(test.negative, c.at("negative").get<double>());
    EXPECT_TRUE(near(test.p, c.at("p").get<double>(), 1e-14, 1e-12)) << c;
    exact += test.exact ? 1 : 0;
    with_zeros += test.zeros > 0 ? 1 : 0;
  }
  EXPECT_GE(exact, 12);
  EXPECT_GE(with_zeros, 8);
}

TEST(SignedRankTest, IsThatOfTheTextbook) {
  // Hollander and Wolfe, "Nonparametric Statistical Methods" (1973), page 29, the example of R's wilcox.test: V = 40,
  // one-sided p = 0.01953.
  const Numbers x{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
  const Numbers y{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
  const SignedRankTest test = signed_rank_test(x, y);
  EXPECT_EQ(test.positive, 40);
  EXPECT_EQ(test.negative, 5);
  EXPECT_TRUE(near(test.p, 2 * 0.01953125, 1e-15, 0));
  EXPECT_TRUE(near(test.effect, 35.0 / 45, 1e-15, 0));
}

TEST(SignedRankTest, OfExactlyTheSmallestProbabilities) {
  for (int n = 1; n < 25; ++n) {  // all differences of one sign: 2 of the 2^n signs
    Numbers a, b;
    for (int i = 0; i < n; ++i) {
      a.push_back(i + 1);
      b.push_back(0);
    }
    EXPECT_EQ(signed_rank_test(a, b).p, std::ldexp(1.0, 1 - n));
    EXPECT_EQ(signed_rank_test(b, a).effect, -1);
  }
}

TEST(SignedRankTest, FindsNothingWhereNothingDiffers) {
  for (const std::size_t n : {1U, 8U, 40U}) {
    const Numbers same(n, 0.7);
    const SignedRankTest test = signed_rank_test(same, same);
    EXPECT_EQ(test.p, 1);
    EXPECT_EQ(test.effect, 0);
    EXPECT_EQ(test.zeros, static_cast<Index>(n));
  }
}

TEST(SignedRankTest, TakesInfiniteNumbers) {
  const SignedRankTest test = signed_rank_test(Numbers{infinity, infinity, 1, 2}, Numbers{infinity, 3, 4, 1.5});
  EXPECT_EQ(test.zeros, 1);
  EXPECT_EQ(test.positive, 4 + 2);  // infinity > 3 is the largest difference
  EXPECT_EQ(test.negative, 3);
}

TEST(SignedRankTest, RefusesWhatIsNoPairs) {
  expect_error<ShapeError>("there are 2 and 1", [] { signed_rank_test(Numbers{1, 2}, Numbers{1}); });
  expect_error<InputError>("at least one pair", [] { signed_rank_test(Numbers{}, Numbers{}); });
  expect_error<InputError>("NaN", [] { signed_rank_test(Numbers{std::nan("")}, Numbers{1}); });
}

TEST(SignedRankTest, RaisesNoMoreFalseAlarmsThanItSays) {
  for (const int pairs : {8, 24, 25}) {  // both ways to compute p
    constexpr int draws = 4000;
    int alarms = 0;
    for (int i = 0; i < draws; ++i) {
      Random random(5, Purpose::check, static_cast<std::uint32_t>(i));
      Numbers a, b;
      for (int k = 0; k < pairs; ++k) {
        a.push_back(std::floor(10 * random.uniform()));  // with ties and zeros, as accuracies have
        b.push_back(std::floor(10 * random.uniform()));
      }
      alarms += signed_rank_test(a, b).p < 0.05 ? 1 : 0;
    }
    const double share = static_cast<double>(alarms) / draws;
    EXPECT_LE(share, 0.05 + 0.0138) << pairs;  // four standard errors
    EXPECT_GE(share, 0.02) << pairs;           // nor does it give up
  }
}

TEST(Holm, IsThatOfR) {
  // R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") and two more, of which the second shows the running maximum.
  const auto expect = [](const Numbers& p, const Numbers& expected) {
    const Numbers adjusted = holm(p);
    ASSERT_EQ(adjusted.size(), expected.size());
    for (std::size_t i = 0; i < p.size(); ++i) EXPECT_TRUE(near(adjusted[i], expected[i], 1e-15, 1e-15)) << i;
  };
  expect({0.01, 0.02, 0.03, 0.04, 0.05}, {0.05, 0.08, 0.09, 0.09, 0.09});
  expect({0.04, 0.001, 0.03}, {0.06, 0.003, 0.06});
  expect({0.9, 0.6, 0.6}, {1, 1, 1});
  expect({0.2}, {0.2});
  expect({}, {});
}

}  // namespace
}  // namespace tinymlp
