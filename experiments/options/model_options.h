// MODEL, as the commands that look at a trained model take it, and the options for files that do not say all of it.
#pragma once
#include <string>

#include "options/arguments.h"
#include "options/loss_options.h"
#include "tinymlp/io/model.h"

namespace tinymlp::program {

/// --activation, --loss and --target-coding: what a file as PyTorch writes it does not tell.
OptionGroup model_option_group();

/// The model that the first word names: a run directory or a .safetensors file. Throws InputError if it cannot be read,
/// or if an option says what the file says itself.
ModelFile load_model(const Arguments& arguments);
/// The same of a model that an option names.
ModelFile load_model(const Arguments& arguments, const std::string& path);

/// --loss and --target-coding, for a file that does not tell.
LossOptions foreign_loss(const Arguments& arguments);

}  // namespace tinymlp::program
