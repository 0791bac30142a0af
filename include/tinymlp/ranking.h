// Which of several choices is the best, each tried with the same seeds, and whether that can be said at all.
#pragma once
#include <string>
#include <vector>

#include "tinymlp/statistics.h"

namespace tinymlp {

/// The best choice against another one.
struct RankedPair {
  std::size_t other = 0;
  SignedRankTest test;    // of the best's scores against the other's, seed by seed; effect > 0: the best's are better
  double adjusted_p = 1;  // Holm's, over all others
};

struct Ranking {
  std::vector<std::size_t> order;  // the choices by their median scores, the best first; of equal ones by their means
  std::vector<RankedPair> pairs;   // the best against each other one, in that order
  bool has_winner = false;         // the best beats each other one
  std::string reason;              // why, or why not: "7 seeds are too few to name a winner: 8 are needed"
};

/// Below so many seeds no winner is named: five pairs cannot reach p < .05 whatever they are, and the smallest
/// probability of eight, 2/2⁸, leaves room for a correction by six.
inline constexpr Index fewest_seeds_for_winner = 8;

/// scores: (choices, seeds), each seed meaning the same data, initial draws and batches for all choices. A winner is
/// named if it beats every other choice at this level: a signed-rank test of each pair, corrected by Holm. Then the
/// chance to name one among equals is at most the level. Throws InputError if there is no choice, or a score is NaN;
/// ShapeError unless all have as many.
Ranking rank_choices(const std::vector<std::vector<double>>& scores, bool higher_is_better, double level = 0.05);

}  // namespace tinymlp
