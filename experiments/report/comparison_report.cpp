// Fills the page of a comparison.
#include "report/comparison_report.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "compare/comparison_figures.h"
#include "compare/comparison_table.h"
#include "report/page.h"
#include "report/settings_table.h"
#include "tinymlp/io/file.h"

namespace tinymlp::program {

namespace {

PageTable page_table(std::vector<std::vector<std::string>> rows) {
  PageTable table{rows.front(), {}};
  table.rows.assign(std::make_move_iterator(rows.begin() + 1), std::make_move_iterator(rows.end()));
  return table;
}

void add_curves(Page& page, const Comparison& comparison, const Summary& summary) {
  const MedianCurves curves = median_curves(comparison, summary);
  if (curves.curves.empty()) return;
  Chart chart{.title = "Medians over the seeds",
              .x_label = "epoch",
              .y_label = comparison.judgement.score,
              .x = curves.epochs,
              .series = {},
              .logarithmic = !comparison.judgement.higher_is_better};
  for (const auto& [label, medians] : curves.curves) {
    ChartSeries series{label, {}};
    for (const double median : medians)
      series.values.push_back(std::isfinite(median) ? std::optional(median) : std::nullopt);
    chart.series.push_back(std::move(series));
  }
  page.chart(chart);
}

void add_picture(Page& page, const std::filesystem::path& file, const std::string& description) {
  std::error_code unknown;
  if (std::filesystem::exists(file, unknown)) page.picture(read_file(file), description);
}

/// What all variants have in common.
Settings common_settings(const Comparison& comparison) {
  Settings common = comparison.variants[0].settings();
  for (const Variant& variant : comparison.variants) {
    const Settings other = variant.settings();
    std::erase_if(common, [&](const auto& setting) { return std::ranges::find(other, setting) == other.end(); });
  }
  return common;
}

}  // namespace

std::string comparison_report(const Comparison& comparison, const Summary& summary,
                              const std::filesystem::path& directory) {
  Page page("Comparison on " + comparison.data, score_line(comparison) + ".");
  std::string verdict = verdict_line(comparison, summary);
  while (verdict.ends_with('\n')) verdict.pop_back();
  page.verdict(true, "Verdict", verdict);
  page.table(page_table(ranked_rows(comparison, summary, false)));
  page.paragraph(table_explanation());
  if (auto grid = grid_rows(comparison, summary); !grid.empty()) {
    page.heading("Medians over both options");
    page.table(page_table(std::move(grid)));
  }
  page.heading("Learning");
  add_curves(page, comparison, summary);
  add_picture(page, directory / "curves.svg", "Medians of the seeds, with bands from quartile to quartile");
  page.heading("Every run");
  add_picture(page, directory / "scores.svg", "The scores of all seeds, and the best linear model's");
  add_picture(page, directory / "success.svg", "How many runs succeed");
  page.heading("Settings that all have");
  page.table(settings_table(common_settings(comparison)));
  return page.html();
}

}  // namespace tinymlp::program
