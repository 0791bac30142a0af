// The losses of a training, drawn in the terminal.
#pragma once
#include <string>
#include <vector>

#include "output/epoch_record.h"
#include "terminal/terminal.h"

namespace tinymlp::program {

/// The loss of each part that there is over the epochs, on a logarithmic axis where losses differ widely. Empty without
/// epochs.
std::string loss_plot(const std::vector<EpochRecord>& epochs, const Medium& medium);

}  // namespace tinymlp::program
