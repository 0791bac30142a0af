// histograms.svg: how the numbers that each hidden layer gives are spread, before and after training.
#pragma once
#include <string>
#include <vector>

#include "diagnostics/hidden_units.h"

namespace tinymlp::program {

/// The first line of histograms.csv.
constexpr const char* histogram_header = "epoch,layer,low,high,density,zeros\n";

/// The lines of histograms.csv for the network as it is after that epoch: for each hidden layer, bins from low to high
/// with the share of all numbers in them over their width; exact zeros are left out, their share is in the last column.
std::string histogram_lines(const std::vector<HiddenOutputs>& layers, Index epoch);

/// Draws histograms.csv, which has the lines of epoch 0 first, if `has_start`, and then those of `last`: a panel for
/// each layer.
std::string histogram_script(const std::vector<HiddenOutputs>& layers, Index last, bool has_start,
                             const std::string& title);

}  // namespace tinymlp::program
