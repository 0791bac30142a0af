// Reads models that the command line names.
#include "options/model_options.h"

#include <filesystem>

#include "tinymlp/activations.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

OptionGroup model_option_group() {
  return {"Model",
          {{"activation", "NAME", "of the hidden layers, for a file that does not say (relu), as PyTorch's"},
           {"loss", "NAME", "for such a file: auto, mse, half-mse, mae, huber, hinge, bce or cross-entropy", "auto"},
           {"target-coding", "NAME", "for such a file: zero-one or plus-minus, as two classes were trained"}}};
}

ModelFile load_model(const Arguments& arguments) { return load_model(arguments, arguments.words()[0]); }

ModelFile load_model(const Arguments& arguments, const std::string& path) {
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown) && !std::filesystem::exists(path + "/model.safetensors", unknown))
    throw InputError("there is no model.safetensors (" + path + "): name a run directory or a model file");
  const std::string activation = arguments.optional_text("activation").value_or("relu");
  make_activation(activation);
  ModelFile model = read_model(path, activation);
  for (const char* option : {"activation", "loss", "target-coding"})
    if (!model.foreign && arguments.given(option))
      throw InputError(std::string("the model's file says it itself (--") + option + "): leave it out");
  return model;
}

LossOptions foreign_loss(const Arguments& arguments) { return read_loss_options(arguments); }

}  // namespace tinymlp::program
