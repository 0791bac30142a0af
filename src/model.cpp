#include "tinymlp/model.h"

#include "call_text.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/dropout.h"
#include "tinymlp/error.h"

TINYMLP_BEGIN

namespace {

constexpr std::string_view dense_name = "Dense", dropout_name = "dropout";

Index layer_size(double value, std::string_view text) {
  if (!(value >= 1 && value <= 1e6 && value == static_cast<double>(static_cast<Index>(value))))
    throw InputError("layer \"" + std::string(text) + "\": its sizes must be whole numbers from 1 to 1000000");
  return static_cast<Index>(value);
}

std::unique_ptr<Layer> make_dropout(const CallText& call, std::string_view text) {
  if (call.arguments.size() != 1)
    throw InputError("layer \"" + std::string(text) + "\" needs one probability, as dropout(0.5)");
  return std::make_unique<Dropout>(call.arguments[0].value);
}

}  // namespace

std::unique_ptr<Layer> make_layer(std::string_view text, const Initializer& initializer) {
  const CallText call = parse_call("layer", text);
  if (call.name == dropout_name) return make_dropout(call, text);
  if (call.name != dense_name) return make_activation(text);
  if (call.arguments.size() != 2)
    throw InputError("layer \"" + std::string(text) + "\" needs two sizes, as Dense(2, 16)");
  return std::make_unique<Dense>(layer_size(call.arguments[0].value, text), layer_size(call.arguments[1].value, text),
                                 initializer);
}

Network make_network(Device& device, const ModelDescription& description, std::string_view initializer,
                     std::uint64_t seed) {
  std::vector<std::unique_ptr<Layer>> layers;
  for (std::size_t i = 0; i < description.layers.size(); ++i) {
    const std::string& text = description.layers[i];
    std::string chosen(initializer);
    if (initializer == "auto") {
      const bool last = i + 1 == description.layers.size();
      chosen = advised_initializer(last ? Identity::name() : description.layers[i + 1]);
    }
    layers.push_back(make_layer(text, make_initializer(chosen)));
  }
  return {device, description.inputs, seed, std::move(layers)};
}

TargetCoding target_coding(const ModelDescription& description, Index outputs) {
  return {outputs, description.low, description.high};
}

TINYMLP_END
