// An example of a model and a place for its file, for the tests of tinymlp/io/model.h.
#pragma once
#include <filesystem>

#include "temporary_directory.h"
#include "tinymlp/model_description.h"
#include "tinymlp/tensor.h"

namespace tinymlp {

/// A directory for a model.
class ModelFiles {
 public:
  const std::filesystem::path& directory() const { return directory_.path(); }
  std::filesystem::path path() const { return directory() / "net.safetensors"; }

 private:
  TemporaryDirectory directory_;
};

/// 3 -> 4, tanh, -> 2 classes.
inline ModelDescription example_description() {
  ModelDescription description;
  description.inputs = 3;
  description.layers = {"Dense(3, 4)", "tanh", "Dense(4, 2)"};
  description.task = Task::classification;
  description.loss = "cross-entropy";
  description.low = -1;
  description.high = 2.5;
  description.scaling = {{0.5, -1, 2}, {1, 2, 0.25}};
  description.feature_names = {"length", "width", "mass"};
  description.class_names = {"cat", "dog"};
  description.target_name = "animal";
  return description;
}

inline std::vector<Tensor> example_tensors() {
  std::vector<Tensor> tensors{
      {"0.weight", {4, 3}, {}}, {"0.bias", {4}, {}}, {"2.weight", {2, 4}, {}}, {"2.bias", {2}, {}}};
  double next = 0.1;
  for (Tensor& tensor : tensors) {
    const Index size = tensor.shape[0] * (tensor.shape.size() == 2 ? tensor.shape[1] : 1);
    for (Index i = 0; i < size; ++i) tensor.values.push_back(next = -next * 1.1);
  }
  return tensors;
}

}  // namespace tinymlp
