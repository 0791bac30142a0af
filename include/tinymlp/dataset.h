// A data set on the host: samples with their targets, as a file or a generator gives them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tinymlp/matrix.h"

namespace tinymlp {

/// What the targets are: numbers, or classes.
enum class Task { regression, classification };

/// How raw features become a network's inputs: (x - mean) / deviation.
struct InputScaling {
  std::vector<double> mean, deviation;  // (features); or one number for all of them; or empty: as they are
};

/// One sample a row. The features are numbers (`inputs`) or, for images, bytes (`bytes`) that stand for byte / 255 and
/// are turned into floats only when a batch of them is gathered.
struct DataSet {
  std::string name;  // "xor", "wine.csv"
  Task task = Task::regression;
  std::vector<std::string> feature_names;  // (features)
  std::string target_name = "target";
  std::vector<std::string> class_names;  // (classes), sorted; empty for regression
  std::vector<double> inputs;            // (rows, features), row-major; empty where there are bytes
  std::vector<std::uint8_t> bytes;       // (rows, features), row-major; empty where there are inputs
  std::vector<double> targets;           // (rows): the number, or the index of the class in class_names
  InputScaling scaling = {};             // what was done to `inputs` since they were read (scaling.h): empty, nothing

  Index rows() const { return static_cast<Index>(targets.size()); }
  Index features() const { return static_cast<Index>(feature_names.size()); }
  Index classes() const { return static_cast<Index>(class_names.size()); }
};

/// A data set cut into the part to train on, the part to test on, and the part to look at while training goes on (for
/// early stopping and tuning). The last two may be empty.
struct DataParts {
  DataSet training, test;
  DataSet validation = {};
};

/// The rows of `data` with the given numbers, in that order.
DataSet select_rows(const DataSet& data, const std::vector<Index>& rows);

/// Draws round(fraction · rows) test rows, class by class where there are classes (each keeps its share), by `seed`.
/// Both parts keep the order of the rows. Throws InputError unless 0 <= fraction < 1 and at least one row is left to
/// train on.
DataParts split(const DataSet& data, double fraction, std::uint64_t seed);

/// Moves rows from the training part to the validation part, which must be empty: round(fraction · rows) of them, drawn
/// as split draws test rows, but with random numbers of their own. Throws InputError as split does.
void split_validation(DataParts& parts, double fraction, std::uint64_t seed);

}  // namespace tinymlp
