// tinymlp inspect: what a model's layers do on a data set, with plain verdicts.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "data/evaluation_data.h"
#include "health/verdicts.h"
#include "model/description.h"
#include "options/device_options.h"
#include "options/model_options.h"
#include "output/console.h"
#include "output/health_report.h"
#include "output/text_format.h"
#include "tinymlp/error.h"
#include "tinymlp/io/file.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;

Syntax syntax() {
  OptionGroup judging{
      "Judging",
      {{"learning-rate,lr", "X", "for the ratio of update to weight; without it, the one that run.json tells"}}};
  return {
      .command = "inspect",
      .arguments = {"MODEL"},
      .usage = "--data NAME|FILE.csv|DIR [options]",
      .summary = "looks into a model's layers: dead and saturated units, gradients that vanish",
      .groups = {data_option_group(DataUse::evaluation), model_option_group(), judging, device_option_group(),
                 output_option_group(false)},
      .notes =
          "MODEL is a run directory or a .safetensors file; the rows are those that evaluate would take, at most\n"
          "4096 of them. mean: of all that a layer gives; deviation: how much a unit's number differs from row to\n"
          "row; dead: units whose curve is flat in every row; saturated: how much of what an activation gives lies\n"
          "where its curve is flat, for curves that are flat at both ends; gradient: the norm of the loss's\n"
          "gradient by the layer's weights; update/weight: how far a step of plain gradient descent moves the\n"
          "weights, as a share of their own norm.\n",
      .examples = {"inspect spiral-run --data spiral", "inspect model.safetensors --data wine.csv --json"}};
}

/// The rate that the run's record tells; nothing for a file.
std::optional<double> recorded_rate(const std::filesystem::path& model) {
  const std::filesystem::path record = model / "run.json";
  std::error_code unknown;
  if (!std::filesystem::is_directory(model, unknown) || !std::filesystem::exists(record, unknown)) return std::nullopt;
  const Json json = Json::parse(read_file(record), nullptr, /*allow_exceptions*/ false);
  const Json::json_pointer place("/settings/learning-rate");
  if (!json.contains(place) || !json[place].is_number()) return std::nullopt;
  return json[place].get<double>();
}

std::string text(const std::vector<std::pair<std::string, std::string>>& head, const std::vector<LayerHealth>& layers,
                 std::optional<double> rate, const std::vector<Verdict>& found) {
  return named_values(head) + "\n" + health_text(layers, rate) + "\n" + verdicts_text(found);
}

void run(const Arguments& arguments) {
  const Verbosity verbosity = read_verbosity(arguments);
  const DataOptions data_options = read_data_options(arguments);
  const DeviceOptions device_options = read_device_options(arguments);
  std::optional<double> rate;
  if (arguments.given("learning-rate")) rate = arguments.number("learning-rate");
  ModelFile model = load_model(arguments);
  const DataSet data = load_evaluation_data(data_options, model, foreign_loss(arguments));
  if (!rate) rate = recorded_rate(arguments.words()[0]);
  // Health takes a pass forward and back.
  const Index rows = std::min(data.rows(), most_health_rows);
  const Workload work = work_of_training(network_size(model.description), rows, rows, 1);
  const auto device = make_device(device_options, work);  // all else is checked
  report_choice(device_options, work, *device, verbosity);

  const ModelDescription& description = model.description;
  Network network = make_network(*device, description, "zeros", 0);
  network.set_parameters(model.tensors);
  const DeviceDataSet on_device(*device, data, target_coding(description, network.outputs()));
  const std::vector<LayerHealth> layers = check_health(network, *make_loss(description.loss), on_device);
  const std::vector<Verdict> found = verdicts(layers);
  if (verbosity.json) {
    const Json json{{"model", arguments.words()[0]},
                    {"data", data.name},
                    {"rows", rows},
                    {"architecture", network.describe()},
                    {"parameters", network.counts().all},
                    {"layers", health_json(layers, rate)},
                    {"verdicts", verdicts_json(found)}};
    return print(json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  }
  print(text({{"network", sizes_text(description)},
              {"parameters", std::to_string(network.counts().all)},
              {"data", data.name},
              {"rows", std::to_string(rows)}},
             layers, rate, found));
}

}  // namespace

Command inspect_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
