// Puts run records into JSON.
#include "output/run_record.h"

#include <nlohmann/json.hpp>

#include "call_text.h"
#include "program_version.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;

std::string text(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";  // paths need not be UTF-8
}

Json to_json(const Settings& settings) {
  Json json = Json::object();
  for (const auto& [name, value] : settings) std::visit([&](const auto& held) { json[name] = held; }, value);
  return json;
}

Json data_json(const RunRecord& record) {
  Json json{{"name", record.data.name},
            {"task", record.model.task == Task::regression ? "regression" : "classification"},
            {"features", record.model.inputs},
            {"training_rows", record.data.training_rows},
            {"validation_rows", record.data.validation_rows},
            {"test_rows", record.data.test_rows}};
  if (record.model.task == Task::classification) json["classes"] = record.model.class_names;
  if (!record.data.hash.empty()) json["hash"] = record.data.hash;
  return json;
}

Json model_json(const RunRecord& record) {
  return {{"layers", record.model.layers}, {"parameters", record.parameters}, {"loss", record.model.loss}};
}

/// Figures of an epoch: left out where there are none, null where the number is not finite.
void add_metrics(Json& json, const std::optional<EpochResult>& training, const std::optional<Metrics>& validation,
                 const std::optional<Metrics>& test) {
  if (training) {
    json["train_loss"] = training->loss;
    if (training->accuracy) json["train_accuracy"] = *training->accuracy;
  }
  if (validation) {
    json["validation_loss"] = validation->loss;
    if (validation->accuracy) json["validation_accuracy"] = *validation->accuracy;
  }
  if (test) {
    json["test_loss"] = test->loss;
    if (test->accuracy) json["test_accuracy"] = *test->accuracy;
  }
}

Json metrics_json(const RunRecord& record) {
  Json json{{"epochs", record.epochs}};
  if (record.steps > 0) json["steps_of_next_epoch"] = record.steps;
  if (record.best_epoch) json["best_epoch"] = *record.best_epoch;
  if (record.best_epoch) json["stopped_early"] = record.stopped_early;
  add_metrics(json, record.last, record.validation, record.test);
  json["seconds"] = record.seconds;
  return json;
}

/// 0.1, as it was written, for the double next to the float 0.1.
double as_written(double number) { return std::stod(number_text(static_cast<float>(number))); }

const char* status_text(RunStatus status) {
  switch (status) {
    case RunStatus::running:
      return "running";
    case RunStatus::done:
      return "done";
    case RunStatus::diverged:
      return "diverged";
    case RunStatus::interrupted:
      return "interrupted";
    case RunStatus::time_over:
      break;
  }
  return "time over";
}

Json divergence_json(const DivergedError& error) {
  return {{"message", error.what()}, {"epoch", error.epoch}, {"step", error.step}, {"layer", error.layer}};
}

}  // namespace

std::string run_json(const RunRecord& record) {
  Json json{{"program", "tinymlp"},
            {"version", program_version()},
            {"commit", program_commit()},
            {"status", status_text(record.status)},
            {"start", record.start},
            {"device", {{"name", record.device}, {"threads", record.threads}}},
            {"settings", to_json(record.settings)},
            {"data", data_json(record)},
            {"model", model_json(record)}};
  if (!record.resumed.empty()) json["resumed"] = record.resumed;
  if (record.status != RunStatus::running) {
    json["end"] = record.end;
    json["metrics"] = metrics_json(record);
  }
  if (record.divergence) json["divergence"] = divergence_json(*record.divergence);
  return text(json, 2);
}

std::string start_event(const RunRecord& record) {
  return text({{"event", "start"},
               {"settings", to_json(record.settings)},
               {"data", data_json(record)},
               {"model", model_json(record)},
               {"device", {{"name", record.device}, {"threads", record.threads}}}});
}

std::string epoch_event(const EpochRecord& record) {
  Json json{{"event", "epoch"}, {"epoch", record.training.epoch}};
  add_metrics(json, record.training, record.validation, record.test);
  json["learning_rate"] = as_written(record.training.learning_rate);
  json["seconds"] = record.training.seconds;
  return text(json);
}

std::string diverged_event(const DivergedError& error) {
  Json json{{"event", "diverged"}};
  json.update(divergence_json(error));
  return text(json);
}

std::string result_event(const RunRecord& record, const std::string& directory) {
  Json json{{"event", record.status == RunStatus::interrupted ? "interrupted" : "result"},
            {"status", status_text(record.status)}};
  json.update(metrics_json(record));
  json["parameters"] = record.parameters;
  if (!directory.empty()) json["out"] = directory;
  return text(json);
}

EarlierRun read_earlier_run(const std::string& text, const std::string& file) try {
  const Json json = Json::parse(text);
  EarlierRun run{.start = json.at("start"), .data_hash = json.at("data").at("hash"), .resumed = {}};
  if (json.contains("resumed")) json["resumed"].get_to(run.resumed);
  return run;
} catch (const Json::exception&) {
  throw InputError("the file is not what train --out writes (" + file + "): take it from a copy, or begin a new run");
}

}  // namespace tinymlp::program
