// loss.svg: loss, and accuracy where there are classes, against the epoch. Its data are in metrics.csv.
#pragma once
#include <string>
#include <vector>

#include "output/epoch_record.h"

namespace tinymlp::program {

/// The gnuplot script, to run beside metrics.csv; it prints the figure. `records` must not be empty.
std::string loss_script(const std::vector<EpochRecord>& records, const std::string& title);

}  // namespace tinymlp::program
