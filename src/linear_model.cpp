// Affine maps: applied, their rank, least squares. Eigen does the algebra, through maps of plain arrays.
#include "tinymlp/linear_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "own_eigen.h"
#include "standard_features.h"
#include "tinymlp/error.h"

namespace tinymlp {

std::vector<double> AffineMap::apply(std::span<const double> x) const {
  const auto in = static_cast<std::size_t>(inputs);
  if (in == 0 || x.size() % in != 0)
    throw ShapeError("an affine map of " + std::to_string(inputs) + " inputs is given " + std::to_string(x.size()) +
                     " numbers");
  const auto rows = static_cast<Index>(x.size() / in);
  std::vector<double> y(static_cast<std::size_t>(rows * outputs));
  MutableRows(y.data(), rows, outputs) =
      (Rows(x.data(), rows, inputs) * Rows(w.data(), outputs, inputs).transpose()).rowwise() +
      Eigen::Map<const Eigen::RowVectorXd>(b.data(), outputs);
  return y;
}

RankResult matrix_rank(const AffineMap& map) {
  const Eigen::BDCSVD<Eigen::MatrixXd> svd(Rows(map.w.data(), map.outputs, map.inputs));
  const auto& values = svd.singularValues();
  RankResult result;
  result.singular_values.assign(values.data(), values.data() + values.size());
  const double smallest = static_cast<double>(std::max(map.inputs, map.outputs)) *
                          std::numeric_limits<double>::epsilon() * (values.size() > 0 ? values[0] : 0);
  result.rank = std::ranges::count_if(result.singular_values, [&](double value) { return value > smallest; });
  return result;
}

AffineMap least_squares(std::span<const double> x, std::span<const double> t, Index inputs, Index outputs) {
  const Index rows = checked_rows(x, inputs);
  if (static_cast<Index>(t.size()) != rows * outputs)
    throw ShapeError("there are " + std::to_string(t.size()) + " targets for " + std::to_string(rows) + " rows of " +
                     std::to_string(outputs));
  if (!std::ranges::all_of(t, [](double number) { return std::isfinite(number); }))
    throw InputError("a target is not a finite number");
  const StandardFeatures features = standardize(x, rows, inputs);
  const Rows targets(t.data(), rows, outputs);
  const Eigen::RowVectorXd mean = targets.colwise().mean();
  const Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> decomposition(features.x);
  const Eigen::MatrixXd w = decomposition.solve(targets.rowwise() - mean);  // (inputs, outputs)
  return unscaled(features, w, mean);
}

}  // namespace tinymlp
