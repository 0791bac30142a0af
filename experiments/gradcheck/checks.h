// What gradcheck checks. Everything in this folder computes in double, in namespace f64: only files that include
// nothing of the library's but this header may be shared with the rest of the program, which computes in float.
#pragma once
#include <string>
#include <vector>

#include "tinymlp/dataset.h"
#include "tinymlp/model_description.h"
#include "tinymlp/tensor.h"

namespace tinymlp::program {

/// What a right derivative may differ from the finite difference, as a share of the largest gradient.
constexpr double gradient_tolerance = 1e-7;

/// What one check found.
struct GradientVerdict {
  std::string kind;       // "activation", "layer", "loss", "network", "model"
  std::string what;       // "relu"
  Index points = 0;       // numbers compared
  double worst = 0;       // the largest error, as a share of the largest gradient; NaN if any is
  std::string place;      // where: "0.weight[4][2]"
  double gradient = 0;    // there
  double difference = 0;  // the finite difference there
  Index kinks = 0;        // points on a kink, where any slope between those of both sides is right

  bool passed() const { return worst <= gradient_tolerance; }
};

/// The activation at points in -8 … 8, on both sides of each of its kinks. Throws InputError for an unknown name.
GradientVerdict check_activation(const std::string& activation);

/// The loss for predictions in -8 … 8 and several targets, on both sides of each of its kinks.
GradientVerdict check_loss(const std::string& loss);

/// Kinds of layers that learn or differ in training, as check_layer() takes them.
std::vector<std::string> checked_layer_names();
/// Such a kind in several sizes, or one layer as "Dense(2, 16)": the derivatives by its input and its parameters, for a
/// batch of one and of several. Throws InputError.
std::vector<GradientVerdict> check_layer(const std::string& layer);

/// Networks Dense(3, 5), an activation, Dense(5, 2) on seven rows: each of these activations with each of these losses.
GradientVerdict check_networks(const std::string& what, const std::vector<std::string>& activations,
                               const std::vector<std::string>& losses);

/// A model on all of these rows, which fit it; of each array at most so many numbers, or all for 0. One verdict an
/// array.
std::vector<GradientVerdict> check_model(const ModelDescription& description, const std::vector<Tensor>& parameters,
                                         const DataSet& rows, Index points);

}  // namespace tinymlp::program
