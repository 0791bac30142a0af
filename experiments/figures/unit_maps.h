// units.svg: what each hidden unit of a network of two inputs gives across the plane.
#pragma once
#include <string>
#include <vector>

#include "diagnostics/hidden_units.h"

namespace tinymlp::program {

struct UnitMaps {
  std::string script;  // units.gp, prints the figure
  std::string data;    // units.csv: of each map the layer, the unit and the numbers from left to right, a line for each
                       // row of the plane from the lowest; two empty lines between maps
};

/// Nothing to draw without hidden layers: then both are empty.
UnitMaps unit_maps(const Network& network, const ModelDescription& description, const DataSet& training,
                   const std::string& title);

}  // namespace tinymlp::program
