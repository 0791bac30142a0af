// Features as the searches for linear models want them: mean 0 and variance 1, whatever their units.
#pragma once
#include <span>

#include "own_eigen.h"
#include "tinymlp/linear_model.h"

namespace tinymlp {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Rows = Eigen::Map<const RowMajor>;
using MutableRows = Eigen::Map<RowMajor>;

struct StandardFeatures {
  RowMajor x;                          // (rows, inputs); a feature that never changes is 0 everywhere
  Eigen::RowVectorXd mean, deviation;  // (inputs); the deviation of such a feature is 1
};

/// How many rows there are. Throws ShapeError unless they are whole, InputError if there are none or a number is not
/// finite.
Index checked_rows(std::span<const double> x, Index inputs);
StandardFeatures standardize(std::span<const double> x, Index rows, Index inputs);
/// The map of the features as they were that is y = xᵀ w + b for the standardized ones. w: (inputs, outputs).
AffineMap unscaled(const StandardFeatures& features, const Eigen::MatrixXd& w, const Eigen::RowVectorXd& b);

}  // namespace tinymlp
