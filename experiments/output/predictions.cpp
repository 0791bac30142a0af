// Words predictions, with all digits that floats and doubles have.
#include "output/predictions.h"

#include <nlohmann/json.hpp>

#include "call_text.h"
#include "io/csv_writer.h"
#include "model/outputs.h"

namespace tinymlp::program {

namespace {

/// A text as a JSON string.
std::string json_text(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::string> share_names(const std::vector<std::string>& class_names) {
  std::vector<std::string> names;
  for (const std::string& name : class_names) names.push_back("p(" + name + ")");
  return names;
}

/// For each row calls `number` with its prediction, or `classes` with the class's index and the share of each.
void for_each_row(std::span<const float> outputs, Index rows, const ModelDescription& description, const auto& number,
                  const auto& classes) {
  const std::size_t width = outputs.size() / static_cast<std::size_t>(rows);
  for (std::size_t at = 0; at < outputs.size(); at += width) {
    const std::span<const float> row = outputs.subspan(at, width);
    if (description.task == Task::regression)
      number(row[0]);
    else
      classes(static_cast<std::size_t>(predicted_class(row, *description.threshold())), class_shares(row, description));
  }
}

}  // namespace

std::string predictions_csv(std::span<const float> outputs, Index rows, const ModelDescription& description) {
  std::vector<std::string> labels;
  std::string text = "prediction";
  for (const std::string& name : description.class_names) labels.push_back(csv_text(name));
  for (const std::string& name : share_names(description.class_names)) text += ',' + csv_text(name);
  text += '\n';
  for_each_row(
      outputs, rows, description, [&](float number) { text += number_text(number) + '\n'; },
      [&](std::size_t label, const std::vector<double>& shares) {
        text += labels.at(label);
        for (const double share : shares) text += ',' + number_text(share);
        text += '\n';
      });
  return text;
}

std::string predictions_json(std::span<const float> outputs, Index rows, const ModelDescription& description) {
  std::vector<std::string> labels, names;
  for (const std::string& name : description.class_names) labels.push_back(json_text(name));
  for (const std::string& name : share_names(description.class_names)) names.push_back(json_text(name));
  std::string text;
  for_each_row(
      outputs, rows, description, [&](float number) { text += "{\"prediction\":" + number_text(number) + "}\n"; },
      [&](std::size_t label, const std::vector<double>& shares) {
        text += "{\"prediction\":" + labels.at(label);
        for (std::size_t i = 0; i < shares.size(); ++i) text += ',' + names.at(i) + ':' + number_text(shares[i]);
        text += "}\n";
      });
  return text;
}

}  // namespace tinymlp::program
