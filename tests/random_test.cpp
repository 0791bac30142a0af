// Tests of tinymlp/random.h: the generator against its published answers, the distributions against their laws.
#include "tinymlp/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <set>
#include <vector>

namespace tinymlp {
namespace {

using Counter = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

/// Philox 4x32-10, written again from the paper: ten rounds of two products, the key moving on after each.
Counter philox(Counter c, Key k) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t even = std::uint64_t{0xD2511F53} * c[0], odd = std::uint64_t{0xCD9E8D57} * c[2];
    c = {static_cast<std::uint32_t>(odd >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(odd),
         static_cast<std::uint32_t>(even >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(even)};
    k = {k[0] + 0x9E3779B9, k[1] + 0xBB67AE85};
  }
  return c;
}

/// How far counts are from equal chances, in standard deviations of the chi-square distribution: within ±5, or so, if
/// the chances are equal.
double chi_square(const std::vector<int>& counts) {
  const double expected = std::accumulate(counts.begin(), counts.end(), 0.0) / static_cast<double>(counts.size());
  double sum = 0;
  for (const int count : counts) sum += (count - expected) * (count - expected) / expected;
  const auto freedom = static_cast<double>(counts.size() - 1);
  return (sum - freedom) / std::sqrt(2 * freedom);
}
constexpr double allowed = 5;

// The file kat_vectors of Random123, https://github.com/DEShawResearch/random123/blob/main/tests/kat_vectors
TEST(Random, ThePhiloxOfThisTestGivesThePublishedAnswers) {
  constexpr std::uint32_t ones = 0xFFFFFFFF;
  EXPECT_EQ(philox({}, {}), (Counter{0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8}));
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}), (Counter{0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD}));
  EXPECT_EQ(philox({0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344}, {0xA4093822, 0x299F31D0}),
            (Counter{0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1}));
}

TEST(Random, BitsAreThePublishedAnswersForZeros) {
  Random random(0, static_cast<Purpose>(0), 0);
  for (const std::uint32_t word : {0x6627E8D5U, 0xE169C58DU, 0xBC57AC4CU, 0x9B00DBD8U}) EXPECT_EQ(random.bits(), word);
}

TEST(Random, BitsArePhiloxOfPurposeStepAndIndexUnderTheSeed) {
  for (const std::uint64_t seed :
       {std::uint64_t{0}, std::uint64_t{0xFFFFFFFFFFFFFFFF}, std::uint64_t{0x299F31D0A4093822}})
    for (const std::uint32_t purpose : {1U, 6U, 0xFFFFFFFFU})
      for (const std::uint32_t step : {0U, 0x85A308D3U, 0xFFFFFFFFU}) {
        Random random(seed, static_cast<Purpose>(purpose), step);
        for (std::uint32_t index = 0; index < 50; ++index)
          for (const std::uint32_t word : philox({purpose, step, index, 0}, {static_cast<std::uint32_t>(seed),
                                                                             static_cast<std::uint32_t>(seed >> 32)}))
            ASSERT_EQ(random.bits(), word) << "index " << index;
      }
}

TEST(Random, EveryStreamIsAnother) {
  // 6 purposes, 20 steps, 10 seeds with 20 words each: of 24,000 words, about .07 pairs are equal by chance.
  std::set<std::uint32_t> words;
  for (std::uint64_t seed = 0; seed < 10; ++seed)
    for (std::uint32_t purpose = 1; purpose <= 6; ++purpose)
      for (std::uint32_t step = 0; step < 20; ++step) {
        Random random(seed, static_cast<Purpose>(purpose), step);
        for (int i = 0; i < 20; ++i) words.insert(random.bits());
      }
  EXPECT_GE(words.size(), 24000U - 2U);
}

TEST(Random, StreamsAreNotCorrelated) {
  // The correlation of n independent pairs has standard deviation 1 / √n.
  const int n = 100000;
  const auto correlation = [](Random a, Random b) {
    double sum = 0;
    for (int i = 0; i < n; ++i) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5) * 12;
    return sum / std::sqrt(n);
  };
  const Random one(7, Purpose::data, 3);
  EXPECT_GT(correlation(one, one), 100);
  for (const Random& other : {Random(7, Purpose::split, 3), Random(7, Purpose::data, 4), Random(8, Purpose::data, 3),
                              Random(7, Purpose::shuffle, 3), Random(std::uint64_t{7} << 32, Purpose::data, 3)})
    EXPECT_LE(std::abs(correlation(one, other)), allowed);
}

