// Puts curves and the catalogue of activations into texts.
#include "output/activation_report.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "call_text.h"
#include "output/text_format.h"
#include "tinymlp/activations.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;

/// A column's name, in quotes where it holds a comma: "hard-tanh(-1, 1)".
std::string field(const std::string& name) { return name.find(',') == std::string::npos ? name : '"' + name + '"'; }

/// "[0, ∞)"
std::string interval_text(const Interval& interval) {
  const auto bound = [](double number) {
    return std::isinf(number) ? std::string(number < 0 ? "-∞" : "∞") : six_digits(number);
  };
  return (interval.with_low ? "[" : "(") + bound(interval.low) + ", " + bound(interval.high) +
         (interval.with_high ? "]" : ")");
}

/// "slope = 0.01"
std::string parameters_text(const ActivationEntry& entry) {
  std::string text;
  for (const auto& [name, value] : entry.parameters)
    text += (text.empty() ? "" : ", ") + name + " = " + number_text(value);
  return text.empty() ? "none" : text;
}

Json number_or_null(double number) { return std::isfinite(number) ? Json(number) : Json(); }

/// The shortest decimal number for a float: 0.1, not 0.10000000149011612.
double as_written(Scalar number) { return std::stod(number_text(number)); }

Json numbers_json(const std::vector<Scalar>& numbers) {
  Json json = Json::array();
  for (const Scalar number : numbers) json.push_back(std::isfinite(number) ? Json(as_written(number)) : Json());
  return json;
}

}  // namespace

std::string curves_table(const std::vector<ActivationCurve>& curves, const std::vector<Scalar>& x) {
  std::vector<std::vector<std::string>> rows{{"x"}};
  for (const ActivationCurve& curve : curves) {
    rows[0].push_back(curve.name);
    rows[0].emplace_back("derivative");
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    rows.push_back({six_digits(static_cast<double>(x[i]))});
    for (const ActivationCurve& curve : curves)
      for (const Scalar number : {curve.value[i], curve.derivative[i]})
        rows.back().push_back(six_digits(static_cast<double>(number)));
  }
  return table(rows);
}

std::string curves_csv(const std::vector<ActivationCurve>& curves, const std::vector<Scalar>& x) {
  std::string text = "x";
  for (const ActivationCurve& curve : curves) text += "," + field(curve.name) + "," + field(curve.name + " derivative");
  text += "\n";
  for (std::size_t i = 0; i < x.size(); ++i) {
    text += number_text(x[i]);
    for (const ActivationCurve& curve : curves)
      text += "," + number_text(curve.value[i]) + "," + number_text(curve.derivative[i]);
    text += "\n";
  }
  return text;
}

std::string curves_json(const std::vector<ActivationCurve>& curves, const std::vector<Scalar>& x) {
  std::string text;
  const Json numbers = numbers_json(x);
  for (const ActivationCurve& curve : curves) {
    const Json json{{"activation", curve.name},
                    {"x", numbers},
                    {"value", numbers_json(curve.value)},
                    {"derivative", numbers_json(curve.derivative)}};
    text += json.dump() + "\n";
  }
  return text;
}

std::string catalogue_text() {
  std::string text;
  for (const ActivationEntry& entry : activation_catalogue()) {
    const ActivationFacts& facts = entry.facts;
    text += entry.name + "\n" +
            named_values({{"  value", std::string(facts.value)},
                          {"  derivative", std::string(facts.derivative)},
                          {"  parameters", parameters_text(entry)},
                          {"  range", interval_text(facts.range)},
                          {"  zero-centred", facts.zero_centred ? "yes" : "no"},
                          {"  monotone", facts.monotone ? "yes" : "no"},
                          {"  Lipschitz", std::isinf(facts.lipschitz) ? "∞" : six_digits(facts.lipschitz)},
                          {"  initializer", std::string(facts.initializer)},
                          {"  paper", std::string(facts.paper)}});
  }
  return text;
}

std::string catalogue_json() {
  std::string text;
  for (const ActivationEntry& entry : activation_catalogue()) {
    const ActivationFacts& facts = entry.facts;
    Json parameters = Json::object();
    for (const auto& [name, value] : entry.parameters) parameters[name] = as_written(value);
    const Json json{{"activation", entry.name},
                    {"formula", facts.value},
                    {"derivative", facts.derivative},
                    {"parameters", parameters},
                    {"range", interval_text(facts.range)},
                    {"lowest", number_or_null(facts.range.low)},
                    {"highest", number_or_null(facts.range.high)},
                    {"zero_centred", facts.zero_centred},
                    {"monotone", facts.monotone},
                    {"lipschitz", number_or_null(facts.lipschitz)},
                    {"initializer", facts.initializer},
                    {"paper", facts.paper}};
    text += json.dump() + "\n";
  }
  return text;
}

}  // namespace tinymlp::program
