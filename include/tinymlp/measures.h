// How good predictions are: measures of classifiers and of regressions, as scikit-learn defines them.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "tinymlp/matrix.h"

namespace tinymlp {

/// Of one class: with TP rows of the class that were found, FP rows of others that were taken for it, FN of its rows
/// that were not found:  precision = TP / (TP + FP),  recall = TP / (TP + FN),  f1 = 2 TP / (2 TP + FP + FN). 0 where
/// the denominator is.
struct ClassMeasures {
  double precision = 0, recall = 0, f1 = 0;
  Index rows = 0;  // of the class: TP + FN
};

struct ClassificationMeasures {
  std::vector<std::vector<Index>> confusion;  // (classes, classes): rows of the class i that were taken for class j
  double accuracy = 0;                        // the share of right predictions
  std::vector<ClassMeasures> classes;         // (classes)
  ClassMeasures macro;  // the plain means over the classes that occur among truths or predictions, and all rows
};

/// truth, prediction: a class from 0 to classes - 1 for each row. Throws InputError for another one or if there are no
/// rows, ShapeError if the two differ in length.
ClassificationMeasures measure_classes(std::span<const Index> truth, std::span<const Index> prediction, Index classes);

struct RegressionMeasures {
  double mae = 0;            // mean absolute error, (1/n) Σ |tᵢ - pᵢ|
  std::optional<double> r2;  // 1 - Σ (tᵢ - pᵢ)² / Σ (tᵢ - mean t)²; nothing where all targets are equal
};

/// Throws InputError if there are no rows, ShapeError if the two differ in length.
RegressionMeasures measure_regression(std::span<const double> truth, std::span<const double> prediction);

}  // namespace tinymlp
