#include "tinymlp/io/model.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "call_text.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/io/safetensors.h"

namespace tinymlp {

namespace {

using nlohmann::json;

constexpr const char* metadata_key = "tinymlp";
constexpr int format_version = 1;
constexpr std::size_t longest_reason = 200;  // bytes of a message by the JSON parser, which may quote all of a number

json to_json(const ModelDescription& description) {
  return {{"format", format_version},
          {"inputs", description.inputs},
          {"layers", description.layers},
          {"task", description.task == Task::regression ? "regression" : "classification"},
          {"loss", description.loss},
          {"target_coding", {description.low, description.high}},
          {"input_scaling", {{"mean", description.scaling.mean}, {"deviation", description.scaling.deviation}}},
          {"features", description.feature_names},
          {"classes", description.class_names},
          {"target", description.target_name}};
}

ModelDescription from_json(const json& object) {
  if (object.at("format") != format_version)
    throw InputError("its format is not " + std::to_string(format_version) + ", which this program reads");
  ModelDescription description;
  if (!object.at("inputs").is_number_integer()) throw InputError("its number of inputs is no whole number");
  object.at("inputs").get_to(description.inputs);
  object.at("layers").get_to(description.layers);
  const std::string task = object.at("task");
  if (task != "regression" && task != "classification") throw InputError("its task is " + in_quotes(task));
  description.task = task == "regression" ? Task::regression : Task::classification;
  object.at("loss").get_to(description.loss);
  description.low = object.at("target_coding").at(0);
  description.high = object.at("target_coding").at(1);
  object.at("input_scaling").at("mean").get_to(description.scaling.mean);
  object.at("input_scaling").at("deviation").get_to(description.scaling.deviation);
  object.at("features").get_to(description.feature_names);
  object.at("classes").get_to(description.class_names);
  object.at("target").get_to(description.target_name);
  return description;
}

/// The layers' sizes and the tensors' must be the same before any memory is taken for them.
void check_tensors(const ModelDescription& description, const std::vector<Tensor>& tensors) {
  std::size_t next = 0;
  Index width = description.inputs;
  for (const std::string& layer : description.layers) {
    const CallText call = parse_call("layer", layer);
    if (call.name != "Dense") continue;
    if (call.arguments.size() != 2) throw InputError("layer " + in_quotes(layer) + " needs two sizes");
    const double in = call.arguments[0].value, out = call.arguments[1].value;
    if (in != static_cast<double>(width))
      throw InputError("layer " + in_quotes(layer) + " is given " + std::to_string(width) + " inputs");
    if (width < 1) throw InputError("layer " + in_quotes(layer) + " has no inputs");
    for (const bool weight : {true, false}) {
      if (next == tensors.size()) throw InputError("layer " + in_quotes(layer) + " has no tensor");
      const Tensor& tensor = tensors[next++];
      const bool fits =
          weight ? tensor.shape.size() == 2 && static_cast<double>(tensor.shape[1]) == in : tensor.shape.size() == 1;
      if (!fits || static_cast<double>(tensor.shape[0]) != out)
        throw InputError("tensor " + in_quotes(tensor.name) + " of shape " + shape_text(tensor.shape) +
                         " does not fit the layer " + in_quotes(layer));
      width = tensor.shape[0];
    }
  }
  if (next == 0) throw InputError("it has no Dense layer");
  if (width < 1) throw InputError("it has no outputs");
  if (next != tensors.size()) throw InputError("tensor " + in_quotes(tensors[next].name) + " belongs to no layer");
}

void check_description(const ModelDescription& description, const std::vector<Tensor>& tensors) {
  check_tensors(description, tensors);
  const auto inputs = static_cast<std::size_t>(description.inputs);
  if (!description.feature_names.empty() && description.feature_names.size() != inputs)
    throw InputError("it names " + std::to_string(description.feature_names.size()) + " features, not " +
                     std::to_string(inputs));
  const auto& [mean, deviation] = description.scaling;
  if (mean.size() != deviation.size() || (mean.size() > 1 && mean.size() != inputs))
    throw InputError("its input scaling is not for " + std::to_string(inputs) + " features");
  if (std::ranges::any_of(deviation, [](double d) { return !(d > 0); }))
    throw InputError("its input scaling divides by a number that is not positive");
  const Index outputs = tensors.back().shape[0], classes = static_cast<Index>(description.class_names.size());
  if (description.task == Task::regression ? outputs != 1
                                           : classes < 2 || (outputs == 1 ? classes > 2 : outputs < classes))
    throw InputError("its " + std::to_string(outputs) + " outputs do not fit its " + std::to_string(classes) +
                     " classes");
}

/// Layers whose sizes are the tensors' shapes, with `activation` between them.
ModelDescription guess_description(const std::vector<Tensor>& tensors, std::string_view activation) {
  ModelDescription description;
  for (std::size_t i = 0; i + 1 < tensors.size(); i += 2) {
    const std::vector<Index>& shape = tensors[i].shape;
    if (shape.size() != 2)
      throw InputError("tensor " + in_quotes(tensors[i].name) + " of shape " + shape_text(shape) +
                       " is no weight of a fully connected layer, (out, in)");
    if (i == 0)
      description.inputs = shape[1];
    else
      description.layers.emplace_back(activation);
    description.layers.push_back("Dense(" + std::to_string(shape[1]) + ", " + std::to_string(shape[0]) + ")");
  }
  check_tensors(description, tensors);
  return description;
}

}  // namespace

ModelFile read_model(const std::filesystem::path& path, std::string_view activation) {
  const std::filesystem::path file = std::filesystem::is_directory(path) ? path / "model.safetensors" : path;
  Safetensors contents = read_safetensors(file);
  ModelFile model;
  model.tensors = std::move(contents.tensors);
  const auto found = contents.metadata.find(metadata_key);
  model.foreign = found == contents.metadata.end();
  try {
    if (model.foreign) {
      model.description = guess_description(model.tensors, activation);
    } else {
      model.description = from_json(json::parse(found->second));
      check_description(model.description, model.tensors);
    }
  } catch (const json::parse_error& error) {
    throw InputError("the model's description is no JSON (" + file.string() + ", metadata key \"" + metadata_key +
                     "\", its byte " + std::to_string(error.byte) + ")");
  } catch (const json::exception& error) {
    throw InputError("the model's description is damaged (" + file.string() + ", metadata key \"" + metadata_key +
                     "\"): " + std::string(error.what()).substr(0, longest_reason));
  } catch (const InputError& error) {
    throw InputError("not a model that this program can build (" + file.string() + "): " + error.what());
  }
  return model;
}

std::string format_model(const ModelDescription& description, const std::vector<Tensor>& tensors) try {
  for (const auto* numbers : {&description.scaling.mean, &description.scaling.deviation})
    if (!std::ranges::all_of(*numbers, [](double x) { return std::isfinite(x); }))
      throw InputError("the input scaling has a number that is not finite (format_model)");
  return format_safetensors({tensors, {{metadata_key, to_json(description).dump()}}}, Dtype::f32);
} catch (const json::exception&) {
  throw InputError("a name in the model's description is not UTF-8 (format_model): write UTF-8");
}

}  // namespace tinymlp