TEST(Random, UniformIsMadeOfTwoWordsHighFirst) {
  Random random(5, Purpose::data), same(5, Purpose::data);
  for (int i = 0; i < 1000; ++i) {
    const double high = same.bits(), low = same.bits();
    EXPECT_NEAR(random.uniform(), (high + low * 0x1p-32) * 0x1p-32, 0x1p-51);
  }
}

TEST(Random, UniformLiesInTheOpenIntervalByConstruction) {
  // Each number is an odd multiple of 2^-53, which a double holds exactly: neither 0 nor 1, however long one draws, and
  // as far from one as from the other.
  Random random(1, Purpose::data);
  for (int i = 0; i < 100000; ++i) {
    const double multiple = random.uniform() * 0x1p53;
    ASSERT_EQ(multiple, std::floor(multiple));
    ASSERT_EQ(static_cast<std::uint64_t>(multiple) % 2, 1U) << "draw " << i;
    ASSERT_GT(multiple, 0);
    ASSERT_LT(multiple, 0x1p53);
  }
}

TEST(Random, UniformHasItsMomentsAndChances) {
  const int n = 1000000, bins = 1000;
  for (const std::uint64_t seed : {0U, 1U, 2U}) {
    Random random(seed, Purpose::data);
    double sums[5] = {};
    std::vector<int> counts(bins), next(64);
    double last = 0.5;
    for (int i = 0; i < n; ++i) {
      const double u = random.uniform();
      ++counts[static_cast<std::size_t>(u * bins)];
      ++next[static_cast<std::size_t>(last * 8) * 8 + static_cast<std::size_t>(u * 8)];  // pairs of neighbours
      last = u;
      double power = 1;
      for (double& sum : sums) sum += power *= u;
    }
    for (int k = 1; k <= 5; ++k) {  // the mean of u^k is 1 / (k + 1), its variance 1 / (2k + 1) - 1 / (k + 1)²
      const double mean = 1.0 / (k + 1), deviation = std::sqrt((1.0 / (2 * k + 1) - mean * mean) / n);
      EXPECT_LE(std::abs(sums[k - 1] / n - mean) / deviation, allowed) << "moment " << k;
    }
    EXPECT_LE(std::abs(chi_square(counts)), allowed);
    EXPECT_LE(std::abs(chi_square(next)), allowed);
  }
}

TEST(Random, UniformBetweenTwoNumbersFillsTheInterval) {
  Random random(1, Purpose::data);
  double low = 100, high = -100, sum = 0;
  const int n = 100000;
  for (int i = 0; i < n; ++i) {
    const double u = random.uniform(-2, 6);
    low = std::min(low, u), high = std::max(high, u), sum += u;
  }
  EXPECT_GT(low, -2);
  EXPECT_LT(low, -1.99);
  EXPECT_LT(high, 6);
  EXPECT_GT(high, 5.99);
  EXPECT_NEAR(sum / n, 2, allowed * 8 / std::sqrt(12 * n));
}

TEST(Random, NormalIsMadeOfTwoUniformNumbers) {
  Random random(5, Purpose::data), same(5, Purpose::data);
  for (int i = 0; i < 1000; ++i) {
    const double radius = std::sqrt(-2 * std::log(same.uniform())), angle = 2 * std::numbers::pi * same.uniform();
    EXPECT_NEAR(random.normal(), radius * std::cos(angle), 1e-14);
    EXPECT_NEAR(random.normal(), radius * std::sin(angle), 1e-14);
  }
}

