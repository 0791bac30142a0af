// Plans networks: layers that fit options and data.
#include "model/description.h"

#include <unistd.h>

#include "call_text.h"
#include "tinymlp/activations.h"
#include "tinymlp/dropout.h"
#include "tinymlp/error.h"
#include "tinymlp/io/model.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"
#include "tinymlp/scaling.h"

namespace tinymlp::program {

namespace {

std::string dense(Index in, Index out) { return "Dense(" + std::to_string(in) + ", " + std::to_string(out) + ")"; }

std::string chosen_loss(const std::string& loss, const DataSet& data) {
  if (loss != "auto") return make_loss(loss)->describe();
  if (data.task == Task::regression) return "mse";
  return data.classes() == 2 ? "bce" : "cross-entropy";
}

Index output_count(const std::string& loss, const DataSet& data) {
  if (data.task == Task::regression) {
    if (is_for_classes(loss))
      throw InputError("the loss " + loss + " is for classes, but the targets of " + data.name +
                       " are numbers (--loss): use mse, or --task classification if they name classes");
    return 1;
  }
  if (data.classes() < 2) throw InputError("there is only one class (" + data.name + "): give data of at least two");
  return data.classes() > 2 || loss == "cross-entropy" ? data.classes() : 1;
}

std::size_t tensor_count(const ModelDescription& description) {
  std::size_t count = 0;
  for (const std::string& layer : description.layers)
    count += make_layer(layer, make_initializer("zeros"))->parameters().size();
  return count;
}

/// A network that cannot be held is refused before anything begins.
void check_memory(const ModelDescription& description) {
  constexpr double copies =
      4 * sizeof(Scalar);  // of a parameter: itself, its gradient, its velocity, one to go back to
  const double needed = static_cast<double>(parameter_count(description)) * copies;
  const double memory = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  if (needed > memory)
    throw InputError("a network of " + std::to_string(parameter_count(description)) + " parameters needs " +
                     std::to_string(static_cast<Index>(needed / 1e9)) + " GB to train, and this machine has " +
                     std::to_string(static_cast<Index>(memory / 1e9)) + " (--hidden): make it smaller");
}

}  // namespace

ModelDescription describe_model(const NetworkOptions& options, const LossOptions& loss, const DataSet& data) {
  ModelDescription description;
  description.inputs = data.features();
  description.task = data.task;
  description.loss = chosen_loss(loss.name, data);
  description.feature_names = data.feature_names;
  description.class_names = data.class_names;
  description.target_name = data.target_name;
  description.scaling = data.bytes.empty() ? data.scaling : byte_scaling();
  const Index outputs = output_count(description.loss, data);
  choose_coding(description, loss, outputs);
  Index width = data.features();
  for (const HiddenLayer& layer : options.hidden) {
    description.layers.push_back(dense(width, layer.size));
    description.layers.push_back(layer.activation);
    if (layer.dropout) description.layers.push_back(Dropout(*layer.dropout).describe());
    width = layer.size;
  }
  description.layers.push_back(dense(width, outputs));
  if (options.output_activation != Identity::name()) description.layers.push_back(options.output_activation);
  check_memory(description);
  return description;
}

void choose_coding(ModelDescription& description, const LossOptions& loss, Index outputs) {
  if (description.loss == "hinge") {
    if (!loss.plus_minus.value_or(true))
      throw InputError("the loss hinge takes classes of -1 and 1 (--target-coding zero-one): leave it out");
    description.low = -1;
    return;
  }
  if (!loss.plus_minus.value_or(false)) return;
  const std::string option = " (--target-coding plus-minus): ";
  if (description.task == Task::regression)
    throw InputError("targets that are numbers have no coding" + option + "leave it out");
  if (takes_logits(description.loss))
    throw InputError("the loss " + description.loss + " takes classes of 0 and 1" + option +
                     "leave it out, or use a loss for numbers, as mse");
  if (outputs > 1)
    throw InputError("it is for two classes, not for " + std::to_string(outputs) + option +
                     "leave it out; they are one-hot");
  description.low = -1;
}

std::vector<Index> layer_sizes(const ModelDescription& description) {
  std::vector<Index> sizes{description.inputs};
  for (const std::string& layer : description.layers)
    if (const CallText call = parse_call("layer", layer); call.name == "Dense" && call.arguments.size() == 2)
      sizes.push_back(static_cast<Index>(call.arguments[1].value));
  return sizes;
}

std::string sizes_text(const ModelDescription& description) {
  std::string text;
  for (const Index size : layer_sizes(description)) text += (text.empty() ? "" : "-") + std::to_string(size);
  return text;
}

Index parameter_count(const ModelDescription& description) {
  Index count = 0;
  for (const std::string& text : description.layers) {
    const std::unique_ptr<Layer> layer = make_layer(text, make_initializer("zeros"));
    for (const Parameter& parameter : layer->parameters()) count += parameter.size();
  }
  return count;
}

NetworkSize network_size(const ModelDescription& description) {
  return {.parameters = parameter_count(description),
          .layers = static_cast<Index>(layer_sizes(description).size()) - 1};
}

std::vector<Tensor> read_initial_weights(const NetworkOptions& options, const ModelDescription& description) {
  if (!options.init_is_file()) return {};
  ModelFile file = read_model(options.init);
  if (layer_sizes(file.description) != layer_sizes(description))
    throw InputError("the weights are of a network " + sizes_text(file.description) + ", not " +
                     sizes_text(description) + " (--init " + options.init +
                     "): give those of such a network, or change --hidden");
  if (tensor_count(file.description) != tensor_count(description))
    throw InputError("the weights are " + std::to_string(file.tensors.size()) + " tensors, not " +
                     std::to_string(tensor_count(description)) + " (--init " + options.init +
                     "): each prelu needs its slope there, and no other activation has one");
  return std::move(file.tensors);
}

}  // namespace tinymlp::program
