// Models in files: a safetensors file whose tensors are named as PyTorch's nn.Sequential names them, with the
// description of the model as JSON under the metadata key "tinymlp".
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tinymlp/model_description.h"
#include "tinymlp/tensor.h"

namespace tinymlp {

struct ModelFile {
  ModelDescription description;
  std::vector<Tensor> tensors;  // layer after layer: weight (out, in), then bias (out); a prelu's slope (1)
  bool foreign = false;         // without a description of ours: only sizes and activations are known
};

/// Reads a model file, or model.safetensors of a run directory. Of a file without our description, as PyTorch writes
/// it, the sizes come from the shapes, and `activation` stands between its layers (and after the last: nothing), but a
/// prelu where a tensor of shape (1), its slope, follows a bias. Throws InputError, naming the file, if it cannot be
/// read or its parts do not fit together.
ModelFile read_model(const std::filesystem::path& path, std::string_view activation = "relu");

/// The bytes of a model file: the same model gives the same bytes. Values are rounded to float.
std::string format_model(const ModelDescription& description, const std::vector<Tensor>& tensors);

}  // namespace tinymlp