TEST(Random, NormalHasItsMoments) {
  const int n = 1000000;
  for (const std::uint64_t seed : {0U, 1U, 2U}) {
    Random random(seed, Purpose::data);
    double one = 0, two = 0, three = 0, four = 0, neighbours = 0, last = 0;
    for (int i = 0; i < n; ++i) {
      const double x = random.normal();
      one += x, two += x * x, three += x * x * x, four += x * x * x * x;
      neighbours += last * x;
      last = x;
    }
    const double unit = allowed / std::sqrt(n);  // times the deviation of each power: E x^2k - (E x^k)²
    EXPECT_LE(std::abs(one / n), unit);
    EXPECT_LE(std::abs(two / n - 1), unit * std::sqrt(2));
    EXPECT_LE(std::abs(three / n), unit * std::sqrt(15));
    EXPECT_LE(std::abs(four / n - 3), unit * std::sqrt(96));
    EXPECT_LE(std::abs(neighbours / n), unit);
  }
}

TEST(Random, NormalFollowsTheErrorFunction) {
  // Kolmogorov and Smirnov: √n times the largest distance between the shares of draws below x and the distribution
  // exceeds 2.2 with probability 2 exp(-2 · 2.2²) = 1.3e-4.
  const int n = 1000000;
  Random random(3, Purpose::data);
  std::vector<double> draws(n);
  for (double& x : draws) x = random.normal();
  std::ranges::sort(draws);
  double distance = 0;
  for (int i = 0; i < n; ++i) {
    const double expected = 0.5 * std::erfc(-draws[static_cast<std::size_t>(i)] / std::sqrt(2.0));
    distance = std::max({distance, expected - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - expected});
  }
  EXPECT_LE(distance * std::sqrt(n), 2.2);
}

TEST(Random, NormalFillsBinsByChiSquare) {
  const int n = 1000000, bins = 400;  // each of the same chance
  Random random(4, Purpose::data);
  std::vector<int> counts(bins);
  for (int i = 0; i < n; ++i)
    ++counts[static_cast<std::size_t>(bins * 0.5 * std::erfc(-random.normal() / std::numbers::sqrt2))];
  EXPECT_LE(std::abs(chi_square(counts)), allowed);
}

/// FNV-1a (Fowler, Noll, Vo) over 64-bit words: another number for any other sequence.
class Hash {
 public:
  void add(std::uint64_t word) {
    for (int byte = 0; byte < 8; ++byte, word >>= 8) value_ = (value_ ^ (word & 0xFF)) * 0x100000001B3;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325;
};

// The numbers below stand for 100,000 draws each: the same with every compiler, optimization, and precision of Scalar.
TEST(RandomReference, DrawsAreTheSameEverywhere) {
  const int n = 100000;
  Random random(20240, Purpose::check, 7);
  Hash bits, uniform, below, shuffled, normal;
  for (int i = 0; i < n; ++i) bits.add(random.bits());
  for (int i = 0; i < n; ++i) uniform.add(std::bit_cast<std::uint64_t>(random.uniform()));
  for (int i = 1; i <= n; ++i) below.add(random.below(static_cast<std::uint32_t>(i)));
  std::vector<std::uint32_t> items(n);
  std::iota(items.begin(), items.end(), 0U);
  shuffle(items, random);
  for (const std::uint32_t item : items) shuffled.add(item);
  // log, sin and cos may differ in their last bit from one C library to another: 20 bits behind the point are kept.
  for (int i = 0; i < n; ++i)
    normal.add(static_cast<std::uint64_t>(static_cast<std::int64_t>(std::round(random.normal() * 0x1p20))));
  EXPECT_EQ(bits.value(), 0x15BF66D025E5CDB8U);
  EXPECT_EQ(uniform.value(), 0x66E1589AD0060820U);
  EXPECT_EQ(below.value(), 0x49393A471DAEA27EU);
  EXPECT_EQ(shuffled.value(), 0x8C75D75538A731C1U);
  EXPECT_EQ(normal.value(), 0xFBC67F5E21FDD150U);
}

TEST(Random, BelowGivesEachNumberTheSameChance) {
  for (const std::uint32_t bound : {2U, 3U, 7U, 10U, 64U, 1000U}) {
    Random random(bound, Purpose::data);
    std::vector<int> counts(bound);
    for (std::uint32_t i = 0; i < 300 * std::max(bound, 100U); ++i) {
      const std::uint32_t number = random.below(bound);
      ASSERT_LT(number, bound);
      ++counts[number];
    }
    EXPECT_LE(chi_square(counts), allowed) << "bound " << bound;
  }
}

TEST(Random, BelowIsUnbiasedForAwkwardBounds) {
  // Of 3 · 2^30 numbers, 2^32 random ones give a third twice the chance, unless some are drawn again: every third one
  // where they are scaled, the lowest third where the remainder is taken. At 2^31 + 1 half are drawn again.
  for (const std::uint32_t bound : {3U << 30, (1U << 31) + 1, 1U << 31, 0xFFFFFFFFU, 0xFFFFFFFEU, 5U << 29}) {
    Random random(1, Purpose::data);
    const std::uint32_t parts = 60;
    std::vector<int> by_size(parts), by_remainder3(3), by_remainder5(5);
    for (int i = 0; i < 300000; ++i) {
      const std::uint32_t number = random.below(bound);
      ASSERT_LT(number, bound);
      ++by_size[static_cast<std::size_t>(std::uint64_t{number} * parts / bound)];
      ++by_remainder3[number % 3];
      ++by_remainder5[number % 5];
    }
    EXPECT_LE(chi_square(by_size), allowed) << "bound " << bound;
    EXPECT_LE(chi_square(by_remainder3), allowed) << "bound " << bound;
    EXPECT_LE(chi_square(by_remainder5), allowed) << "bound " << bound;
  }
}

TEST(Random, BelowOneIsZeroAndUsesOneNumber) {
  Random random(1, Purpose::data), same(1, Purpose::data);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(random.below(1), 0U);
    same.bits();
  }
  EXPECT_EQ(random.bits(), same.bits());
}

