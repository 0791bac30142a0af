// boundary-frames.gif: the decision boundary as it moves while a network of two inputs learns.
#pragma once
#include <string>
#include <vector>

#include "tinymlp/dataset.h"
#include "tinymlp/model_description.h"
#include "tinymlp/network.h"

namespace tinymlp::program {

/// One frame's lines of boundary-frames.csv, a row of the plane each, from the lowest: the epoch, then from left to
/// right the number, the share of the second of two classes, or which of more classes is the likeliest.
std::string frame_lines(const Network& network, const ModelDescription& description, const DataSet& training,
                        Index epoch);

/// Draws boundary-frames.csv, two empty lines between its frames, under boundary-points.csv. `epochs`: of each frame.
std::string frames_script(const ModelDescription& description, const DataSet& training,
                          const std::vector<Index>& epochs, const std::string& title);

}  // namespace tinymlp::program
