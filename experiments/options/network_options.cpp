// Reads network options: layer sizes, and names that are checked at once.
#include "options/network_options.h"

#include <algorithm>

#include "call_text.h"
#include "options/lists.h"
#include "options/numbers.h"
#include "text.h"
#include "tinymlp/activations.h"
#include "tinymlp/error.h"
#include "tinymlp/initializer.h"
#include "tinymlp/names.h"

namespace tinymlp::program {

namespace {

constexpr Index largest_layer = 1'000'000;

void check_name(const std::string& kind, const std::string& text, const std::vector<std::string>& names,
                const std::string& option) {
  const std::string name = parse_call(kind, text).name;
  if (std::ranges::find(names, name) == names.end()) throw InputError(unknown_name(kind, name, names, option));
}

/// The activation's full form. Throws InputError for an unknown one.
std::string checked_activation(const std::string& text, const std::string& option) {
  check_name("activation", text, activation_names(), option);
  return make_activation(text)->describe();
}

std::vector<HiddenLayer> read_hidden(const std::string& text, const std::string& activation) {
  if (text == "none") return {};
  std::vector<HiddenLayer> layers;
  for (const std::string& part : split_list(text)) {
    const auto colon = part.find(':');
    const std::string size(trim(std::string_view(part).substr(0, colon)));
    const Index number = parse_whole(size, "--hidden " + text, 1, largest_layer);
    layers.push_back({number,
                      colon == std::string::npos
                          ? activation
                          : checked_activation(std::string(trim(std::string_view(part).substr(colon + 1))), "--hidden"),
                      {}});
  }
  return layers;
}

/// None, one for all hidden layers, or one for each.
std::vector<double> read_dropout(const Arguments& arguments, std::size_t hidden_layers) {
  const std::string text = arguments.text("dropout");
  if (text == "none") return {};
  std::vector<double> all;
  for (const std::string& part : split_list(text))
    all.push_back(parse_number(std::string(trim(part)), "--dropout", {.highest = 1}));
  if (hidden_layers == 0)
    throw InputError("there is no hidden layer to drop from (--dropout " + text + "): leave it out, or give --hidden");
  if (all.size() != 1 && all.size() != hidden_layers)
    throw InputError(std::to_string(all.size()) + " probabilities for " + std::to_string(hidden_layers) +
                     " hidden layers (--dropout " + text + "): give one, or one for each");
  return all;
}

void check_initializer(const std::string& text) {
  std::vector<std::string> names = initializer_names();
  for (std::string& name : names) name.resize(std::min(name.size(), name.find('(')));
  names.insert(names.begin(), "auto");
  check_name("initializer", text, names, "--init");
  make_initializer(text);
}

}  // namespace

OptionGroup network_option_group() {
  return {
      "Network",
      {{"hidden", "SIZES", "hidden layers, as 16,16 or 32:tanh,32:relu (an activation for each), or none", "32,32"},
       {"activation", "NAME",
        "of all hidden layers: relu, tanh, sigmoid, leaky-relu(0.1), identity, ...: see tinymlp activations list",
        "relu"},
       {"output-activation", "NAME", "of the output; the losses bce and cross-entropy take it as it is", "identity"},
       {"dropout", "P[,P...]",
        "in training, leaves out each output of the hidden layers with probability P, one for all of them or one for "
        "each",
        "none"},
       {"init", "NAME|FILE",
        "initial weights: auto (what suits the activation behind them), he-normal, he-uniform, xavier-normal, "
        "xavier-uniform, lecun-normal, orthogonal, normal(STD), uniform(A), pytorch, zeros, "
        "or a file of weights, FILE.safetensors",
        "auto"}}};
}

NetworkOptions read_network_options(const Arguments& arguments) {
  NetworkOptions options;
  options.activation = checked_activation(arguments.text("activation"), "--activation");
  options.output_activation = checked_activation(arguments.text("output-activation"), "--output-activation");
  options.hidden = read_hidden(arguments.text("hidden"), options.activation);
  options.dropout = read_dropout(arguments, options.hidden.size());
  for (std::size_t i = 0; i < options.hidden.size() && !options.dropout.empty(); ++i)
    options.hidden[i].dropout = options.dropout[options.dropout.size() == 1 ? 0 : i];
  options.init = arguments.text("init");
  if (options.init != "auto" && !options.init_is_file()) check_initializer(options.init);
  return options;
}

Settings settings_of(const NetworkOptions& options) {
  std::string hidden;
  for (const HiddenLayer& layer : options.hidden) {
    hidden += (hidden.empty() ? "" : ",") + std::to_string(layer.size);
    if (layer.activation != options.activation) hidden += ":" + layer.activation;
  }
  std::string dropout;
  for (const double p : options.dropout) dropout += (dropout.empty() ? "" : ",") + number_text(p);
  return {{"hidden", hidden.empty() ? "none" : hidden},
          {"activation", options.activation},
          {"output-activation", options.output_activation},
          {"dropout", dropout.empty() ? "none" : dropout},
          {"init", options.init}};
}

}  // namespace tinymlp::program
