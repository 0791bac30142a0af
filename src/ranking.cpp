#include "tinymlp/ranking.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "call_text.h"
#include "tinymlp/error.h"

namespace tinymlp {

namespace {

void check_scores(const std::vector<std::vector<double>>& scores) {
  if (scores.empty()) throw InputError("there is nothing to rank");
  for (const auto& of_choice : scores)
    if (of_choice.size() != scores[0].size())
      throw ShapeError("a choice has " + std::to_string(of_choice.size()) + " scores, another " +
                       std::to_string(scores[0].size()));
}

std::vector<std::size_t> order_of(const std::vector<std::vector<double>>& scores, double sign) {
  std::vector<std::pair<double, double>> keys;  // falling
  for (const auto& of_choice : scores) keys.emplace_back(-sign * median(of_choice), -sign * mean(of_choice));
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return keys[i]; });
  return order;
}

/// Whether there is a winner, and the reason.
void decide(Ranking& ranking, Index seeds, double level) {
  if (ranking.pairs.empty()) {
    ranking.reason = "there is nothing to compare with";
    return;
  }
  if (seeds < fewest_seeds_for_winner) {
    ranking.reason = std::to_string(seeds) + (seeds == 1 ? " seed is" : " seeds are") +
                     " too few to name a winner: " + std::to_string(fewest_seeds_for_winner) + " are needed";
    return;
  }
  const auto count = std::ranges::count_if(ranking.pairs, &RankedPair::is_beaten);
  const auto others = static_cast<std::ptrdiff_t>(ranking.pairs.size());
  ranking.has_winner = count == others;
  if (ranking.has_winner)
    ranking.reason = others == 1 ? "it beats the other one" : "it beats each of the others";
  else if (count == 0)
    ranking.reason = others == 1 ? "the difference is not significant: p is not below " + number_text(level / 2)
                                 : "no difference to the best is significant";
  else
    ranking.reason = "the best beats " + std::to_string(count) + " of the " + std::to_string(others) +
                     " others; to the rest the difference is not significant";
}

}  // namespace

Ranking rank_choices(const std::vector<std::vector<double>>& scores, bool higher_is_better, double level) {
  check_scores(scores);
  Ranking ranking;
  ranking.order = order_of(scores, higher_is_better ? 1 : -1);
  const std::vector<double>& best = scores[ranking.order[0]];
  std::vector<double> p;
  for (std::size_t i = 1; i < ranking.order.size(); ++i) {
    const std::size_t other = ranking.order[i];
    ranking.pairs.push_back(
        {other, higher_is_better ? signed_rank_test(best, scores[other]) : signed_rank_test(scores[other], best), 1});
    p.push_back(ranking.pairs.back().test.p);
  }
  const std::vector<double> adjusted = holm(p);
  for (std::size_t i = 0; i < adjusted.size(); ++i) {
    RankedPair& pair = ranking.pairs[i];
    pair.adjusted_p = adjusted[i];
    pair.is_beaten = pair.test.effect > 0 && pair.test.p < level / 2 && pair.adjusted_p < level;
  }
  decide(ranking, static_cast<Index>(best.size()), level);
  return ranking;
}

}  // namespace tinymlp
