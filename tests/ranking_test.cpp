#include "tinymlp/ranking.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "support.h"
#include "tinymlp/random.h"

namespace tinymlp {
namespace {

using Scores = std::vector<std::vector<double>>;

/// Random scores of equal choices, as accuracies on so many test rows: with ties.
Scores equal_choices(std::size_t choices, int seeds, int rows, std::uint32_t comparison) {
  Random random(1, Purpose::check, comparison);
  Scores scores(choices);
  for (auto& of_choice : scores)
    for (int i = 0; i < seeds; ++i)
      of_choice.push_back(std::round(std::clamp(0.8 + 0.1 * random.normal(), 0.0, 1.0) * rows) / rows);
  return scores;
}

TEST(RankChoices, NamesAClearWinner) {
  const Scores scores{{.5, .6, .5, .6, .7, .5, .6, .5}, {.9, .9, .8, .9, .95, .9, .85, .9}};
  const Ranking ranking = rank_choices(scores, true);
  EXPECT_EQ(ranking.order, (std::vector<std::size_t>{1, 0}));
  EXPECT_TRUE(ranking.has_winner);
  ASSERT_EQ(ranking.pairs.size(), 1U);
  EXPECT_EQ(ranking.pairs[0].other, 0U);
  EXPECT_EQ(ranking.pairs[0].test.p, 2.0 / 256);
  EXPECT_EQ(ranking.pairs[0].test.effect, 1);
  const Ranking losses = rank_choices(scores, false);
  EXPECT_EQ(losses.order, (std::vector<std::size_t>{0, 1}));
  EXPECT_TRUE(losses.has_winner);
  EXPECT_EQ(losses.pairs[0].test.effect, 1);
}

TEST(RankChoices, NamesNoneBelowEightSeeds) {
  Scores scores{{1, 2, 3, 4, 5, 6, 7}, {0, 0, 0, 0, 0, 0, 0}};
  Ranking ranking = rank_choices(scores, true);
  EXPECT_FALSE(ranking.has_winner);
  EXPECT_EQ(ranking.reason, "7 seeds are too few to name a winner: 8 are needed");
  scores[0].push_back(8);
  scores[1].push_back(0);
  EXPECT_TRUE(rank_choices(scores, true).has_winner);
}

TEST(RankChoices, AWinnerBeatsEveryOther) {
  Scores scores(3);
  for (int i = 0; i < 12; ++i) {
    scores[0].push_back(10 + i % 2);
    scores[1].push_back(10 + (i + 1) % 2);  // as good as the first
    scores[2].push_back(i % 3);
  }
  const Ranking ranking = rank_choices(scores, true);
  EXPECT_FALSE(ranking.has_winner);
  EXPECT_NE(ranking.reason.find("beats 1 of the 2 others"), std::string::npos) << ranking.reason;
  EXPECT_EQ(ranking.order[2], 2U);
}

TEST(RankChoices, CorrectsForTheirNumber) {
  Scores scores(7);  // one pair of eight has p = .0078, times six is below .05; with seven others it is not
  for (int i = 0; i < 8; ++i) {
    scores[0].push_back(100 + i);
    for (std::size_t k = 1; k < 7; ++k) scores[k].push_back(static_cast<double>(k));
  }
  EXPECT_TRUE(rank_choices(scores, true).has_winner);
  scores.push_back(scores[1]);
  EXPECT_FALSE(rank_choices(scores, true).has_winner);
}

TEST(RankChoices, EachPairMustBeBelowHalfTheLevel) {
  // Eight pairs, all for the first but the k-th smallest difference: p = 2, 4, 6, 10 of 256.
  const auto with_one_against = [](int k) {
    Scores scores(2);
    for (int i = 1; i <= 8; ++i) {
      scores[0].push_back(i == k ? 0 : i);
      scores[1].push_back(i == k ? i : 0);
    }
    return rank_choices(scores, true);
  };
  const Ranking third = with_one_against(2), fourth = with_one_against(3);
  EXPECT_EQ(third.pairs[0].test.p, 6.0 / 256);
  EXPECT_TRUE(third.has_winner);
  EXPECT_EQ(fourth.pairs[0].test.p, 10.0 / 256);  // below .05, but not below .025
  EXPECT_FALSE(fourth.has_winner);
  EXPECT_EQ(fourth.reason, "the difference is not significant: p is not below 0.025");
}

TEST(RankChoices, TheSameUnderTwoNamesIsNoWinner) {
  for (std::uint32_t comparison = 0; comparison < 50; ++comparison) {
    Scores scores = equal_choices(1, 20, 250, comparison);
    scores.push_back(scores[0]);
    EXPECT_FALSE(rank_choices(scores, true).has_winner);
  }
}

/// In how many of so many comparisons of equal choices a winner is named; `worse` further choices are far below.
int named_among_equals(std::size_t choices, int seeds, int rows, int comparisons, std::size_t worse = 0) {
  int named = 0;
  for (int i = 0; i < comparisons; ++i) {
    Scores scores = equal_choices(choices + worse, seeds, rows, static_cast<std::uint32_t>(i));
    for (std::size_t k = choices; k < scores.size(); ++k)
      for (double& score : scores[k]) score -= 1;
    named += rank_choices(scores, true).has_winner ? 1 : 0;
  }
  return named;
}

TEST(RankChoices, AmongEqualsAWinnerIsNamedInAtMostOneOfTwentyComparisons) {
  for (const std::size_t choices : {2U, 3U, 5U})
    for (const int seeds : {8, 20, 30})
      for (const int rows : {20, 250})  // many ties, few ties
        EXPECT_LE(named_among_equals(choices, seeds, rows, 400), 20)
            << choices << " choices, " << seeds << " seeds, " << rows << " rows";
  EXPECT_LE(named_among_equals(2, 20, 250, 400, 2), 20) << "beside two far worse ones";
}

TEST(RankChoices, TheChanceToNameOneAmongEqualsIsHalfTheLevel) {
  // Of 4000 comparisons 100 are expected, give or take 9.9 by chance: three of those on either side.
  for (const int seeds : {20, 30}) {
    const int named = named_among_equals(2, seeds, 10'000, 4000);
    EXPECT_GE(named, 70) << seeds;
    EXPECT_LE(named, 130) << seeds;
  }
}

TEST(RankChoices, FindsADifferenceThatIsThere) {
  int named = 0;
  for (std::uint32_t i = 0; i < 100; ++i) {
    Scores scores = equal_choices(2, 20, 250, i);
    for (double& score : scores[0]) score += 0.15;
    named += rank_choices(scores, true).has_winner ? 1 : 0;
  }
  EXPECT_GE(named, 90);
}

TEST(RankChoices, ADivergedRunIsTheWorst) {
  const double worst = std::numeric_limits<double>::infinity();
  const Scores losses{{worst, worst, worst, worst, worst, 1, 1, 1, 1}, {2, 2, 2, 2, 2, 2, 2, 2, 2}};
  EXPECT_EQ(rank_choices(losses, false).order[0], 1U);
}

TEST(RankChoices, RefusesWhatCannotBeRanked) {
  expect_error<InputError>("nothing to rank", [] { rank_choices({}, true); });
  expect_error<ShapeError>("1 scores, another 2", [] { rank_choices({{1, 2}, {1}}, true); });
  EXPECT_EQ(rank_choices({{1, 2}}, true).reason, "there is nothing to compare with");
}

}  // namespace
}  // namespace tinymlp
