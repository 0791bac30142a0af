// Reads each combination by giving its values to the readers that train uses.
#include "compare/variants.h"

#include <algorithm>
#include <map>

#include "data/source.h"
#include "model/description.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/names.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t most_variants = 1000;

std::string first_name(const Option& option) { return option.names.substr(0, option.names.find(',')); }

/// Every option that changes what is trained, with whether it is a switch.
std::map<std::string, bool> variable_options() {
  std::map<std::string, bool> all{{"depth", false}, {"width", false}};
  for (const OptionGroup& group :
       {data_option_group(DataUse::training), network_option_group(), training_option_group()})
    for (const Option& option : group.options) all[first_name(option)] = option.argument.empty();
  for (const char* other : {"activation", "seed", "data-dir"}) all.erase(other);
  return all;
}

Dimension read_vary(const std::string& text) {
  const std::string form = ": give it as --vary OPTION=VALUE,VALUE";
  const auto equals = text.find('=');
  if (equals == std::string::npos) throw InputError(in_quotes(text) + " names no values (--vary)" + form);
  Dimension dimension{text.substr(0, equals), split_values(text.substr(equals + 1))};
  if (dimension.option.starts_with("--")) dimension.option.erase(0, 2);
  if (dimension.option == "lr") dimension.option = "learning-rate";
  if (dimension.option == "activation") throw InputError("activations are given by their own option: --activation A,B");
  if (dimension.option == "seed")
    throw InputError("each variant is trained with many seeds (--vary seed): use --seeds");
  const auto options = variable_options();
  if (!options.contains(dimension.option)) {
    std::vector<std::string> names;
    for (const auto& [name, is_switch] : options) names.push_back(name);
    throw InputError(unknown_name("option", dimension.option, names, "--vary"));
  }
  return dimension;
}

void check_values(const Dimension& dimension) {
  const std::string where = dimension.option == "activation" ? "(--activation)" : "(--vary " + dimension.option + ")";
  for (auto value = dimension.values.begin(); value != dimension.values.end(); ++value) {
    if (value->empty()) throw InputError("an empty value " + where + ": leave out one comma");
    if (std::find(dimension.values.begin(), value, *value) != value)
      throw InputError(in_quotes(*value) + " is given twice " + where + ": once is enough");
  }
}

/// The sizes of `depth` layers, each as wide as the first of `hidden`, or all layers of `hidden` with that `width`.
std::string shaped(const std::string& hidden, const std::string& option, const std::string& value) {
  std::vector<std::string> layers = hidden == "none" ? std::vector<std::string>{"32"} : split_values(hidden);
  if (option == "width") {
    parse_whole(value, "--vary width", 1, 1'000'000);
    for (std::string& layer : layers) {
      const auto colon = layer.find(':');
      layer = value + (colon == std::string::npos ? "" : layer.substr(colon));
    }
  } else {
    const std::string first = layers[0];  // assign may not be given one of its own
    layers.assign(static_cast<std::size_t>(parse_whole(value, "--vary depth", 0, 1000)), first);
  }
  std::string text;
  for (const std::string& layer : layers) text += (text.empty() ? "" : ",") + layer;
  return text.empty() ? "none" : text;
}

bool read_switch(const std::string& value, const std::string& option) {
  if (value == "on" || value == "yes" || value == "true") return true;
  if (value == "off" || value == "no" || value == "false") return false;
  throw InputError(in_quotes(value) + " is no position of a switch (--vary " + option + "): give on or off");
}

Arguments with_choice(const Arguments& arguments, const std::string& option, const std::string& value) {
  if (option == "depth" || option == "width")
    return arguments.with("hidden", shaped(arguments.text("hidden"), option, value));
  if (option != "activation" && variable_options().at(option))
    return arguments.with(option, read_switch(value, option) ? std::optional<std::string>("true") : std::nullopt);
  return arguments.with(option, value);
}

std::string label_of(const std::vector<Dimension>& dimensions, const std::vector<std::string>& choices) {
  std::string label;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (dimensions[i].values.size() < 2) continue;
    label += (label.empty() ? "" : ", ") +
             (dimensions[i].option == "activation" ? choices[i] : dimensions[i].option + "=" + choices[i]);
  }
  return label.empty() ? choices[0] : label;
}

/// What tells data sets apart.
std::string data_key(const DataOptions& options) {
  std::string key;
  for (const auto& [name, value] : settings_of(options)) {
    key += name + '\n';
    std::visit(
        [&](const auto& held) {
          if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::string>)
            key += held;
          else
            key += std::to_string(held);
        },
        value);
    key += '\n';
  }
  return key;
}

class Reader {
 public:
  explicit Reader(const std::vector<Dimension>& dimensions) : dimensions_(dimensions) {}

