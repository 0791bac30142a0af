// A stack of layers with one array for all their parameters and one for all gradients.
#pragma once
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "tinymlp/layer.h"
#include "tinymlp/optimizer.h"
#include "tinymlp/tensor.h"

TINYMLP_BEGIN

/// Complete once constructed: the layers' sizes fit, the parameters have their initial values.
///   Network network(*device, 2, seed, Dense(2, 16), Activation<Tanh>(), Dense(16, 1));
class Network {
 public:
  /// `inputs`: features of a sample. Initial values depend on the seed, a layer's size and how many matrices of weights
  /// precede it: activations and dropout shift nothing. The device must outlive it. Throws ShapeError unless they fit.
  Network(Device& device, Index inputs, std::uint64_t seed, std::vector<std::unique_ptr<Layer>> layers);

  template <class... L>
    requires(std::is_base_of_v<Layer, L> && ...)
  Network(Device& device, Index inputs, std::uint64_t seed, L... layers)
      : Network(device, inputs, seed, stack(std::move(layers)...)) {}

  Device& device() const { return device_; }
  const std::vector<std::unique_ptr<Layer>>& layers() const { return layers_; }
  Index inputs() const { return inputs_; }
  Index outputs() const { return outputs_; }
  /// "Dense(2, 16), tanh, Dense(16, 1)"
  std::string describe() const;

  ParameterCounts counts() const { return counts_; }
  Scalar* parameters() { return parameters_.get(); }  // (counts().all), on the device: all weights, then all others
  Scalar* gradients() { return gradients_.get(); }    // the same order

  /// Copies of all parameters, or of their gradients, in the order of the layers, named as PyTorch's nn.Sequential
  /// names them: "0.weight" (out, in), "0.bias" (out), "2.weight", …
  std::vector<Tensor> parameter_tensors() const { return download(&Parameter::value); }
  std::vector<Tensor> gradient_tensors() const { return download(&Parameter::gradient); }
  /// Sets all parameters. Throws ShapeError, changing nothing, unless `tensors` are in number, order and shape those of
  /// this network; names are not compared, so that files of other origin fit.
  void set_parameters(const std::vector<Tensor>& tensors);

 private:
  template <class... L>
  static std::vector<std::unique_ptr<Layer>> stack(L... layers) {
    std::vector<std::unique_ptr<Layer>> all;
    (all.push_back(std::make_unique<L>(std::move(layers))), ...);
    return all;
  }
  void place_parameters();
  std::vector<Tensor> download(MatrixView Parameter::* which) const;

  Device& device_;
  std::vector<std::unique_ptr<Layer>> layers_;
  Index inputs_, outputs_;
  ParameterCounts counts_;
  Buffer<Scalar> parameters_, gradients_;
};

TINYMLP_END
