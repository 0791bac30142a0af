#include "compare/comparison_files.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "call_text.h"
#include "program_version.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json optional_json(std::optional<double> number) { return number ? Json(*number) : Json(); }

/// What is infinite is null in JSON.
double finite_or_infinite(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::infinity() : json.get<double>();
}

std::optional<double> optional_number(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<double>());
}

Json settings_json(const Variant& variant) {
  Json json = Json::object();
  for (const auto& [name, value] : variant.settings()) std::visit([&](const auto& held) { json[name] = held; }, value);
  return json;
}

Json judgement_json(const Judgement& judgement) {
  return {{"score", judgement.score},
          {"better", judgement.higher_is_better ? "higher" : "lower"},
          {"success", judgement.target}};
}

Json variant_json(const Comparison& comparison, const Summary& summary, std::size_t i, bool with_times) {
  const VariantSummary& of = summary.variants[i];
  const auto seeds = static_cast<double>(comparison.seeds);
  Json json{{"variant", comparison.variants[i].label}};
  for (std::size_t k = 0; k < comparison.dimensions.size(); ++k)
    json["choices"][comparison.dimensions[k].option] = comparison.variants[i].choices[k];
  json["settings"] = settings_json(comparison.variants[i]);
  if (!comparison.tuned_rates.empty()) json["settings"]["learning-rate"] = std::stod(comparison.tuned_rates[i]);
  json["median"] = of.median;
  json["mean"] = of.mean.mean;
  json["half_width_95"] = optional_json(of.mean.half_width);
  json["success_rate"] = static_cast<double>(of.successes) / seeds;
  json["epochs_to_target"] = std::isfinite(of.epochs_to_target) ? Json(of.epochs_to_target) : Json();
  json["dead"] = optional_json(of.dead);
  json["saturated"] = optional_json(of.saturated);
  json["diverged"] = of.diverged;
  if (with_times) json["seconds"] = of.seconds;
  json["linear_model"] = comparison.linear[i];
  if (const RankedPair* const pair = pair_of(summary, i)) {
    json["p"] = pair->test.p;
    json["adjusted_p"] = pair->adjusted_p;
    json["exact"] = pair->test.exact;
    json["effect"] = pair->test.effect;
  }
  return json;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

std::string csv_number(std::optional<double> number) {
  return number && std::isfinite(*number) ? number_text(*number) : "";
}

}  // namespace

std::string comparison_json(const Comparison& comparison, const Summary& summary, bool as_event) {
  Json json;
  if (as_event) json["event"] = "result";
  if (!as_event) json.update({{"program", "tinymlp"}, {"version", program_version()}, {"commit", program_commit()}});
  json["data"] = comparison.data;
  json.update(judgement_json(comparison.judgement));
  json["seeds"] = comparison.seeds;
  json["first_seed"] = comparison.first_seed;
  json["winner"] = summary.ranking.has_winner ? Json(comparison.variants[summary.ranking.order[0]].label) : Json();
  json["reason"] = summary.ranking.reason;
  json["variants"] = Json::array();
  for (const std::size_t i : summary.ranking.order)
    json["variants"].push_back(variant_json(comparison, summary, i, as_event));
  return dumped(json, as_event ? -1 : 2);
}

std::string runs_csv(const Comparison& comparison) {
  std::string text = "variant";
  for (const Dimension& dimension : comparison.dimensions) text += "," + csv_field(dimension.option);
  text += ",seed,score,linear_model,test_loss,success,epochs,epochs_to_target,diverged,dead,saturated\n";
  for (std::size_t i = 0; i < comparison.variants.size(); ++i)
    for (std::size_t k = 0; k < comparison.trials[i].size(); ++k) {
      const TrialResult& trial = comparison.trials[i][k];
      text += csv_field(comparison.variants[i].label);
      for (const std::string& choice : comparison.variants[i].choices) text += "," + csv_field(choice);
      text += "," + std::to_string(comparison.first_seed + k) + "," + csv_number(trial.score) + "," +
              csv_number(comparison.linear[i]) + "," + csv_number(trial.loss) + (trial.success ? ",1," : ",0,") +
              std::to_string(trial.epochs.size()) + ",";
      if (trial.epochs_to_target) text += std::to_string(*trial.epochs_to_target);
      text += (trial.divergence.empty() ? ",0," : ",1,") + csv_number(trial.dead) + "," + csv_number(trial.saturated) +
              "\n";
    }
  return text;
}

