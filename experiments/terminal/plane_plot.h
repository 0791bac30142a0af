// What a network of two inputs gives across their plane, with the rows that it learnt from, drawn in the terminal.
#pragma once
#include <string>

#include "terminal/terminal.h"
#include "tinymlp/dataset.h"
#include "tinymlp/model_description.h"
#include "tinymlp/network.h"

namespace tinymlp::program {

/// In colours: classes as boundary.svg shows them, numbers from dark to light. Without: characters. `training`: the
/// rows as the network takes them, of which some are shown. Empty unless these are a plane.
std::string plane_plot(const Network& network, const ModelDescription& description, const DataSet& training,
                       const Medium& medium);

}  // namespace tinymlp::program
