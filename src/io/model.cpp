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
constexpr const char* slope_layer = "prelu";  // the one activation that has a tensor: its slope, of shape (1)
constexpr std::size_t longest_reason = 200;   // bytes of a message by the JSON parser, which may quote all of a number

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

/// The layers' sizes and the tensors' must be the same before any memory is taken for them. Returns the number of
/// outputs.
Index check_tensors(const ModelDescription& description, const std::vector<Tensor>& tensors) {
  std::size_t next = 0;
  bool has_dense = false;
  Index width = description.inputs;
  const auto expect_tensor = [&](const std::string& layer, const std::vector<double>& shape) {
    if (next == tensors.size()) throw InputError("layer " + in_quotes(layer) + " has no tensor");
    const Tensor& tensor = tensors[next++];
    if (!std::ranges::equal(tensor.shape, shape, {}, [](Index size) { return static_cast<double>(size); }))
      throw InputError("tensor " + in_quotes(tensor.name) + " of shape " + shape_text(tensor.shape) +
                       " does not fit the layer " + in_quotes(layer));
  };
  for (const std::string& layer : description.layers) {
    const CallText call = parse_call("layer", layer);
    if (call.name == slope_layer) expect_tensor(layer, {1});
    if (call.name != "Dense") continue;
    if (call.arguments.size() != 2) throw InputError("layer " + in_quotes(layer) + " needs two sizes");
    const double in = call.arguments[0].value, out = call.arguments[1].value;
    if (in != static_cast<double>(width))
      throw InputError("layer " + in_quotes(layer) + " is given " + std::to_string(width) + " inputs");
    if (width < 1) throw InputError("layer " + in_quotes(layer) + " has no inputs");
    expect_tensor(layer, {out, in});
    expect_tensor(layer, {out});
    width = tensors[next - 1].shape[0];
    has_dense = true;
  }
  if (!has_dense) throw InputError("it has no Dense layer");
  if (width < 1) throw InputError("it has no outputs");
  if (next != tensors.size()) throw InputError("tensor " + in_quotes(tensors[next].name) + " belongs to no layer");
  return width;
}

void check_description(const ModelDescription& description, const std::vector<Tensor>& tensors) {
  const Index outputs = check_tensors(description, tensors);
  const auto inputs = static_cast<std::size_t>(description.inputs);
  if (!description.feature_names.empty() && description.feature_names.size() != inputs)
    throw InputError("it names " + std::to_string(description.feature_names.size()) + " features, not " +
                     std::to_string(inputs));
  const auto& [mean, deviation] = description.scaling;
  if (mean.size() != deviation.size() || (mean.size() > 1 && mean.size() != inputs))
    throw InputError("its input scaling is not for " + std::to_string(inputs) + " features");
  if (std::ranges::any_of(deviation, [](double d) { return !(d > 0); }))
    throw InputError("its input scaling divides by a number that is not positive");
  const auto classes = static_cast<Index>(description.class_names.size());
  if (description.task == Task::regression ? outputs != 1
                                           : classes < 2 || (outputs == 1 ? classes > 2 : outputs < classes))
    throw InputError("its " + std::to_string(outputs) + " outputs do not fit its " + std::to_string(classes) +
                     " classes");
}

/// Layers whose sizes are the tensors' shapes, with `activation` between them, or a prelu where a slope lies between.
ModelDescription guess_description(const std::vector<Tensor>& tensors, std::string_view activation) {
  ModelDescription description;
  std::vector<std::string>& layers = description.layers;
  for (std::size_t i = 0; i < tensors.size();) {
    const std::vector<Index>& shape = tensors[i].shape;
    if (shape == std::vector<Index>{1} && !layers.empty()) {
      layers.emplace_back(slope_layer);
      i += 1;
      continue;
    }
    if (shape.size() != 2)
      throw InputError("tensor " + in_quotes(tensors[i].name) + " of shape " + shape_text(shape) +
                       " is no weight of a fully connected layer, (out, in)");
    if (i + 1 == tensors.size()) break;  // a weight without its bias belongs to no layer
    if (layers.empty())
      description.inputs = shape[1];
    else if (layers.back() != slope_layer)
      layers.emplace_back(activation);
    layers.push_back("Dense(" + std::to_string(shape[1]) + ", " + std::to_string(shape[0]) + ")");
    i += 2;  // its bias is next
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
