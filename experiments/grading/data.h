// Data as experiments take them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tinymlp/dataset.h"

namespace tinymlp::program {

/// Numbers to learn numbers from. inputs: (rows, features), targets: (rows).
DataSet number_set(std::string name, Index features, std::vector<double> inputs, std::vector<double> targets);

/// A generated set with its own number of samples, half to train on and half to test on.
DataParts halves(const std::string& name, std::uint64_t seed);

/// The targets as a network with a tanh output is to give them: -1 and 1 for two classes, numbers as they are.
std::vector<double> plus_minus_targets(const DataSet& data);

/// count numbers from `low` to `high`, both included.
std::vector<double> evenly_spaced(double low, double high, Index count);

}  // namespace tinymlp::program
