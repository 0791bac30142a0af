#include "standard_features.h"

#include <algorithm>
#include <cmath>

#include "tinymlp/error.h"

namespace tinymlp {

Index checked_rows(std::span<const double> x, Index inputs) {
  if (inputs < 1 || static_cast<Index>(x.size()) % inputs != 0)
    throw ShapeError(std::to_string(x.size()) + " numbers are no rows of " + std::to_string(inputs) + " features");
  if (x.empty()) throw InputError("there are no rows to fit a linear model to");
  if (!std::ranges::all_of(x, [](double number) { return std::isfinite(number); }))
    throw InputError("a feature is not a finite number");
  return static_cast<Index>(x.size()) / inputs;
}

StandardFeatures standardize(std::span<const double> x, Index rows, Index inputs) {
  StandardFeatures features;
  features.x = Rows(x.data(), rows, inputs);
  features.mean = features.x.colwise().mean();
  features.x.rowwise() -= features.mean;
  features.deviation = (features.x.colwise().squaredNorm() / static_cast<double>(rows)).cwiseSqrt();
  for (Index i = 0; i < inputs; ++i) {
    // What rounding leaves of a feature that never changes is no information.
    const bool constant = !(features.deviation[i] > 1e-14 * std::abs(features.mean[i]));
    if (constant) features.x.col(i).setZero();
    if (constant) features.deviation[i] = 1;
    features.x.col(i) /= features.deviation[i];
  }
  return features;
}

AffineMap unscaled(const StandardFeatures& features, const Eigen::MatrixXd& w, const Eigen::RowVectorXd& b) {
  AffineMap map{w.rows(), w.cols(), {}, {}};
  map.w.resize(static_cast<std::size_t>(w.size()));
  map.b.resize(static_cast<std::size_t>(w.cols()));
  const Eigen::MatrixXd scaled = features.deviation.cwiseInverse().asDiagonal() * w;
  MutableRows(map.w.data(), w.cols(), w.rows()) = scaled.transpose();
  Eigen::Map<Eigen::RowVectorXd>(map.b.data(), w.cols()) = b - features.mean * scaled;
  return map;
}

}  // namespace tinymlp
