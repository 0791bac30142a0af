// What a handful of numbers says, and whether two such handfuls differ: quantiles, intervals, the signed-rank test.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "tinymlp/matrix.h"

namespace tinymlp {

/// The value below which the share p of the numbers lies, between two numbers in proportion: Hyndman and Fan's type 7
/// (1996), which R and NumPy take. Infinite numbers count as the smallest or largest ones. Throws InputError if there
/// are no numbers, one is NaN, or p is not from 0 to 1.
double quantile(std::span<const double> values, double p);
/// quantile(values, .5)
double median(std::span<const double> values);
/// Throws InputError as quantile does.
double mean(std::span<const double> values);

/// P(T <= t) for T of Student's distribution with so many degrees of freedom, at least one of them (they need not be
/// whole), by the incomplete beta function.
double student_t_probability(double t, double degrees_of_freedom);
/// The t with student_t_probability(t) = p, for 0 < p < 1. Throws InputError for another p.
double student_t_quantile(double p, double degrees_of_freedom);

struct MeanInterval {
  double mean = 0;
  /// Half the width of the interval around it; nothing for a single number, or where one is infinite.
  std::optional<double> half_width;
};
/// The mean with its interval of confidence, Student's ("The probable error of a mean", 1908): with this probability
/// it holds the mean of the normal distribution that the numbers were drawn from. Throws InputError as quantile does,
/// or unless the confidence is from 0 to below 1.
MeanInterval mean_interval(std::span<const double> values, double confidence = 0.95);

/// Wilcoxon's test of whether the differences of pairs lie around zero.
struct SignedRankTest {
  Index pairs = 0, zeros = 0;
  double positive = 0, negative = 0;  // sums of the ranks of positive and of negative differences
  double p = 1;                       // two-sided; 1 where all differences are zero
  bool exact = true;                  // from all 2^pairs signs, not from the normal distribution
  /// The matched-pairs rank-biserial correlation (positive - negative) / (positive + negative), from -1 to 1: how much
  /// more of the evidence is on one side (Kerby 2014). 0 where all differences are zero.
  double effect = 0;
};

/// Wilcoxon's signed-rank test ("Individual comparisons by ranking methods", 1945) of the pairs (a, b). Differences are
/// ranked by their size, equal ones sharing the mean of their ranks; those of zero are ranked, too, and their ranks
/// then left out (Pratt 1959). Below `exact_below` pairs the probability is exact, also with ties; from there on it
/// comes from the normal distribution with the variance that the ranks in fact have, without a correction of
/// continuity. Two infinite numbers of one sign do not differ. Throws ShapeError unless there are as many a as b,
/// InputError if there are none or one is NaN.
SignedRankTest signed_rank_test(std::span<const double> a, std::span<const double> b, Index exact_below = 25);

/// Each p adjusted for there being several (Holm, "A simple sequentially rejective multiple test procedure", 1979): the
/// i-th smallest of n becomes the largest of (n + 1 - j) p_j over j <= i, and at most 1. Comparing them with a level
/// then keeps the chance of even one false alarm below that level.
std::vector<double> holm(std::span<const double> p);

}  // namespace tinymlp
