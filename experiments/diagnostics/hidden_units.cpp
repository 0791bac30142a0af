// Sends rows through a network and keeps what the layers on the way give.
#include "diagnostics/hidden_units.h"

#include <algorithm>
#include <numeric>

#include "tinymlp/device_dataset.h"
#include "tinymlp/model.h"
#include "tinymlp/pass.h"

namespace tinymlp::program {

namespace {

bool has_weights(const Layer& layer) {
  return std::ranges::any_of(layer.parameters(), [](const Parameter& parameter) {
    return parameter.is_weight && parameter.shape.size() == 2;
  });
}

/// The places of the layers that give hidden units: the activation behind each fully connected layer but the last.
std::vector<std::size_t> places(const Network& network) {
  std::vector<std::size_t> weights, hidden;
  for (std::size_t i = 0; i < network.layers().size(); ++i)
    if (has_weights(*network.layers()[i])) weights.push_back(i);
  for (std::size_t k = 0; k + 1 < weights.size(); ++k) hidden.push_back(std::min(weights[k] + 1, weights[k + 1] - 1));
  return hidden;
}

}  // namespace

std::vector<HiddenOutputs> hidden_units(const Network& network, const ModelDescription& description,
                                        const DataSet& data) {
  Device& device = network.device();
  const Index rows = data.rows();
  const DeviceDataSet on_device(device, data, target_coding(description, network.outputs()));
  std::vector<std::int32_t> all(static_cast<std::size_t>(rows));
  std::iota(all.begin(), all.end(), 0);
  const auto order = make_buffer<std::int32_t>(device, rows);  // (rows)
  device.upload(order.get(), all.data(), sizeof(std::int32_t) * all.size());
  const auto x = make_buffer<Scalar>(device, rows * network.inputs());  // (rows, in)
  const MatrixView inputs{x.get(), rows, network.inputs()};
  on_device.gather_inputs(order.get(), inputs);
  Pass pass(network, rows);
  pass.forward(inputs);
  std::vector<HiddenOutputs> layers;
  for (const std::size_t i : places(network)) {
    const ConstMatrixView y = pass.output(i);
    HiddenOutputs& layer = layers.emplace_back();
    layer.name = "layer " + std::to_string(i) + ", " + network.layers()[i]->describe();
    layer.units = y.cols;
    layer.values.resize(static_cast<std::size_t>(y.size()));
    device.download(layer.values.data(), y.data, sizeof(Scalar) * layer.values.size());
  }
  return layers;
}

}  // namespace tinymlp::program
