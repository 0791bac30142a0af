// The losses of a training, drawn with characters in the terminal: --plot.
#pragma once
#include <string>
#include <vector>

#include "output/console.h"
#include "output/epoch_record.h"

namespace tinymlp::program {

/// A picture of `width` characters at most: the loss of each part that there is over the epochs, on a logarithmic axis
/// where losses differ widely. Empty without epochs.
std::string loss_plot(const std::vector<EpochRecord>& epochs, std::size_t width);

/// Prints it on standard output; with --json on standard error, for standard output has only JSON then.
void show_loss_plot(const Verbosity& verbosity, const std::vector<EpochRecord>& epochs);

}  // namespace tinymlp::program
