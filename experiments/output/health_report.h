// Words the health of a network's layers, for people and as JSON.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "health/verdicts.h"
#include "tinymlp/layer_health.h"

namespace tinymlp::program {

/// learning_rate: of the training; without it nothing is said about the size of steps.
std::string health_text(const std::vector<LayerHealth>& layers, std::optional<double> learning_rate);
/// The same as cells: a row for each layer.
std::vector<std::string> health_header();
std::vector<std::vector<std::string>> health_rows(const std::vector<LayerHealth>& layers,
                                                  std::optional<double> learning_rate);
/// "layers" and "verdicts" as JSON arrays.
nlohmann::ordered_json health_json(const std::vector<LayerHealth>& layers, std::optional<double> learning_rate);
nlohmann::ordered_json verdicts_json(const std::vector<Verdict>& verdicts);

/// The event of --diagnostics, one line: the epoch, its layers and verdicts.
std::string health_event(Index epoch, const std::vector<LayerHealth>& layers, std::optional<double> learning_rate,
                         const std::vector<Verdict>& verdicts);

/// The first line of health.csv, and the lines of one epoch, one for each layer; empty where something does not apply.
constexpr const char* health_csv_header =
    "epoch,layer,name,mean,deviation,dead,saturated,weight_norm,gradient_norm,update_ratio\n";
std::string health_csv_lines(const std::vector<LayerHealth>& layers, Index epoch, std::optional<double> learning_rate);

/// The verdicts for people, a line each; that there are none.
std::string verdicts_text(const std::vector<Verdict>& verdicts);

/// How far one step of plain gradient descent moves the weights, in their own norm: η ‖dw‖ / ‖w‖. Nothing without
/// weights.
std::optional<double> update_ratio(const LayerHealth& layer, std::optional<double> learning_rate);

}  // namespace tinymlp::program
