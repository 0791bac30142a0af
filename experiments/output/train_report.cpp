// Words what train tells.
#include "output/train_report.h"

#include "model/description.h"
#include "output/text_format.h"

namespace tinymlp::program {

namespace {

/// "1 row", "2 rows"
std::string count_of(Index number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

/// The activations between the layers, each once: "tanh, relu".
std::string activations_text(const ModelDescription& model) {
  std::string text, before;
  for (const std::string& layer : model.layers) {
    if (layer.starts_with("Dense") || layer == before) continue;
    text += ", " + layer;
    before = layer;
  }
  return text;
}

std::string position_text(Index epochs, Index steps) {
  std::string text = "after " + count_of(epochs, "epoch");
  if (steps > 0) text += " and " + count_of(steps, "step") + " of the next";
  return text;
}

std::string metrics_table(const RunRecord& record) {
  std::vector<std::pair<std::string, std::string>> rows;
  const auto add = [&](const std::string& part, double loss, std::optional<double> accuracy) {
    rows.emplace_back(part + " loss", six_digits(loss));
    if (accuracy) rows.emplace_back(part + " accuracy", fixed(*accuracy, 4));
  };
  if (record.last) add("train", record.last->loss, record.last->accuracy);
  if (record.validation) add("validation", record.validation->loss, record.validation->accuracy);
  if (record.test) add("test", record.test->loss, record.test->accuracy);
  if (record.best_epoch) rows.emplace_back("best epoch", std::to_string(*record.best_epoch));
  rows.emplace_back("epochs", std::to_string(record.epochs));
  rows.emplace_back("seconds", fixed(record.seconds, 3));
  return named_values(rows);
}

}  // namespace

void report_start(const Verbosity& verbosity, const RunRecord& record) {
  if (verbosity.json && !verbosity.quiet) print(start_event(record));
  const auto classes = static_cast<Index>(record.model.class_names.size());
  remark(
      verbosity,
      "data     " + record.data.name + ": " + count_of(record.data.training_rows, "row") + " to train on, " +
          (record.data.validation_rows > 0 ? std::to_string(record.data.validation_rows) + " to validate on, " : "") +
          std::to_string(record.data.test_rows) + " to test on, " + count_of(record.model.inputs, "feature") +
          (classes > 0 ? ", " + std::to_string(classes) + " classes" : ""));
  remark(verbosity,
         "network  " + sizes_text(record.model) + activations_text(record.model) + ", " +
             count_of(record.parameters, "parameter") + ", loss " + record.model.loss + ", on " +
             (record.device == "cpu" ? "the cpu with " + count_of(record.threads, "thread") : record.device));
}

void report_resumption(const Verbosity& verbosity, Index epochs, Index steps) {
  remark(verbosity, epochs + steps == 0 ? "resumed  from the beginning: there was no checkpoint yet"
                                        : "resumed  " + position_text(epochs, steps));
}

void report_result(const Verbosity& verbosity, const RunRecord& record, const std::string& directory) {
  if (verbosity.json) print(result_event(record, directory));
  if (record.status == RunStatus::interrupted) return;
  if (verbosity.json) return;
  print(metrics_table(record));
  if (record.stopped_early && record.best_epoch)
    remark(verbosity, "early stopping: no lower validation loss since epoch " + std::to_string(*record.best_epoch) +
                          ", whose weights these are");
  if (!directory.empty()) remark(verbosity, "the run is kept in " + directory);
}

std::string position_text(const RunRecord& record) { return position_text(record.epochs, record.steps); }

std::string run_title(const RunRecord& record) {
  return record.data.name + ": " + sizes_text(record.model) + activations_text(record.model) + ", " +
         count_of(record.epochs, "epoch");
}

}  // namespace tinymlp::program
