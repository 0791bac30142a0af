// What predict tells of each row: a line of CSV or of JSON.
#pragma once
#include <span>
#include <string>

#include "tinymlp/matrix.h"
#include "tinymlp/model_description.h"

namespace tinymlp::program {

/// `outputs`: the network's, finite, (rows, outputs). A header and a line for each row: the prediction, for classes
/// followed by p(CLASS) of each.
std::string predictions_csv(std::span<const float> outputs, Index rows, const ModelDescription& description);

/// An object on each line, with the names of the CSV's columns.
std::string predictions_json(std::span<const float> outputs, Index rows, const ModelDescription& description);

}  // namespace tinymlp::program
