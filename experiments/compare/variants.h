// What is compared: every combination of the activations and of the values that --vary gives to other options.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "options/arguments.h"
#include "options/data_options.h"
#include "options/network_options.h"
#include "options/training_options.h"
#include "tinymlp/dataset.h"
#include "tinymlp/model_description.h"

namespace tinymlp::program {

/// An option with the values that it takes one after the other.
struct Dimension {
  std::string option;               // "activation", "init", "depth"
  std::vector<std::string> values;  // as they were written
};

/// One combination. Its options are read as train reads them.
struct Variant {
  Arguments arguments;                    // as if this combination alone had been asked for
  std::string label = {};                 // "relu", "relu, init=he-normal": what tells it from the others
  std::vector<std::string> choices = {};  // of each dimension
  DataOptions data_options = {};
  NetworkOptions network = {};
  TrainingOptions training = {};
  std::shared_ptr<const DataParts> parts = {};  // shared by all variants with the same data; the test part is not empty
  bool tests_on_training_rows = false;          // for there are no others
  ModelDescription model = {};

  /// How it is trained with another learning rate, in the text of an option.
  TrainingOptions training_at(const std::string& learning_rate) const;
  /// All that is in force.
  Settings settings() const;
  /// The learning rate in force.
  double learning_rate() const;
};

/// Whether each variant's learning rate is to be tuned: --learning-rate auto.
bool tunes_learning_rate(const Arguments& arguments);

/// --activation, then each --vary. Throws InputError for an option that cannot be varied, with the nearest that can, or
/// a value that is given twice.
std::vector<Dimension> read_dimensions(const Arguments& arguments);

/// The values between commas; or between semicolons, where there are any, so that values may hold commas:
/// "8,8;16,16" are two. What stands in brackets is never cut.
std::vector<std::string> split_values(const std::string& text);

/// All combinations, the first dimension changing slowest, with their data loaded. Throws InputError where a value is
/// wrong, or where scores could not be compared, as those of classes with those of numbers.
std::vector<Variant> read_variants(const Arguments& arguments, const std::vector<Dimension>& dimensions);

}  // namespace tinymlp::program
