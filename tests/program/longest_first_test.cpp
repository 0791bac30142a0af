#include "compare/longest_first.h"

#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace tinymlp::program {
namespace {

const std::array<char, 3> kinds{};  // their addresses tell them apart

/// `groups` groups of one piece of each kind, numbered from 0.
std::vector<LongestFirst::Piece> pieces(std::uint64_t groups) {
  std::vector<LongestFirst::Piece> all;
  for (std::uint64_t group = 0; group < groups; ++group)
    for (const char& kind : kinds) all.push_back({all.size(), group, &kind});
  return all;
}

std::vector<std::size_t> next(LongestFirst& order, std::size_t count) {
  std::vector<std::size_t> numbers;
  while (numbers.size() < count) numbers.push_back(order.next().number);
  return numbers;
}

using Numbers = std::vector<std::size_t>;

TEST(LongestFirst, KeepsTheOrderOfWhatIsUnknown) {
  LongestFirst order(pieces(2));
  EXPECT_EQ(next(order, 6), (Numbers{0, 1, 2, 3, 4, 5}));
}

TEST(LongestFirst, TakesTheLongestOfAGroupFirst) {
  LongestFirst order(pieces(5));
  EXPECT_EQ(next(order, 3), (Numbers{0, 1, 2}));
  for (const auto& [kind, seconds] : {std::pair(0U, 2.0), std::pair(1U, 1.0), std::pair(2U, 3.0)})
    order.done(&kinds[kind], seconds);
  EXPECT_EQ(next(order, 2), (Numbers{5, 3}));
  order.done(&kinds[1], 9);
  EXPECT_EQ(next(order, 4), (Numbers{4, 7, 8, 6})) << "group after group, whatever was learnt within one";
}

TEST(LongestFirst, TakesTheLastTwoGroupsAsOne) {
  LongestFirst order(pieces(3));
  next(order, 3);
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) order.done(&kinds[kind], 1 + static_cast<double>(kind));
  EXPECT_EQ(next(order, 6), (Numbers{5, 8, 4, 7, 3, 6}));
}

TEST(LongestFirst, TriesAnUnknownKindBeforeAKnownOne) {
  LongestFirst order(pieces(1));
  order.done(&kinds[0], 5);
  EXPECT_EQ(next(order, 3), (Numbers{1, 2, 0}));
}

TEST(LongestFirst, GroupsMayLackPieces) {  // those that are kept from before
  LongestFirst order({{7, 1, &kinds[0]}, {8, 2, &kinds[0]}, {9, 2, &kinds[1]}, {1, 3, &kinds[1]}, {2, 4, &kinds[2]}});
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) order.done(&kinds[kind], 1 + static_cast<double>(kind));
  EXPECT_EQ(next(order, 5), (Numbers{7, 9, 8, 2, 1}));
}

}  // namespace
}  // namespace tinymlp::program
