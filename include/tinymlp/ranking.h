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
  bool is_beaten = false;
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

/// scores: (choices, seeds), each seed meaning the same data, initial draws and batches for all choices. The best beats
/// another if it has the better ranks, the signed-rank test of the two says p < level / 2, and that p, corrected by
/// Holm for the number of others, is below the level. A winner is named if it beats every other choice. Among equals
/// one is then named with a chance of at most level / 2: of two equals the test is wrong as often as its own bound
/// allows, and each further one would have to be beaten as well. The whole level as the bound of each pair would be
/// wrong in one of twenty comparisons of two equals, with nothing to spare. Throws InputError if there is no choice, or
/// a score is NaN; ShapeError unless all have as many.
Ranking rank_choices(const std::vector<std::vector<double>>& scores, bool higher_is_better, double level = 0.05);

}  // namespace tinymlp
