#include "compare/comparison_table.h"

#include <algorithm>
#include <cmath>

#include "output/text_format.h"

namespace tinymlp::program {

namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string percent(std::optional<double> share) { return share ? fixed(100 * *share, 0) + "%" : "-"; }

/// Accuracies to four decimals, losses to six digits.
std::string score_text(const Judgement& judgement, double score) {
  if (!std::isfinite(score)) return "-";
  return judgement.higher_is_better ? fixed(score, 4) : six_digits(score);
}

std::string mean_text(const Judgement& judgement, const MeanInterval& mean) {
  const std::string text = score_text(judgement, mean.mean);
  return mean.half_width ? text + " ± " + score_text(judgement, *mean.half_width) : text;
}

/// Whether any variant has a share, so that a column is worth its place.
bool any(const Summary& summary, std::optional<double> VariantSummary::* share) {
  return std::ranges::any_of(summary.variants, [&](const VariantSummary& of) { return (of.*share).has_value(); });
}

/// The dimensions with several values.
std::vector<std::size_t> wide_dimensions(const Comparison& comparison) {
  std::vector<std::size_t> wide;
  for (std::size_t i = 0; i < comparison.dimensions.size(); ++i)
    if (comparison.dimensions[i].values.size() > 1) wide.push_back(i);
  return wide;
}

std::string markdown_table(const Rows& rows) {
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += "|";
    for (const std::string& cell : rows[i]) {
      text += " ";
      for (const char c : cell) text += c == '|' ? "\\|" : std::string(1, c);
      text += " |";
    }
    text += "\n";
    if (i > 0) continue;
    text += "|---|";
    for (std::size_t k = 1; k < rows[0].size(); ++k) text += "---:|";
    text += "\n";
  }
  return text;
}

}  // namespace

Rows ranked_rows(const Comparison& comparison, const Summary& summary, bool with_times) {
  const Judgement& judgement = comparison.judgement;
  const bool diverged = std::ranges::any_of(summary.variants, [](const VariantSummary& of) { return of.diverged > 0; });
  const bool dead = any(summary, &VariantSummary::dead), saturated = any(summary, &VariantSummary::saturated);
  const bool tuned = !comparison.tuned_rates.empty();
  Rows rows{{"variant", "median", "mean, 95% interval", "success", "epochs to target"}};
  std::vector<std::string>& head = rows[0];
  if (with_times) head.emplace_back("seconds");
  if (dead) head.emplace_back("dead");
  if (saturated) head.emplace_back("saturated");
  if (diverged) head.emplace_back("diverged");
  if (tuned) head.emplace_back("rate");
  head.insert(head.end(), {"linear model", "p", "effect"});
  for (const std::size_t i : summary.ranking.order) {
    const VariantSummary& of = summary.variants[i];
    std::vector<std::string> row{comparison.variants[i].label, score_text(judgement, of.median),
                                 mean_text(judgement, of.mean),
                                 percent(static_cast<double>(of.successes) / static_cast<double>(comparison.seeds)),
                                 std::isfinite(of.epochs_to_target) ? six_digits(of.epochs_to_target) : "never"};
    if (with_times) row.push_back(fixed(of.seconds, 3));
    if (dead) row.push_back(percent(of.dead));
    if (saturated) row.push_back(percent(of.saturated));
    if (diverged) row.push_back(std::to_string(of.diverged));
    if (tuned) row.push_back(comparison.tuned_rates[i]);
    row.push_back(score_text(judgement, comparison.linear[i]));
    const RankedPair* const pair = pair_of(summary, i);
    row.push_back(!pair ? "best" : pair->adjusted_p < 1e-4 ? "< 0.0001" : fixed(pair->adjusted_p, 4));
    row.push_back(pair ? fixed(pair->test.effect, 2) : "");
    rows.push_back(std::move(row));
  }
  return rows;
}

Rows grid_rows(const Comparison& comparison, const Summary& summary) {
  const std::vector<std::size_t> wide = wide_dimensions(comparison);
  if (wide.size() != 2) return {};
  const Dimension &down = comparison.dimensions[wide[0]], &across = comparison.dimensions[wide[1]];
  Rows rows{{down.option + " \\ " + across.option}};
  rows[0].insert(rows[0].end(), across.values.begin(), across.values.end());
  for (const std::string& value : down.values) {
    rows.push_back({value});
    for (const std::string& other : across.values)
      for (std::size_t i = 0; i < comparison.variants.size(); ++i)
        if (comparison.variants[i].choices[wide[0]] == value && comparison.variants[i].choices[wide[1]] == other)
          rows.back().push_back(score_text(comparison.judgement, summary.variants[i].median));
  }
  return rows;
}

std::string score_line(const Comparison& comparison) {
  const Judgement& judgement = comparison.judgement;
  return judgement.score + (judgement.higher_is_better ? " (higher is better)" : " (lower is better)") + ", " +
         std::to_string(comparison.seeds) +
         " seeds; success: " + (judgement.higher_is_better ? "at least " : "at most ") + six_digits(judgement.target);
}

std::string table_explanation() {
  return "p: of the signed-rank test of the best against this one, seed by seed, corrected by Holm. A winner is named "
         "only\n"
         "if it beats each other one, with 8 seeds or more: p < .05, and before the correction p < .025. effect: the\n"
         "matched-pairs rank-biserial correlation, 1 where the best is better with every seed. linear model: the score "
         "of\n"
         "the best affine map on the same data.\n";
}

std::string comparison_text(const Comparison& comparison, const Summary& summary) {
  std::string text = comparison.data + ": " + score_line(comparison) + "\n\n";
  text += table(ranked_rows(comparison, summary, true)) + "\n";
  if (const Rows grid = grid_rows(comparison, summary); !grid.empty()) text += "medians\n" + table(grid) + "\n";
  return text + verdict_line(comparison, summary);
}

std::string comparison_markdown(const Comparison& comparison, const Summary& summary) {
  std::string text = "# " + comparison.data + "\n\n" + score_line(comparison) + ".\n\n";
  text += markdown_table(ranked_rows(comparison, summary, false));
  if (const Rows grid = grid_rows(comparison, summary); !grid.empty()) text += "\nMedians:\n\n" + markdown_table(grid);
  return text + "\n**" + verdict_line(comparison, summary).substr(0, verdict_line(comparison, summary).size() - 1) +
         "**\n\n" + table_explanation();
}

}  // namespace tinymlp::program
