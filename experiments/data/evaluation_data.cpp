// Reads rows and makes them fit a model.
#include "data/evaluation_data.h"

#include <algorithm>

#include "data/alignment.h"
#include "model/description.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/io/csv.h"
#include "tinymlp/io/idx.h"
#include "tinymlp/scaling.h"

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
void complete(ModelDescription& description, const DataSet& data, const LossOptions& loss) {
  const Index outputs = layer_sizes(description).back();
  description.task = data.task;
  if (data.task == Task::classification)
    description.class_names = classes_of_outputs(data, outputs, "--data");
  else if (outputs != 1)
    throw InputError("the model gives " + std::to_string(outputs) + " numbers for one target (" + data.name +
                     "): give data with classes, or --task classification");
  const std::string usual = data.task == Task::regression ? "mse" : outputs == 1 ? "bce" : "cross-entropy";
  description.loss = loss.name == "auto" ? usual : loss.name;
  if (is_for_classes(description.loss) && data.task == Task::regression)
    throw InputError("the loss " + description.loss + " is for classes, but the targets are numbers (--loss): use mse");
  if (description.loss == "cross-entropy" && outputs == 1)
    throw InputError("the loss cross-entropy needs an output a class, and the model has one output (--loss): use bce");
  choose_coding(description, loss, outputs);
  if (!data.bytes.empty()) description.scaling = byte_scaling();
}

/// For a file that does not say how its features were scaled: by the rows that are not looked at, of a CSV by all.
InputScaling training_scaling(const DataOptions& options, const Source& source) {
  DataOptions training = options;
  if (source.kind == SourceKind::csv && !options.test_data && !options.test_fraction) training.test_fraction = 0;
  return load_parts(training).training.scaling;
}

bool is_standardized(const ModelDescription& description) {
  const InputScaling bytes = byte_scaling();
  return !description.scaling.mean.empty() &&
         (description.scaling.mean != bytes.mean || description.scaling.deviation != bytes.deviation);
}

}  // namespace

DataSet load_evaluation_data(const DataOptions& options, ModelFile& model, const LossOptions& loss) {
  ModelDescription& description = model.description;
  const Source source = find_source(options);
  if (!model.foreign && options.task && *options.task != description.task)
    throw InputError(std::string("the model was trained for ") + task_text(description.task) + " (--task " +
                     task_text(*options.task) + "): leave it out");
  if (!model.foreign && options.standardize && !is_standardized(description))
    throw InputError("the model was trained on features as they are (--standardize): leave it out");
  const Schema known = schema_of(description);
  DataSet data = load_rows(options, source, model.foreign ? nullptr : &known);
  if (model.foreign) complete(description, data, loss);
  if (model.foreign && options.standardize) description.scaling = training_scaling(options, source);
  data = align(std::move(data), schema_of(description));
  scale_inputs(data, description.scaling);
  check_float_range(data);
  return data;
}

}  // namespace tinymlp::program
