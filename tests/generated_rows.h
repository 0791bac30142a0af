// What the tests of generators share.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "tinymlp/error.h"
#include "tinymlp/generators.h"

namespace tinymlp {

inline DataSet make(std::string_view name, Index samples, double noise, std::uint64_t seed = 1) {
  return generate(name, {.samples = samples, .noise = noise, .seed = seed});
}

inline std::string error_of(std::string_view name, const GeneratorOptions& options = {}) {
  try {
    generate(name, options);
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

/// The rows as (x1, x2, target).
struct Row {
  double x, y, target;
};
inline std::vector<Row> rows_of(const DataSet& data) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < data.targets.size(); ++i)
    rows.push_back({data.inputs[2 * i], data.inputs[2 * i + 1], data.targets[i]});
  return rows;
}

inline Index count_class(const DataSet& data, double label) {
  return std::count(data.targets.begin(), data.targets.end(), label);
}

}  // namespace tinymlp
