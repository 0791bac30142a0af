// The best linear model for some data: what any network without non-linear activations can reach at most.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "tinymlp/dataset.h"
#include "tinymlp/linear_model.h"
#include "tinymlp/model_description.h"

namespace tinymlp::program {

struct LinearFit {
  AffineMap map;
  std::string method;  // "least squares", "softmax regression", "logistic regression"
  bool converged = true, separable = false;
  double gradient_norm = 0;  // where the search ended: of the loss, for features of mean 0 and variance 1
};

/// Whether there are so many numbers that each step of a search takes tenths of a second: images.
bool is_long_search(const DataSet& data);

/// The affine map with the smallest loss on these rows: in closed form for mse and half-mse, by a search run to
/// convergence for bce and cross-entropy. For other losses least squares for numbers and softmax regression for
/// classes, which are not the best by that loss: `is_optimum` tells.
LinearFit fit_linear_model(const ModelDescription& description, const DataSet& data,
                           const SoftmaxOptions& options = {});
bool is_optimum(const ModelDescription& description);

/// The features as a network takes them, bytes divided by 255: (rows, features).
std::vector<double> features_of(const DataSet& data);

/// The loss that the description names, in double, of outputs (rows, outputs) for the data's targets. Throws InputError
/// unless it is mse, half-mse, bce or cross-entropy.
double loss_of_outputs(const ModelDescription& description, const DataSet& data, std::span<const double> outputs);

}  // namespace tinymlp::program
