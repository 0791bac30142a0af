// What a network's raw outputs mean for a row.
#pragma once
#include <span>
#include <vector>

#include "tinymlp/matrix.h"
#include "tinymlp/model_description.h"
#include "tinymlp/network.h"

namespace tinymlp::program {

/// The network's raw outputs for the rows of `data`, scaled as it takes them: (rows, outputs).
std::vector<float> network_outputs(const Network& network, const ModelDescription& description, const DataSet& data);

/// Throws Error, naming the row, if an output is not finite. outputs: (rows, outputs of the network).
void check_finite(std::span<const float> outputs, Index rows);

/// The class that the outputs name: that of the largest, or with one output the side of the threshold. -1 if an output
/// is not a number.
Index predicted_class(std::span<const float> outputs, double threshold);

/// For each class how likely it is: by the sigmoid or softmax where the loss takes logits; else the outputs themselves
/// between the targets of a wrong and of the right class, cut to 0 … 1.
std::vector<double> class_shares(std::span<const float> outputs, const ModelDescription& description);

}  // namespace tinymlp::program
