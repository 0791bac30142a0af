// Words layers and verdicts.
#include "output/health_report.h"

#include <nlohmann/json.hpp>

#include "call_text.h"
#include "output/text_format.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;

std::string number_or_dash(std::optional<double> number) { return number ? six_digits(*number) : "-"; }
std::string percent_or_dash(std::optional<double> share) { return share ? fixed(100 * *share, 1) + " %" : "-"; }
Json number_or_null(std::optional<double> number) { return number ? Json(*number) : Json(nullptr); }

}  // namespace

std::optional<double> update_ratio(const LayerHealth& layer, std::optional<double> learning_rate) {
  if (!learning_rate || !layer.gradient_norm || layer.weight_norm.value_or(0) == 0) return std::nullopt;
  return *learning_rate * *layer.gradient_norm / *layer.weight_norm;
}

std::vector<std::string> health_header() {
  return {"layer", "mean", "deviation", "dead", "saturated", "gradient", "update/weight"};
}

std::vector<std::vector<std::string>> health_rows(const std::vector<LayerHealth>& layers,
                                                  std::optional<double> learning_rate) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerHealth& layer = layers[i];
    rows.push_back({std::to_string(i) + "  " + layer.layer, six_digits(layer.mean), six_digits(layer.deviation),
                    percent_or_dash(layer.dead), percent_or_dash(layer.saturated), number_or_dash(layer.gradient_norm),
                    number_or_dash(update_ratio(layer, learning_rate))});
  }
  return rows;
}

std::string health_text(const std::vector<LayerHealth>& layers, std::optional<double> learning_rate) {
  auto rows = health_rows(layers, learning_rate);
  rows.insert(rows.begin(), health_header());
  return table(rows);
}

Json health_json(const std::vector<LayerHealth>& layers, std::optional<double> learning_rate) {
  Json all = Json::array();
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerHealth& layer = layers[i];
    all.push_back({{"index", i},
                   {"layer", layer.layer},
                   {"units", layer.units},
                   {"mean", layer.mean},
                   {"deviation", layer.deviation},
                   {"dead", number_or_null(layer.dead)},
                   {"saturated", number_or_null(layer.saturated)},
                   {"weight_norm", number_or_null(layer.weight_norm)},
                   {"gradient_norm", number_or_null(layer.gradient_norm)},
                   {"update_ratio", number_or_null(update_ratio(layer, learning_rate))}});
  }
  return all;
}

std::string health_event(Index epoch, const std::vector<LayerHealth>& layers, std::optional<double> learning_rate,
                         const std::vector<Verdict>& verdicts) {
  const Json json{{"event", "health"},
                  {"epoch", epoch},
                  {"layers", health_json(layers, learning_rate)},
                  {"verdicts", verdicts_json(verdicts)}};
  return json.dump() + "\n";
}

std::string health_csv_lines(const std::vector<LayerHealth>& layers, Index epoch, std::optional<double> learning_rate) {
  const auto cell = [](std::optional<double> number) { return "," + (number ? number_text(*number) : ""); };
  std::string text;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerHealth& layer = layers[i];
    text += std::to_string(epoch) + "," + std::to_string(i) + ",\"" + layer.layer + "\"";
    for (const std::optional<double> number :
         {std::optional(layer.mean), std::optional(layer.deviation), layer.dead, layer.saturated, layer.weight_norm,
          layer.gradient_norm, update_ratio(layer, learning_rate)})
      text += cell(number);
    text += "\n";
  }
  return text;
}

std::string verdicts_text(const std::vector<Verdict>& verdicts) {
  if (verdicts.empty()) return "no trouble found\n";
  std::string text;
  for (const Verdict& verdict : verdicts) text += verdict_line(verdict) + "\n";
  return text;
}

Json verdicts_json(const std::vector<Verdict>& verdicts) {
  Json all = Json::array();
  for (const Verdict& verdict : verdicts)
    all.push_back({{"what", verdict.what},
                   {"layer", verdict.layer ? Json(*verdict.layer) : Json(nullptr)},
                   {"text", verdict.text},
                   {"experiment", verdict.experiment}});
  return all;
}

}  // namespace tinymlp::program