  Variant read(const Arguments& arguments, const std::vector<std::string>& choices) {
    Arguments chosen = arguments;
    for (const char* pass : {"first", "shape"})  // the depth is of layers whose width is chosen before
      for (std::size_t i = 0; i < choices.size(); ++i) {
        const std::string& option = dimensions_[i].option;
        if ((option == "depth" || option == "width") == (pass == std::string("shape")))
          chosen = with_choice(chosen, option, choices[i]);
      }
    Variant variant{chosen};
    variant.label = label_of(dimensions_, choices);
    variant.choices = choices;
    variant.data_options = read_data_options(chosen);
    variant.network = read_network_options(chosen);
    variant.training = read_training_options(chosen);
    load(variant);
    variant.model = describe_model(variant.network, variant.training.loss, variant.parts->training);
    return variant;
  }

 private:
  void load(Variant& variant) {
    auto& [parts, on_training_rows] = loaded_[data_key(variant.data_options)];
    if (!parts) {
      DataParts read = load_parts(variant.data_options);
      on_training_rows = read.test.rows() == 0;
      if (on_training_rows) read.test = read.training;
      parts = std::make_shared<const DataParts>(std::move(read));
    }
    variant.parts = parts;
    variant.tests_on_training_rows = on_training_rows;
  }

  const std::vector<Dimension>& dimensions_;
  std::map<std::string, std::pair<std::shared_ptr<const DataParts>, bool>> loaded_;
};

void check_comparable(const std::vector<Variant>& variants) {
  for (const Variant& variant : variants) {
    const bool same_task = variant.model.task == variants[0].model.task;
    const bool same_loss = variant.model.task == Task::classification || variant.model.loss == variants[0].model.loss;
    if (!same_task || !same_loss)
      throw InputError("the scores of \"" + variants[0].label + "\" and \"" + variant.label +
                       "\" are not of one kind: compare classes with classes, and numbers by one loss");
    if (variant.network.init_is_file())
      throw InputError("each seed draws initial weights of its own (--init): give a name, not a file");
  }
}

}  // namespace

std::vector<std::string> split_values(const std::string& text) {
  const char separator = text.find(';') == std::string::npos ? ',' : ';';
  std::vector<std::string> values(1);
  int depth = 0;
  for (const char c : text) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == separator && depth == 0)
      values.emplace_back();
    else
      values.back() += c;
  }
  for (std::string& value : values) value = std::string(trim(value));
  return values;
}

TrainingOptions Variant::training_at(const std::string& learning_rate) const {
  return read_training_options(arguments.with("learning-rate", learning_rate));
}

Settings Variant::settings() const {
  Settings settings;
  for (const Settings& part : {settings_of(data_options), settings_of(network), settings_of(training, model.loss)})
    for (const auto& setting : part)
      if (setting.first != "seed") settings.push_back(setting);
  return settings;
}

double Variant::learning_rate() const {
  for (const auto& [name, value] : settings())
    if (name == "learning-rate") return std::get<double>(value);
  return 0;
}

bool tunes_learning_rate(const Arguments& arguments) {
  return arguments.optional_text("learning-rate").value_or("") == "auto";
}

std::vector<Dimension> read_dimensions(const Arguments& arguments) {
  std::vector<Dimension> dimensions{{"activation", split_values(arguments.text("activation"))}};
  for (const std::string& text : arguments.texts("vary")) dimensions.push_back(read_vary(text));
  std::size_t variants = 1;
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    check_values(dimensions[i]);
    variants *= dimensions[i].values.size();
    if (variants > most_variants)
      throw InputError("more than " + std::to_string(most_variants) + " combinations (--vary): give fewer values");
    for (std::size_t k = 0; k < i; ++k)
      if (dimensions[k].option == dimensions[i].option)
        throw InputError("given twice (--vary " + dimensions[i].option + "): give all its values at once");
  }
  if (tunes_learning_rate(arguments))
    for (const Dimension& dimension : dimensions)
      if (dimension.option == "learning-rate")
        throw InputError(
            "the learning rate is tuned (--learning-rate auto), or varied (--vary): leave one of them out");
  return dimensions;
}

std::vector<Variant> read_variants(const Arguments& arguments, const std::vector<Dimension>& dimensions) {
  std::vector<std::vector<std::string>> combinations(1);
  for (const Dimension& dimension : dimensions) {
    std::vector<std::vector<std::string>> longer;
    for (const auto& choices : combinations)
      for (const std::string& value : dimension.values) {
        longer.push_back(choices);
        longer.back().push_back(value);
      }
    combinations = std::move(longer);
  }
  Reader reader(dimensions);
  const Arguments fixed = tunes_learning_rate(arguments) ? arguments.with("learning-rate", std::nullopt) : arguments;
  std::vector<Variant> variants;
  for (const auto& choices : combinations) variants.push_back(reader.read(fixed, choices));
  check_comparable(variants);
  return variants;
}

}  // namespace tinymlp::program
