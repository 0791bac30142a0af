// The options that choose a network.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "options/arguments.h"
#include "options/setting.h"
#include "tinymlp/matrix.h"

namespace tinymlp::program {

struct HiddenLayer {
  Index size;
  std::string activation;              // in its full form: "leaky-relu(0.01)"
  std::optional<double> dropout = {};  // the probability of the dropout layer behind it; nothing: there is none
};

struct NetworkOptions {
  std::vector<HiddenLayer> hidden;
  std::string activation, output_activation;
  std::vector<double> dropout;  // as given: none, one for all hidden layers, or one for each
  std::string init;             // a name, or the path of a file

  bool init_is_file() const { return init.ends_with(".safetensors") || init.find('/') != std::string::npos; }
};

OptionGroup network_option_group();
NetworkOptions read_network_options(const Arguments& arguments);
Settings settings_of(const NetworkOptions& options);

}  // namespace tinymlp::program
