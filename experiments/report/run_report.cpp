// Fills the page of a run.
#include "report/run_report.h"

#include <algorithm>
#include <functional>

#include "health/verdicts.h"
#include "model/description.h"
#include "output/health_report.h"
#include "output/text_format.h"
#include "output/train_report.h"
#include "report/page.h"
#include "report/settings_table.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t most_points = 1000;  // of a curve: more cannot be seen, and make a large file

using ByEpoch = std::function<std::optional<double>(const EpochRecord&)>;

/// Curves over the epochs; those that never have a value are left out.
Chart epoch_chart(const std::vector<EpochRecord>& epochs, const std::string& what,
                  const std::vector<std::pair<std::string, ByEpoch>>& curves) {
  Chart chart{.title = what, .x_label = "epoch", .y_label = what, .x = {}, .series = {}, .logarithmic = false};
  const std::size_t stride = (epochs.size() + most_points - 1) / most_points;
  for (std::size_t i = 0; i < epochs.size(); i += stride)
    chart.x.push_back(static_cast<double>(epochs[i].training.epoch));
  for (const auto& [name, value] : curves) {
    ChartSeries series{name, {}};
    for (std::size_t i = 0; i < epochs.size(); i += stride) series.values.push_back(value(epochs[i]));
    if (std::ranges::any_of(series.values, [](const auto& one) { return one.has_value(); }))
      chart.series.push_back(std::move(series));
  }
  return chart;
}

std::optional<double> loss_of(const std::optional<Metrics>& metrics) {
  return metrics ? std::optional(metrics->loss) : std::nullopt;
}
std::optional<double> accuracy_of(const std::optional<Metrics>& metrics) {
  return metrics ? metrics->accuracy : std::nullopt;
}

/// Whether the values differ so much that only a logarithmic axis shows them all.
bool needs_logarithm(const Chart& chart) {
  double lowest = 1e300, highest = 0;
  for (const ChartSeries& series : chart.series)
    for (const auto& value : series.values)
      if (value) {
        lowest = std::min(lowest, *value);
        highest = std::max(highest, *value);
      }
  return lowest > 0 && highest > 30 * lowest;
}

void add_curves(Page& page, const std::vector<EpochRecord>& epochs) {
  if (epochs.empty()) return;
  page.heading("How it went");
  Chart loss = epoch_chart(epochs, "loss",
                           {{"training", [](const EpochRecord& epoch) { return epoch.training.loss; }},
                            {"validation", [](const EpochRecord& epoch) { return loss_of(epoch.validation); }},
                            {"test", [](const EpochRecord& epoch) { return loss_of(epoch.test); }}});
  loss.logarithmic = needs_logarithm(loss);
  page.chart(loss);
  const Chart accuracy =
      epoch_chart(epochs, "accuracy",
                  {{"training", [](const EpochRecord& epoch) { return epoch.training.accuracy; }},
                   {"validation", [](const EpochRecord& epoch) { return accuracy_of(epoch.validation); }},
                   {"test", [](const EpochRecord& epoch) { return accuracy_of(epoch.test); }}});
  if (!accuracy.series.empty()) page.chart(accuracy);
}

void add_results(Page& page, const RunRecord& record) {
  PageTable table{{"part", "rows", "loss", "accuracy"}, {}};
  const auto add = [&](const char* part, Index rows, double loss, std::optional<double> accuracy) {
    table.rows.push_back({part, std::to_string(rows), six_digits(loss), accuracy ? fixed(*accuracy, 4) : "-"});
  };
  if (record.last) add("training", record.data.training_rows, record.last->loss, record.last->accuracy);
  if (const auto& metrics = record.validation)
    add("validation", record.data.validation_rows, metrics->loss, metrics->accuracy);
  if (const auto& metrics = record.test) add("test", record.data.test_rows, metrics->loss, metrics->accuracy);
  if (table.rows.empty()) return;
  page.heading("What came out");
  if (record.divergence) page.verdict(false, "diverged", record.divergence->what());
  page.table(table);
  const std::string of_which =
      record.best_epoch ? "epoch " + std::to_string(*record.best_epoch) + ", the best on the validation part."
                        : "the end.";
  page.paragraph("The loss is " + record.model.loss +
                 ". Training figures are means over the last epoch, each row's from before the step that learnt from "
                 "it; the others are of the weights of " +
                 of_which);
}

void add_figures(Page& page, const RunFigures& figures) {
  if (const auto& boundary = figures.boundary) {
    page.heading("What the network draws");
    page.picture(boundary->bytes, boundary->description);
  }
  if (const auto& animation = figures.animation) {
    page.heading("How the boundary moved");
    page.animation(animation->bytes, figures.boundary ? figures.boundary->bytes : "", animation->description);
  }
  if (figures.pictures.empty()) return;
  page.heading("Inside the network");
  for (const RunPicture& picture : figures.pictures) page.picture(picture.bytes, picture.description);
}

void add_layers(Page& page, const std::vector<LayerHealth>& layers, const RunRecord& record) {
  std::optional<double> rate;
  if (record.last) rate = record.last->learning_rate;
  page.heading("Layer by layer");
  page.table({health_header(), health_rows(layers, rate)});
  const std::vector<Verdict> found = verdicts(layers);
  for (const Verdict& verdict : found) page.verdict(false, verdict.what, verdict_line(verdict));
  if (found.empty()) page.verdict(true, "healthy", "no trouble found");
  page.paragraph(
      "Over the training rows, of which at most 4096 are looked at. Deviation: how much a unit's number differs from "
      "row to row. Dead: units that are flat in every row. Saturated: what lies where its curve is flat. Gradient: the "
      "norm of the loss's gradient by the layer's weights.");
}

std::string summary(const RunRecord& record) {
  return std::to_string(record.parameters) + " parameters, trained on " + record.device + " in " +
         fixed(record.seconds, record.seconds < 10 ? 2 : 0) + " s, " + record.start + ".";
}

}  // namespace

std::string run_report(const RunRecord& record, const std::vector<EpochRecord>& epochs,
                       const std::vector<LayerHealth>& layers, const RunFigures& figures,
                       const std::string& directory) {
  Page page(run_title(record), summary(record));
  add_results(page, record);
  add_curves(page, epochs);
  add_figures(page, figures);
  add_layers(page, layers, record);
  page.heading("Settings");
  page.table(settings_table(record.settings));
  page.heading("Again");
  page.commands({"tinymlp train --config " + directory + "/run.json --out " + directory + "-again",
                 "tinymlp inspect " + directory + " --data " + record.data.name});
  return page.html();
}

}  // namespace tinymlp::program
