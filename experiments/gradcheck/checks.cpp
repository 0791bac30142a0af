// Goes through the registries, and through a model.
#include "gradcheck/checks.h"

#include <algorithm>
#include <numeric>

#include "call_text.h"
#include "gradcheck/subjects.h"
#include "tinymlp/activations.h"
#include "tinymlp/error.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"
#include "tinymlp/names.h"

namespace tinymlp::program {

GradientVerdict check_activation(const std::string& activation) {
  return check_elementwise(activation, make_activation(activation));
}

GradientVerdict check_loss(const std::string& loss) { return check_loss_object(loss, *make_loss(loss), 7); }

std::vector<std::string> checked_layer_names() { return {"Dense", "dropout"}; }

std::vector<GradientVerdict> check_layer(const std::string& layer) {
  std::vector<std::string> names = activation_names();  // activations are layers, too
  for (const std::string& name : checked_layer_names()) names.push_back(name);
  if (const std::string name = parse_call("layer", layer).name; std::ranges::find(names, name) == names.end())
    throw InputError(unknown_name("layer", name, names, "--layer"));
  std::vector<std::string> texts{layer};
  if (layer == "Dense")
    texts = {"Dense(3, 5)", "Dense(70, 33)"};  // the latter is more than one tile, with ragged edges
  if (layer == "dropout") texts = {"dropout(0.4)"};
  std::vector<GradientVerdict> verdicts;
  for (const std::string& text : texts)
    for (const Index rows : {1, 7}) {
      const CallText call = parse_call("layer", text);
      const Index inputs =
          call.name == "Dense" && !call.arguments.empty() ? static_cast<Index>(call.arguments[0].value) : 5;
      verdicts.push_back(check_layer_object(text + ", batch " + std::to_string(rows),
                                            make_layer(text, make_initializer("xavier-normal")), rows, inputs,
                                            {.training = true}));
    }
  return verdicts;
}

GradientVerdict check_networks(const std::string& what, const std::vector<std::string>& activations,
                               const std::vector<std::string>& losses) {
  std::vector<GradientVerdict> verdicts;
  for (const std::string& activation : activations)
    for (const std::string& loss : losses) {
      std::string name = activation;  // which of several was worst
      name += ", " + loss;
      verdicts.push_back(check_in_network(name, make_activation(activation), *make_loss(loss), 7));
    }
  return summary("network", what, verdicts);
}

std::vector<GradientVerdict> check_model(const ModelDescription& description, const std::vector<Tensor>& parameters,
                                         const DataSet& rows, Index points) {
  const auto device = make_cpu_device();
  Network network = make_network(*device, description, "zeros", 0);
  network.set_parameters(parameters);
  const DeviceDataSet data(*device, rows, target_coding(description, network.outputs()));
  check_fit(network, data);
  std::vector<std::int32_t> order(static_cast<std::size_t>(rows.rows()));
  std::iota(order.begin(), order.end(), 0);
  std::vector<double> x(order.size() * static_cast<std::size_t>(network.inputs()));
  const MatrixView inputs{x.data(), rows.rows(), network.inputs()};
  data.gather_inputs(order.data(), inputs);
  std::vector<GradientVerdict> verdicts;
  for (const GradientError& error : check_gradients(network, *make_loss(description.loss), inputs, data.targets(),
                                                    {.points = points, .training = true})) {
    verdicts.push_back(summary("model", error.name, std::vector{error}));
    if (error.name == "input") continue;
    const auto layer = static_cast<std::size_t>(std::stoul(error.name));
    verdicts.back().what += " of " + network.layers()[layer]->describe();
  }
  return verdicts;
}

}  // namespace tinymlp::program
