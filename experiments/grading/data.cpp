// Makes data sets from arrays and generators.
#include "grading/data.h"

#include "tinymlp/generators.h"

namespace tinymlp::program {

DataSet number_set(std::string name, Index features, std::vector<double> inputs, std::vector<double> targets) {
  DataSet data;
  data.name = std::move(name);
  for (Index i = 1; i <= features; ++i) data.feature_names.push_back("x" + std::to_string(i));
  data.inputs = std::move(inputs);
  data.targets = std::move(targets);
  return data;
}

DataParts halves(const std::string& name, std::uint64_t seed) {
  return split(generate(name, {.seed = seed}), 0.5, seed);
}

std::vector<double> plus_minus_targets(const DataSet& data) {
  std::vector<double> targets = data.targets;
  if (data.task == Task::classification)
    for (double& target : targets) target = 2 * target - 1;
  return targets;
}

std::vector<double> evenly_spaced(double low, double high, Index count) {
  std::vector<double> values;
  for (Index i = 0; i < count; ++i)
    values.push_back(low + (high - low) * static_cast<double>(i) / static_cast<double>(count - 1));
  return values;
}

}  // namespace tinymlp::program
