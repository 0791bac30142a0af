#include "collapse/collapse_report.h"

#include <nlohmann/json.hpp>

#include "model/description.h"
#include "output/text_format.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;
using Lines = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t most_numbers = 6;

std::string layers_text(const ModelDescription& description) {
  std::string text;
  for (const std::string& layer : description.layers) text += (text.empty() ? "" : ", ") + layer;
  return text;
}

/// "(1.5, -2, ...)"
std::string point_text(const std::vector<double>& point) {
  std::string text = "(";
  for (std::size_t i = 0; i < point.size() && i < most_numbers; ++i) text += (i > 0 ? ", " : "") + six_digits(point[i]);
  return text + (point.size() > most_numbers ? ", ..." : "") + ")";
}

std::string difference_text(const OutputDifference& difference) {
  std::string text = six_digits(difference.largest) + " over " + std::to_string(difference.rows) +
                     " rows, the largest output being " + six_digits(difference.largest_output);
  if (difference.in_double) text += "; in double " + six_digits(*difference.in_double);
  return text;
}

void add_optimum(Lines& lines, const OptimumDistance& distance, bool affine) {
  const LinearFit& optimum = distance.optimum;
  const std::string how = optimum.method + (optimum.separable ? ": a plane separates the classes, the loss can go to 0"
                                            : optimum.converged ? ""
                                                                : ", not yet converged: the gradient's norm is " +
                                                                      six_digits(optimum.gradient_norm));
  lines.emplace_back("training loss", six_digits(distance.loss));
  lines.emplace_back("best affine map's", six_digits(distance.best_loss) + " (" + how + ")");
  lines.emplace_back(affine ? "above the optimum" : "below the best affine map",
                     six_digits(affine ? distance.loss - distance.best_loss : distance.best_loss - distance.loss));
  if (distance.weights) lines.emplace_back("weights from its", six_digits(*distance.weights) + " of their norm");
}

std::string witness_text(const AffinityWitness& witness) {
  const auto value = [&](const std::vector<double>& values) { return six_digits(values[witness.output]); };
  const double expected = (witness.f_x[witness.output] + witness.f_y[witness.output]) / 2;
  return "three points refute that the network f is one affine map (output " + std::to_string(witness.output + 1) +
         "):\n" +
         table({{"point", "at", "f"},
                {"x", point_text(witness.x), value(witness.f_x)},
                {"y", point_text(witness.y), value(witness.f_y)},
                {"(x + y)/2", point_text(witness.middle), value(witness.f_middle)},
                {"(f(x) + f(y))/2", "of an affine map", six_digits(expected)},
                {"gap", "", six_digits(witness.gap)}});
}

Json difference_json(const OutputDifference& difference) {
  Json json{{"rows", difference.rows},
            {"largest_difference", difference.largest},
            {"largest_output", difference.largest_output}};
  if (difference.in_double) json["largest_difference_in_double"] = *difference.in_double;
  return json;
}

Json optimum_json(const OptimumDistance& distance) {
  Json json{{"method", distance.optimum.method},
            {"converged", distance.optimum.converged},
            {"separable", distance.optimum.separable},
            {"gradient_norm", distance.optimum.gradient_norm},
            {"loss", distance.loss},
            {"best_loss", distance.best_loss},
            {"gap", distance.loss - distance.best_loss}};
  if (distance.weights) json["relative_weight_distance"] = *distance.weights;
  return json;
}

const char* verdict(const Collapse& collapse) {
  return collapse.folded.map ? "affine" : collapse.witness ? "not affine" : "not refuted";
}

}  // namespace

std::string collapse_text(const Subject& subject, const Collapse& collapse) {
  const bool affine = collapse.folded.map.has_value();
  Lines lines{{"network", layers_text(subject.description)},
              {"parameters", std::to_string(collapse.parameters_before)},
              {"folded", layers_text(collapse.folded.description)},
              {"its parameters", std::to_string(collapse.parameters_after)}};
  if (collapse.rank)
    lines.emplace_back("rank of W", std::to_string(collapse.rank->rank) + " of at most " +
                                        std::to_string(collapse.rank->singular_values.size()) + ", singular values " +
                                        point_text(collapse.rank->singular_values));
  if (collapse.over_data) lines.emplace_back("difference, data", difference_text(*collapse.over_data));
  lines.emplace_back("difference, random", difference_text(collapse.over_random));
  if (collapse.optimum) add_optimum(lines, *collapse.optimum, affine);
  const std::string text = named_values(lines) + "\n";
  if (affine)
    return text + "the network is one affine map y = W x + b, W of shape (" +
           std::to_string(collapse.folded.map->outputs) + ", " + std::to_string(collapse.folded.map->inputs) +
           "): its depth adds nothing that one layer lacks\n";
  if (collapse.witness) return text + witness_text(*collapse.witness);
  return text +
         "the layers between are no affine ones, but no three points were found that refute it: where it was looked "
         "at, the network is as good as one affine map\n";
}

std::string collapse_json(const Subject& subject, const Collapse& collapse) {
  Json json{{"verdict", verdict(collapse)},
            {"layers", subject.description.layers},
            {"parameters", collapse.parameters_before},
            {"folded_layers", collapse.folded.description.layers},
            {"folded_parameters", collapse.parameters_after}};
  if (const auto& map = collapse.folded.map) json["folded_shape"] = {map->outputs, map->inputs};
  if (collapse.rank) json["rank"] = collapse.rank->rank;
  if (collapse.rank) json["singular_values"] = collapse.rank->singular_values;
  if (collapse.over_data) json["data"] = difference_json(*collapse.over_data);
  json["random"] = difference_json(collapse.over_random);
  if (collapse.optimum) json["optimum"] = optimum_json(*collapse.optimum);
  if (const auto& witness = collapse.witness)
    json["witness"] = {{"x", witness->x},           {"y", witness->y},     {"middle", witness->middle},
                       {"f_x", witness->f_x},       {"f_y", witness->f_y}, {"f_middle", witness->f_middle},
                       {"output", witness->output}, {"gap", witness->gap}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tinymlp::program
