// What evaluate tells of a model on a data set.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tinymlp/measures.h"

namespace tinymlp::program {

struct Evaluation {
  std::string model, data;
  Index rows = 0;
  std::string loss_name;
  double loss = 0;
  std::vector<std::string> class_names;
  std::optional<ClassificationMeasures> classes;  // or
  std::optional<RegressionMeasures> regression;
};

/// For people: a table, the confusion matrix, measures of each class.
std::string evaluation_text(const Evaluation& evaluation);
/// One line.
std::string evaluation_json(const Evaluation& evaluation);

}  // namespace tinymlp::program
