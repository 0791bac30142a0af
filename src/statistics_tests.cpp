// The signed-rank test and Holm's correction.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "tinymlp/error.h"
#include "tinymlp/statistics.h"

namespace tinymlp {

namespace {

double difference(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) throw InputError("a signed-rank test of what is not a number (NaN)");
  return a == b ? 0 : a - b;  // infinity - infinity is NaN
}

/// Twice the rank of each size, from 2; equal ones share the mean of their ranks, of which the double is whole.
std::vector<Index> doubled_ranks(const std::vector<double>& differences) {
  std::vector<std::size_t> order(differences.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto size = [&](std::size_t i) { return std::abs(differences[i]); };
  std::ranges::sort(order, {}, size);
  std::vector<Index> ranks(differences.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && size(order[end]) == size(order[begin])) ++end;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = static_cast<Index>(begin + 1 + end);
  }
  return ranks;
}

/// The two-sided probability of a sum of positive ranks at least as far out as `positive`, over all signs that the
/// ranks may have. counts[s]: how many choices of signs give the sum s; built rank by rank.
double exact_probability(const std::vector<Index>& ranks, Index positive) {
  const Index total = std::accumulate(ranks.begin(), ranks.end(), Index{0});
  std::vector<double> shares(static_cast<std::size_t>(total) + 1);  // counts over the number of choices
  shares[0] = 1;
  Index reached = 0;
  for (const Index rank : ranks) {
    reached += rank;
    for (Index sum = reached; sum >= 0; --sum)
      shares[static_cast<std::size_t>(sum)] =
          (shares[static_cast<std::size_t>(sum)] + (sum >= rank ? shares[static_cast<std::size_t>(sum - rank)] : 0)) /
          2;
  }
  const Index outer = std::min(positive, total - positive);  // the distribution is symmetric
  double tail = 0;
  for (Index sum = 0; sum <= outer; ++sum) tail += shares[static_cast<std::size_t>(sum)];
  return std::min(1.0, 2 * tail);
}

/// The same by the normal distribution: each rank r counts r or 0, hence the mean Σ r / 2 and the variance Σ r² / 4.
double normal_probability(const std::vector<Index>& ranks, Index positive) {
  double mean = 0, variance = 0;
  for (const Index rank : ranks) {
    const auto r = static_cast<double>(rank);
    mean += r / 2;
    variance += r * r / 4;
  }
  const double z = (static_cast<double>(positive) - mean) / std::sqrt(variance);
  return std::erfc(std::abs(z) / std::numbers::sqrt2);
}

}  // namespace

SignedRankTest signed_rank_test(std::span<const double> a, std::span<const double> b, Index exact_below) {
  if (a.size() != b.size())
    throw ShapeError("a signed-rank test needs pairs: there are " + std::to_string(a.size()) + " and " +
                     std::to_string(b.size()) + " numbers");
  if (a.empty()) throw InputError("a signed-rank test needs at least one pair");
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(difference(a[i], b[i]));
  const std::vector<Index> all_ranks = doubled_ranks(differences);
  SignedRankTest test;
  test.pairs = static_cast<Index>(a.size());
  std::vector<Index> ranks;  // of what is not zero
  Index positive = 0;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    if (differences[i] == 0) continue;
    ranks.push_back(all_ranks[i]);
    if (differences[i] > 0) positive += all_ranks[i];
  }
  test.zeros = test.pairs - static_cast<Index>(ranks.size());
  test.exact = test.pairs < exact_below;
  if (ranks.empty()) return test;
  const Index total = std::accumulate(ranks.begin(), ranks.end(), Index{0});
  test.positive = static_cast<double>(positive) / 2;
  test.negative = static_cast<double>(total - positive) / 2;
  test.effect = (test.positive - test.negative) / (test.positive + test.negative);
  test.p = test.exact ? exact_probability(ranks, positive) : normal_probability(ranks, positive);
  return test;
}

std::vector<double> holm(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
  std::vector<double> adjusted(p.size());
  double largest = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    largest = std::max(largest, std::min(1.0, static_cast<double>(p.size() - i) * p[order[i]]));
    adjusted[order[i]] = largest;
  }
  return adjusted;
}

}  // namespace tinymlp
