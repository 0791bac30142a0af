// Reads rows and makes them fit a model.
#include "data/evaluation_data.h"

#include <algorithm>

#include "data/alignment.h"
#include "model/description.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/io/csv.h"
#include "tinymlp/io/idx.h"

namespace tinymlp::program {

namespace {

const char* task_text(Task task) { return task == Task::regression ? "regression" : "classification"; }

/// The rows as they are. `schema`: null where the model tells nothing.
DataSet load_rows(const DataOptions& options, const Source& source, const Schema* schema) {
  const auto read = [&](const std::filesystem::path& path) {
    if (schema) return read_csv_like(path, *schema, options.target);
    return read_csv(path, {.target = options.target, .task = options.task});
  };
  if (options.test_data) return read(*options.test_data);
  if (source.kind == SourceKind::images) return read_idx_directory(source.path).test;
  const DataSet data = source.kind == SourceKind::csv ? read(source.path) : load_whole(options, source);
  const double usual = source.kind == SourceKind::csv ? 0 : default_test_fraction(source);
  const double fraction = options.test_fraction.value_or(usual);
  return fraction > 0 ? split(data, fraction, options.seed).test : data;
}

/// Labels that are numbers from 0 name the outputs themselves, even where the data do not have all classes.
std::vector<std::string> classes_of_outputs(const DataSet& data, Index outputs, const std::string& file) {
  if (data.classes() == outputs || (outputs == 1 && data.classes() == 2)) return data.class_names;
  std::vector<std::string> numbers;
  for (Index i = 0; i < outputs; ++i) numbers.push_back(std::to_string(i));
  const bool are_numbers = outputs > 1 && std::ranges::all_of(data.class_names, [&](const std::string& name) {
                             return std::ranges::find(numbers, name) != numbers.end();
                           });
  if (are_numbers) return numbers;
  throw InputError("the model gives " + std::to_string(outputs) + " numbers, which do not fit " +
                   std::to_string(data.classes()) + " classes (" + file + ", " + data.name +
                   "): give data whose classes are its outputs', or --task regression for one output");
}

/// What the file does not say.
void complete(ModelDescription& description, const DataSet& data, const std::string& loss) {
  const Index outputs = layer_sizes(description).back();
  description.task = data.task;
  if (data.task == Task::classification)
    description.class_names = classes_of_outputs(data, outputs, "--data");
  else if (outputs != 1)
    throw InputError("the model gives " + std::to_string(outputs) + " numbers for one target (" + data.name +
                     "): give data with classes, or --task classification");
  const std::string usual = data.task == Task::regression ? "mse" : outputs == 1 ? "bce" : "cross-entropy";
  description.loss = loss == "auto" ? usual : loss;
  const bool for_classes = description.loss == "bce" || description.loss == "cross-entropy";
  if (for_classes && data.task == Task::regression)
    throw InputError("the loss " + loss + " is for classes, but the targets are numbers (--loss): use mse");
  if (description.loss == "cross-entropy" && outputs == 1)
    throw InputError("the loss cross-entropy needs an output a class, and the model has one output (--loss): use bce");
  if (!data.bytes.empty()) description.scaling = {.mean = {0}, .deviation = {255}};
}

bool is_for_bytes(const InputScaling& scaling) {
  return scaling.mean == std::vector<double>{0} && scaling.deviation == std::vector<double>{255};
}

/// (x - mean) / deviation of every feature. Bytes stay bytes where that is what the device makes of them anyway.
void scale(DataSet& data, const InputScaling& scaling) {
  if (!data.bytes.empty()) {
    if (is_for_bytes(scaling)) return;
    data.inputs.assign(data.bytes.begin(), data.bytes.end());
    data.bytes.clear();
  }
  if (scaling.mean.empty()) return;
  const std::size_t width = data.feature_names.size();
  for (std::size_t i = 0; i < data.inputs.size(); ++i) {
    const std::size_t feature = scaling.mean.size() == 1 ? 0 : i % width;
    data.inputs[i] = (data.inputs[i] - scaling.mean[feature]) / scaling.deviation[feature];
  }
}

}  // namespace

DataSet load_evaluation_data(const DataOptions& options, ModelFile& model, const std::string& loss) {
  ModelDescription& description = model.description;
  const Source source = find_source(options);
  if (!model.foreign && options.task && *options.task != description.task)
    throw InputError(std::string("the model was trained for ") + task_text(description.task) + " (--task " +
                     task_text(*options.task) + "): leave it out");
  const Schema known = schema_of(description);
  DataSet data = load_rows(options, source, model.foreign ? nullptr : &known);
  if (model.foreign) complete(description, data, loss);
  data = align(std::move(data), schema_of(description));
  scale(data, description.scaling);
  return data;
}

}  // namespace tinymlp::program
