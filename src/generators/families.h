// The generated data sets, family by family. To add a set, write its function and its line in its family's table.
#pragma once
#include <initializer_list>
#include <vector>

#include "tinymlp/generators.h"

namespace tinymlp {

std::vector<Generator> playground_sets();
std::vector<Generator> classic_sets();
Generator mnist1d_set();

/// "x1", "x2", …
std::vector<std::string> numbered_features(Index count);

inline void append_row(DataSet& data, std::initializer_list<double> features, double target) {
  data.inputs.insert(data.inputs.end(), features);
  data.targets.push_back(target);
}

}  // namespace tinymlp
