// Makes data of another origin agree with what a model, or a training set, knows: columns by name, classes by label.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tinymlp/dataset.h"
#include "tinymlp/model_description.h"

namespace tinymlp::program {

/// What data must agree with.
struct Schema {
  std::string of;  // "the model", "the training data"
  Task task;
  std::size_t features;
  std::vector<std::string> feature_names;  // (features), or empty where unknown
  std::vector<std::string> class_names;    // empty for regression
  std::string target_name;
};
Schema schema_of(const DataSet& data);
Schema schema_of(const ModelDescription& description);

/// Puts the columns into the schema's order, by their names where both have some, and numbers the classes as it does.
/// Throws InputError for a feature that is missing, with the nearest name, or a class that the schema does not have.
DataSet align(DataSet data, const Schema& schema);

/// A CSV's rows, aligned. `target`: as in CsvOptions; if left out, the schema's target where the file has it, else the
/// last column. Throws InputError.
DataSet read_csv_like(const std::filesystem::path& path, const Schema& schema,
                      const std::optional<std::string>& target);

/// The features of a CSV's rows, aligned; all targets are 0. `target`: a column to ignore; if left out, the schema's
/// target, where the file has it. `note`: what is to be said of a column that was ignored without a name. Throws
/// InputError.
DataSet read_features_like(const std::filesystem::path& path, const Schema& schema,
                           const std::optional<std::string>& target, std::string& note);

}  // namespace tinymlp::program
