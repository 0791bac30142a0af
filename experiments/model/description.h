// The network that is asked for, as a description: what train builds, and what a model file keeps.
#pragma once
#include <string>
#include <vector>

#include "options/loss_options.h"
#include "options/network_options.h"
#include "options/workload.h"
#include "tinymlp/dataset.h"
#include "tinymlp/model_description.h"
#include "tinymlp/tensor.h"

namespace tinymlp::program {

/// What the network for these data is to be. Throws InputError where they do not go together.
ModelDescription describe_model(const NetworkOptions& options, const LossOptions& loss, const DataSet& data);

/// Sets what the targets of a wrong and of the right class are, for a description whose task and loss are known. Throws
/// InputError where they do not go together.
void choose_coding(ModelDescription& description, const LossOptions& loss, Index outputs);

/// How many numbers go in, and how many each fully connected layer gives.
std::vector<Index> layer_sizes(const ModelDescription& description);
/// The same as text: "2-16-16-1".
std::string sizes_text(const ModelDescription& description);
Index parameter_count(const ModelDescription& description);
/// What an estimate of its work goes by.
NetworkSize network_size(const ModelDescription& description);

/// The initial weights that --init names a file for; no tensors if it names none. Throws InputError unless they fit.
std::vector<Tensor> read_initial_weights(const NetworkOptions& options, const ModelDescription& description);

}  // namespace tinymlp::program
