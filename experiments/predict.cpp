// tinymlp predict: what a trained model says of the rows of a CSV, as CSV.
#include <algorithm>
#include <filesystem>

#include "commands.h"
#include "data/alignment.h"
#include "model/description.h"
#include "model/outputs.h"
#include "options/device_options.h"
#include "options/model_options.h"
#include "output/console.h"
#include "output/predictions.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/generators.h"
#include "tinymlp/io/file.h"
#include "tinymlp/model.h"
#include "tinymlp/scaling.h"

namespace tinymlp::program {

namespace {

namespace fs = std::filesystem;

Syntax syntax() {
  OptionGroup data{
      "Data",
      {{"data", "FILE.csv", "the rows to predict for (required); /dev/stdin reads a pipe"},
       {"target", "COLUMN", "a column to ignore: its name, or its number from 0 (the model's target)"},
       {"task", "TASK", "for a model file that does not say: auto, classification or regression", "auto"}}};
  OptionGroup output = output_option_group(false);
  output.options.insert(output.options.begin(), {"output", "FILE", "write there instead of on standard output"});
  return {
      .command = "predict",
      .arguments = {"MODEL"},
      .usage = "--data FILE.csv [options]",
      .summary = "predicts for the rows of a CSV: one line a row",
      .groups = {data, model_option_group(), device_option_group(), output},
      .notes =
          "MODEL is a run directory or a .safetensors file. Where the CSV has a header, columns are matched by the\n"
          "names that the model was trained with, and others are ignored; where it has none, by their places.\n"
          "A line is the prediction, for classes followed by how likely each is: prediction,p(no),p(yes).\n",
      .examples = {"predict flowers-run --data new-flowers.csv --output predicted.csv",
                   "predict flowers-run/model.safetensors --data /dev/stdin < new-flowers.csv"}};
}

std::optional<Task> read_task(const Arguments& arguments, const ModelFile& model) {
  const std::string task = arguments.choice("task", {"auto", "classification", "regression"});
  if (task == "auto") return std::nullopt;
  const Task chosen = task == "regression" ? Task::regression : Task::classification;
  if (!model.foreign && chosen != model.description.task)
    throw InputError("the model was trained for the other task (--task " + task + "): leave it out");
  return chosen;
}

/// What a file of other origin does not say: one output is a number unless the task or the loss says otherwise, several
/// are classes, named by their numbers.
void complete(ModelDescription& description, std::optional<Task> task, const LossOptions& chosen) {
  const Index outputs = layer_sizes(description).back();
  const std::string& loss = chosen.name;
  const bool for_classes = loss != "auto" && is_for_classes(loss);
  description.task = task.value_or(outputs > 1 || for_classes ? Task::classification : Task::regression);
  if (description.task == Task::regression) {
    if (outputs != 1)
      throw InputError("the model gives " + std::to_string(outputs) + " numbers for one target (--task regression)");
    if (for_classes)
      throw InputError("the loss " + loss + " is for classes (--task regression): leave one of them out");
    description.loss = loss == "auto" ? "mse" : loss;
    return;
  }
  if (outputs == 1 && loss == "cross-entropy")
    throw InputError("the loss cross-entropy needs an output a class, and the model has one output (--loss): use bce");
  description.loss = loss != "auto" ? loss : outputs == 1 ? "bce" : "cross-entropy";
  for (Index i = 0; i < std::max<Index>(2, outputs); ++i) description.class_names.push_back(std::to_string(i));
  choose_coding(description, chosen, outputs);
}

/// Throws unless it can be a CSV.
fs::path csv_path(const Arguments& arguments) {
  if (!arguments.given("data")) throw InputError("there are no data (--data): name a CSV file");
  const std::string data = arguments.text("data");
  std::error_code unknown;
  if (fs::is_directory(data, unknown)) throw InputError("a directory (--data " + data + "): name a CSV file");
  if (!fs::exists(data, unknown) && is_generated(data))
    throw InputError("a built-in data set (--data " + data + "): write it as CSV with tinymlp data " + data +
                     " --output FILE.csv, and name that file");
  return data;
}

/// Throws unless a file can stand there.
std::optional<fs::path> output_path(const Arguments& arguments) {
  const auto output = arguments.optional_text("output");
  if (!output) return std::nullopt;
  fs::path path(*output);
  const fs::path directory = path.has_parent_path() ? path.parent_path() : ".";
  std::error_code unknown;
  if (fs::is_directory(path, unknown)) throw InputError("a directory (--output " + *output + "): name a file");
  if (!fs::is_directory(directory, unknown))
    throw InputError("there is no directory " + in_quotes(directory.string()) + " (--output " + *output +
                     "): make it first, or name another file");
  return path;
}

std::vector<Scalar> predict(const ModelFile& model, const DataSet& data, Device& device) {
  Network network = make_network(device, model.description, "zeros", 0);
  network.set_parameters(model.tensors);
  std::vector<Scalar> outputs = network_outputs(network, model.description, data);
  check_finite(outputs, data.rows());
  return outputs;
}

void run(const Arguments& arguments) {
  const Verbosity verbosity = read_verbosity(arguments);
  const DeviceOptions device_options = read_device_options(arguments);
  const LossOptions loss = foreign_loss(arguments);
  const fs::path input = csv_path(arguments);
  const auto output = output_path(arguments);
  ModelFile model = load_model(arguments);
  const std::optional<Task> task = read_task(arguments, model);
  if (model.foreign) complete(model.description, task, loss);
  std::string note;
  DataSet data = read_features_like(input, schema_of(model.description), arguments.optional_text("target"), note);
  scale_inputs(data, model.description.scaling);
  check_float_range(data);
  const Workload work = work_of_rows(network_size(model.description), data.rows());
  const auto device = make_device(device_options, work);  // all else is checked
  report_choice(device_options, work, *device, verbosity);
  if (!note.empty()) remark(verbosity, note);
  const std::vector<Scalar> outputs = predict(model, data, *device);
  const std::string text = verbosity.json ? predictions_json(outputs, data.rows(), model.description)
                                          : predictions_csv(outputs, data.rows(), model.description);
  if (output) return write_file(*output, text);
  print(text);
}

}  // namespace

Command predict_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