std::string epochs_csv(const Comparison& comparison) {
  std::string text = "variant,seed,epoch,train_loss,train_accuracy,test_loss,test_accuracy,learning_rate\n";
  for (std::size_t i = 0; i < comparison.variants.size(); ++i)
    for (std::size_t k = 0; k < comparison.trials[i].size(); ++k) {
      const std::string head =
          csv_field(comparison.variants[i].label) + "," + std::to_string(comparison.first_seed + k) + ",";
      Index number = 0;
      for (const TrialEpoch& epoch : comparison.trials[i][k].epochs)
        text += head + std::to_string(++number) + "," + csv_number(epoch.train_loss) + "," +
                csv_number(epoch.train_accuracy) + "," + csv_number(epoch.test_loss) + "," +
                csv_number(epoch.test_accuracy) + "," + number_text(static_cast<float>(epoch.learning_rate)) + "\n";
    }
  return text;
}

std::string request_json(const Comparison& comparison) {
  Json json{{"version", program_version()},
            {"judgement", judgement_json(comparison.judgement)},
            {"first_seed", comparison.first_seed},
            {"tunes", comparison.tunes},
            {"variants", Json::array()}};
  for (const Variant& variant : comparison.variants)
    json["variants"].push_back({{"label", variant.label}, {"settings", settings_json(variant)}});
  return dumped(json, 2);
}

std::string trial_json(const TrialResult& trial) {
  Json json{{"score", trial.score},
            {"loss", trial.loss},
            {"success", trial.success},
            {"epochs_to_target", trial.epochs_to_target ? Json(*trial.epochs_to_target) : Json()},
            {"divergence", trial.divergence},
            {"dead", optional_json(trial.dead)},
            {"saturated", optional_json(trial.saturated)},
            {"seconds", trial.seconds},
            {"epochs", Json::array()}};
  for (const TrialEpoch& epoch : trial.epochs)
    json["epochs"].push_back({epoch.train_loss, optional_json(epoch.train_accuracy), epoch.test_loss,
                              optional_json(epoch.test_accuracy), epoch.learning_rate});
  return dumped(json, -1);
}

TrialResult parse_trial(const std::string& text, const std::string& name, const Judgement& judgement) {
  try {
    const Json json = Json::parse(text);
    TrialResult trial;
    trial.divergence = json.at("divergence").get<std::string>();
    trial.score = trial.divergence.empty() ? json.at("score").get<double>() : judgement.worst();
    trial.loss = finite_or_infinite(json.at("loss"));
    trial.success = json.at("success").get<bool>();
    if (!json.at("epochs_to_target").is_null()) trial.epochs_to_target = json.at("epochs_to_target").get<Index>();
    trial.dead = optional_number(json.at("dead"));
    trial.saturated = optional_number(json.at("saturated"));
    trial.seconds = json.at("seconds").get<double>();
    for (const Json& epoch : json.at("epochs"))
      trial.epochs.push_back({epoch.at(0).get<double>(), optional_number(epoch.at(1)), finite_or_infinite(epoch.at(2)),
                              optional_number(epoch.at(3)), epoch.at(4).get<double>()});
    return trial;
  } catch (const Json::exception&) {
    throw InputError("this is no run of a comparison (" + name + "): remove it, and it is done again");
  }
}

}  // namespace tinymlp::program
