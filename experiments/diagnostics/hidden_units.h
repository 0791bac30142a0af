// What the hidden units of a network give, row by row.
#pragma once
#include <string>
#include <vector>

#include "tinymlp/dataset.h"
#include "tinymlp/model_description.h"
#include "tinymlp/network.h"

namespace tinymlp::program {

struct HiddenOutputs {
  std::string name;  // "layer 1, tanh", as inspect counts
  Index units = 0;
  std::vector<Scalar> values;  // (rows, units), on the host
};

/// Of each hidden layer: what stands behind a fully connected layer that is not the last one. `data` as the network
/// takes them.
std::vector<HiddenOutputs> hidden_units(const Network& network, const ModelDescription& description,
                                        const DataSet& data);

}  // namespace tinymlp::program
