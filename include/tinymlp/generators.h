// The data sets that are computed, not read: the six of TensorFlow Playground, small classics, MNIST-1D.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tinymlp/dataset.h"
#include "tinymlp/random.h"

namespace tinymlp {

/// What may be chosen about a generated data set.
struct GeneratorOptions {
  std::optional<Index> samples = {};  // rows; the set's own default if left out
  std::optional<double> noise = {};   // what it means depends on the set; the set's own default if left out
  std::uint64_t seed = 0;
};

/// How many features a set may be asked for, in brackets behind its name: "parity(8)".
struct FeatureSizes {
  Index lowest = 0, highest = 0;
  std::vector<std::string> (*names)(Index features) = nullptr;  // null: no other number than its own
  Index (*samples)(Index features) = nullptr;                   // null: its default does not depend on them
};

/// A data set that can be generated.
struct Generator {
  std::string name;         // "spiral"
  std::string description;  // for a list, one line
  Task task = Task::classification;
  std::vector<std::string> feature_names = {};
  std::string target_name = "target";
  std::vector<std::string> class_names = {};  // sorted; empty for regression
  Index default_samples = 500;
  double default_noise = 0;
  double largest_noise = std::numeric_limits<double>::infinity();  // noise is at least 0, at most this, and finite
  FeatureSizes sizes = {};
  bool fixed = false;  // always these samples and this noise, in this order
  double default_test_fraction = 0.5;
  /// Appends `samples` rows of inputs and targets to `data`, which knows its features. How many numbers it draws must
  /// not depend on `noise`, so that noise moves points and labels but draws no others.
  void (*append)(DataSet& data, Index samples, double noise, Random& random) = nullptr;
};

/// All of them, in the order of a list.
const std::vector<Generator>& generators();

/// Whether `name`, what stands in brackets apart, is one of theirs.
bool is_generated(std::string_view name);

/// The set called `name`, with as many features as the name asks for. Throws InputError, with the nearest name or the
/// range, if there is no such set.
Generator find_generator(std::string_view name);

/// The data set called `name`, its rows shuffled unless it is fixed. The same options give the same rows on
/// every processor with a fused multiply-add (64-bit Arm; x86-64 since 2013); on others the C library's sin, cos, log
/// and exp may differ in the last digit of a double. Throws InputError, with the nearest name or the range, if there is
/// no such set, if the samples are not from 1 to ten million or the noise is out of the set's range, or if a fixed set
/// is asked for other samples or noise than its own.
DataSet generate(std::string_view name, const GeneratorOptions& options = {});

}  // namespace tinymlp
