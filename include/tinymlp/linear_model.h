// Affine maps y = W x + b, and the best ones for some data: what a network without non-linear activations can reach.
#pragma once
#include <span>
#include <vector>

#include "tinymlp/matrix.h"

namespace tinymlp {

/// y = W x + b, in double.
struct AffineMap {
  Index inputs = 0, outputs = 0;
  std::vector<double> w;  // (outputs, inputs), row-major
  std::vector<double> b;  // (outputs)

  /// Of every row of x (rows, inputs): (rows, outputs). Throws ShapeError.
  std::vector<double> apply(std::span<const double> x) const;
};

/// How much of the space of inputs an affine map sees.
struct RankResult {
  Index rank = 0;                       // singular values above max(outputs, inputs) · 2⁻⁵² · the largest
  std::vector<double> singular_values;  // of W, falling
};
RankResult matrix_rank(const AffineMap& map);

/// The affine map with the smallest Σ (y - t)², of several the one with the smallest W, for features that may depend on
/// one another. By the complete orthogonal decomposition of the centred features (Golub and Van Loan, "Matrix
/// Computations", 5.5). x: (rows, inputs), t: (rows, outputs). Throws ShapeError, InputError if there are no rows or a
/// number is not finite.
AffineMap least_squares(std::span<const double> x, std::span<const double> t, Index inputs, Index outputs);

/// The affine map with the smallest mean cross-entropy, and how near the search for it came.
struct SoftmaxRegression {
  AffineMap map;
  double loss = 0;           // -Σ log p(class) / rows, of this map
  double gradient_norm = 0;  // of that, where features have mean 0 and variance 1
  Index iterations = 0;
  bool converged = false;  // the gradient is below the tolerance
  /// Whether an affine map puts all rows into their classes: then no map has the smallest loss; it goes to 0 as the
  /// weights grow.
  bool separable = false;
};

/// How long to search.
struct SoftmaxOptions {
  double tolerance = 1e-9;  // of the gradient's norm
  Index most_iterations = 2000;
};

/// Softmax regression, or logistic regression where there is one output for two classes (it is then the logit of class
/// 1), by L-BFGS (Nocedal 1980) on standardized features, in double. x: (rows, inputs); classes: (rows), from 0 on;
/// outputs: their number, or 1 for two. Throws as least_squares does, and InputError for a class that is out of range.
SoftmaxRegression softmax_regression(std::span<const double> x, std::span<const Index> classes, Index inputs,
                                     Index outputs, const SoftmaxOptions& options = {});

}  // namespace tinymlp
