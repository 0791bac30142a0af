#include "tinymlp/measures.h"

#include <cmath>
#include <string>

#include "tinymlp/error.h"

namespace tinymlp {

namespace {

void check_lengths(std::size_t truths, std::size_t predictions) {
  if (truths != predictions)
    throw ShapeError("there are " + std::to_string(truths) + " targets, but " + std::to_string(predictions) +
                     " predictions");
  if (truths == 0) throw InputError("there are no rows to measure predictions on");
}

double ratio(Index numerator, Index denominator) {
  return denominator == 0 ? 0 : static_cast<double>(numerator) / static_cast<double>(denominator);
}

/// Of class c, of which `predicted` rows were thought.
ClassMeasures class_measures(Index found, Index rows, Index predicted) {
  return {ratio(found, predicted), ratio(found, rows), ratio(2 * found, rows + predicted), rows};
}

}  // namespace

ClassificationMeasures measure_classes(std::span<const Index> truth, std::span<const Index> prediction, Index classes) {
  check_lengths(truth.size(), prediction.size());
  ClassificationMeasures measures;
  const auto count = static_cast<std::size_t>(classes);
  measures.confusion.assign(count, std::vector<Index>(count));
  for (std::size_t row = 0; row < truth.size(); ++row) {
    for (const Index label : {truth[row], prediction[row]})
      if (label < 0 || label >= classes)
        throw InputError("row " + std::to_string(row) + " is of class " + std::to_string(label) + ", but there are " +
                         std::to_string(classes));
    ++measures.confusion[static_cast<std::size_t>(truth[row])][static_cast<std::size_t>(prediction[row])];
  }
  Index right = 0, present = 0;
  ClassMeasures& macro = measures.macro;
  for (std::size_t c = 0; c < count; ++c) {
    Index rows = 0, predicted = 0;
    for (std::size_t other = 0; other < count; ++other) {
      rows += measures.confusion[c][other];
      predicted += measures.confusion[other][c];
    }
    const Index found = measures.confusion[c][c];
    const ClassMeasures& one = measures.classes.emplace_back(class_measures(found, rows, predicted));
    right += found;
    macro.rows += rows;
    if (rows + predicted == 0) continue;
    ++present;
    macro.precision += one.precision;
    macro.recall += one.recall;
    macro.f1 += one.f1;
  }
  for (double* sum : {&macro.precision, &macro.recall, &macro.f1}) *sum /= static_cast<double>(present);
  measures.accuracy = ratio(right, static_cast<Index>(truth.size()));
  return measures;
}

RegressionMeasures measure_regression(std::span<const double> truth, std::span<const double> prediction) {
  check_lengths(truth.size(), prediction.size());
  const auto rows = static_cast<double>(truth.size());
  double sum = 0, absolute = 0, squared = 0, spread = 0;
  for (const double t : truth) sum += t;
  const double mean = sum / rows;
  bool all_equal = true;
  for (std::size_t row = 0; row < truth.size(); ++row) {
    const double error = truth[row] - prediction[row];
    absolute += std::abs(error);
    squared += error * error;
    spread += (truth[row] - mean) * (truth[row] - mean);
    all_equal = all_equal && truth[row] == truth[0];
  }
  RegressionMeasures measures{absolute / rows, {}};
  if (!all_equal) measures.r2 = 1 - squared / spread;
  return measures;
}

}  // namespace tinymlp
