#include "compare/summary.h"

#include <limits>

namespace tinymlp::program {

namespace {

std::optional<double> mean_of(const std::vector<TrialResult>& trials, std::optional<double> TrialResult::* share) {
  std::vector<double> values;
  for (const TrialResult& trial : trials)
    if (const std::optional<double>& value = trial.*share) values.push_back(*value);
  if (values.empty()) return std::nullopt;
  return mean(values);
}

std::vector<double> scores_of(const std::vector<TrialResult>& trials) {
  std::vector<double> scores;
  for (const TrialResult& trial : trials) scores.push_back(trial.score);
  return scores;
}

VariantSummary summarize_trials(const std::vector<TrialResult>& trials) {
  VariantSummary summary;
  const std::vector<double> scores = scores_of(trials);
  summary.median = median(scores);
  summary.mean = mean_interval(scores);
  std::vector<double> epochs, seconds;
  for (const TrialResult& trial : trials) {
    summary.successes += trial.success ? 1 : 0;
    summary.diverged += trial.divergence.empty() ? 0 : 1;
    epochs.push_back(trial.epochs_to_target ? static_cast<double>(*trial.epochs_to_target)
                                            : std::numeric_limits<double>::infinity());
    seconds.push_back(trial.seconds);
  }
  summary.epochs_to_target = median(epochs);
  summary.seconds = median(seconds);
  summary.dead = mean_of(trials, &TrialResult::dead);
  summary.saturated = mean_of(trials, &TrialResult::saturated);
  return summary;
}

}  // namespace

Summary summarize(const Comparison& comparison) {
  Summary summary;
  std::vector<std::vector<double>> scores;
  for (const auto& trials : comparison.trials) {
    summary.variants.push_back(summarize_trials(trials));
    scores.push_back(scores_of(trials));
  }
  summary.ranking = rank_choices(scores, comparison.judgement.higher_is_better);
  return summary;
}

const RankedPair* pair_of(const Summary& summary, std::size_t variant) {
  for (const RankedPair& pair : summary.ranking.pairs)
    if (pair.other == variant) return &pair;
  return nullptr;
}

std::string verdict_line(const Comparison& comparison, const Summary& summary) {
  const Ranking& ranking = summary.ranking;
  return (ranking.has_winner ? "winner: " + comparison.variants[ranking.order[0]].label + " (" + ranking.reason +
                                   ": signed-rank tests, each p < .025, corrected by Holm < .05)"
                             : "no winner: " + ranking.reason) +
         "\n";
}

}  // namespace tinymlp::program