TEST(Shuffle, GivesEachPermutationTheSameChance) {
  for (const std::uint64_t seed : {0U, 1U, 2U}) {
    Random random(seed, Purpose::shuffle);
    std::map<std::vector<int>, int> counts;
    for (int i = 0; i < 240000; ++i) {
      std::vector<int> items{1, 2, 3, 4};
      shuffle(items, random);
      ++counts[items];
    }
    ASSERT_EQ(counts.size(), 24U);
    std::vector<int> numbers;
    for (const auto& [items, count] : counts) numbers.push_back(count);
    EXPECT_LE(std::abs(chi_square(numbers)), allowed);
  }
}

TEST(Shuffle, OfAMillionItemsPutsThemAnywhere) {
  const std::uint32_t n = 1000000, parts = 40;
  std::vector<std::uint32_t> items(n);
  std::iota(items.begin(), items.end(), 0U);
  Random random(3, Purpose::shuffle);
  shuffle(items, random);
  std::vector<int> from_to(std::size_t{parts} * parts);  // how many went from which part to which
  int fixed = 0, neighbours = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    ++from_to[items[i] / (n / parts) * parts + i / (n / parts)];
    fixed += items[i] == i;
    neighbours += i > 0 && items[i] == items[i - 1] + 1;
  }
  // Rows and columns have fixed sums: 39 · 39 degrees of freedom, so that the deviation is below that of 1599.
  const double freedom = (parts - 1.0) * (parts - 1.0), all = parts * parts - 1.0;
  const double sum = chi_square(from_to) * std::sqrt(2 * all) + all;
  EXPECT_LE(std::abs(sum - freedom) / std::sqrt(2 * freedom), allowed);
  EXPECT_LE(fixed, 10);  // about 1 is expected of each, by Poisson's law
  EXPECT_LE(neighbours, 10);
}

TEST(Shuffle, KeepsTheItemsAndMovesThem) {
  for (const int n : {0, 1, 2, 100, 10007}) {
    std::vector<int> items(static_cast<std::size_t>(n)), sorted(items.size());
    std::iota(items.begin(), items.end(), 0);
    std::iota(sorted.begin(), sorted.end(), 0);
    Random random(1, Purpose::shuffle), same(1, Purpose::shuffle);
    std::vector<int> again = items;
    shuffle(items, random);
    shuffle(again, same);
    EXPECT_EQ(items, again);
    if (n >= 100) {
      EXPECT_NE(items, sorted);
    }
    std::ranges::sort(items);
    EXPECT_EQ(items, sorted);
  }
}

}  // namespace
}  // namespace tinymlp
