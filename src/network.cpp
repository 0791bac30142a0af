#include "tinymlp/network.h"

#include <algorithm>
#include <limits>

#include "text.h"
#include "tinymlp/error.h"

TINYMLP_BEGIN

namespace {

constexpr Index most_parameters = std::numeric_limits<std::int32_t>::max();

/// From file order, (out, in), to memory order, (in, out).
void to_memory(std::span<const double> values, MatrixView view, Scalar* memory) {
  for (Index i = 0; i < view.rows; ++i)
    for (Index j = 0; j < view.cols; ++j)
      memory[i * view.cols + j] = static_cast<Scalar>(values[static_cast<std::size_t>(j * view.rows + i)]);
}

/// Checks that each layer takes what the one before it gives; returns what the last one gives.
Index checked_outputs(const std::vector<std::unique_ptr<Layer>>& layers, Index inputs) {
  if (layers.empty()) throw ShapeError("a network needs at least one layer");
  for (const auto& layer : layers) inputs = layer->outputs(inputs);
  return inputs;
}

ParameterCounts count(const std::vector<std::unique_ptr<Layer>>& layers) {
  ParameterCounts counts;
  for (const auto& layer : layers)
    for (const Parameter& parameter : layer->parameters()) {
      counts.all += parameter.size();
      if (parameter.is_weight) counts.weights += parameter.size();
    }
  if (counts.all > most_parameters)
    throw ShapeError("the network would have " + std::to_string(counts.all) + " parameters: at most " +
                     std::to_string(most_parameters) + " are possible");
  return counts;
}

/// The streams of random numbers that initial values are drawn from.
class InitialStreams {
 public:
  /// That of the next layer, which stands at this place. Layers with a matrix of weights are counted for themselves, so
  /// that networks which differ in activations or dropout start from the same draws; twice, because 2 k is the place of
  /// the k-th one in the plain stack Dense, activation, Dense, … Whatever else draws has a stream by its place.
  std::uint32_t next(const Layer& layer, std::size_t place) {
    const bool has_matrix =
        std::ranges::any_of(layer.parameters(), [](const Parameter& one) { return one.shape.size() > 1; });
    return has_matrix ? 2 * matrices_++ : others + static_cast<std::uint32_t>(place);
  }

 private:
  static constexpr std::uint32_t others = 1U << 31;
  std::uint32_t matrices_ = 0;
};

}  // namespace

Network::Network(Device& device, Index inputs, std::uint64_t seed, std::vector<std::unique_ptr<Layer>> layers)
    : device_(device),
      layers_(std::move(layers)),
      inputs_(inputs),
      outputs_(checked_outputs(layers_, inputs)),
      counts_(count(layers_)),
      parameters_(make_buffer<Scalar>(device, counts_.all)),
      gradients_(make_buffer<Scalar>(device, counts_.all)) {
  place_parameters();
  std::vector<Tensor> initial;
  InitialStreams streams;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    layers_[i]->join(seed, i);
    Random random(seed, Purpose::initial_weights, streams.next(*layers_[i], i));
    for (std::size_t k = 0; k < layers_[i]->parameters().size(); ++k) {
      const Parameter& parameter = layers_[i]->parameters()[k];
      std::vector<double> values(static_cast<std::size_t>(parameter.size()));
      layers_[i]->initialize(k, values, random);
      initial.push_back({parameter.name, parameter.shape, std::move(values)});
    }
  }
  set_parameters(initial);
}

void Network::place_parameters() {
  Index weight = 0, other = counts_.weights;  // where the next one goes
  for (const auto& layer : layers_)
    for (std::size_t k = 0; k < layer->parameters().size(); ++k) {
      const Parameter& parameter = layer->parameters()[k];
      Index& offset = parameter.is_weight ? weight : other;
      layer->place(k, parameters_.get() + offset, gradients_.get() + offset);
      offset += parameter.size();
    }
}

std::string Network::describe() const {
  std::string text;
  for (const auto& layer : layers_) text += (text.empty() ? "" : ", ") + layer->describe();
  return text;
}

std::vector<Tensor> Network::download(MatrixView Parameter::* which) const {
  std::vector<Tensor> tensors;
  for (std::size_t i = 0; i < layers_.size(); ++i)
    for (const Parameter& parameter : layers_[i]->parameters()) {
      const MatrixView view = parameter.*which;
      std::vector<Scalar> memory(static_cast<std::size_t>(view.size()));
      device_.download(memory.data(), view.data, sizeof(Scalar) * memory.size());
      Tensor tensor{std::to_string(i) + "." + parameter.name, parameter.shape, std::vector<double>(memory.size())};
      for (Index row = 0; row < view.rows; ++row)  // from memory order, (in, out), to file order, (out, in)
        for (Index col = 0; col < view.cols; ++col)
          tensor.values[static_cast<std::size_t>(col * view.rows + row)] =
              static_cast<double>(memory[static_cast<std::size_t>(row * view.cols + col)]);
      tensors.push_back(std::move(tensor));
    }
  return tensors;
}

void Network::set_parameters(const std::vector<Tensor>& tensors) {
  std::vector<const Parameter*> parameters;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < layers_.size(); ++i)
    for (const Parameter& parameter : layers_[i]->parameters()) {
      parameters.push_back(&parameter);
      names.push_back(std::to_string(i) + "." + parameter.name);
    }
  if (tensors.size() != parameters.size())
    throw ShapeError("there are " + std::to_string(tensors.size()) + " tensors, but the network " + describe() +
                     " has " + std::to_string(parameters.size()));
  for (std::size_t i = 0; i < tensors.size(); ++i)
    if (tensors[i].shape != parameters[i]->shape ||
        static_cast<Index>(tensors[i].values.size()) != parameters[i]->size())
      throw ShapeError("tensor " + in_quotes(tensors[i].name) + " has shape " + shape_text(tensors[i].shape) +
                       ", but the network's " + names[i] + " has " + shape_text(parameters[i]->shape));
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    std::vector<Scalar> memory(tensors[i].values.size());
    to_memory(tensors[i].values, parameters[i]->value, memory.data());
    device_.upload(parameters[i]->value.data, memory.data(), sizeof(Scalar) * memory.size());
  }
}

TINYMLP_END
