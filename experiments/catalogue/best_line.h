// The best straight border between two classes.
#pragma once
#include <vector>

#include "tinymlp/dataset.h"

namespace tinymlp::program {

/// For `angles` directions over half a turn: the largest share of samples that a border across this direction puts on
/// the right side. `data` has two features and two classes.
std::vector<double> best_line_accuracies(const DataSet& data, int angles);

}  // namespace tinymlp::program
