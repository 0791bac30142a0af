// Checks of one layer or loss, whoever wrote it: what the checks of the registries and of the planted bugs share.
#pragma once
#include <memory>
#include <string>

#include "gradcheck/checks.h"
#include "tinymlp/gradient_check.h"
#include "tinymlp/layer.h"
#include "tinymlp/loss.h"

namespace tinymlp::program {

static_assert(sizeof(Scalar) == sizeof(double), "finite differences need the digits of double");

/// A layer that works element by element, at points in -8 … 8 and on both sides of each of its kinks, all outputs
/// weighed by random numbers.
GradientVerdict check_elementwise(const std::string& what, std::unique_ptr<Layer> activation);

/// A loss of predictions (rows, 3) in -8 … 8. Where it is a sum over elements, also on both sides of each of its kinks.
GradientVerdict check_loss_object(const std::string& what, const Loss& loss, Index rows);

/// A layer for (rows, inputs) numbers on its own, all outputs weighed by random numbers.
GradientVerdict check_layer_object(const std::string& what, std::unique_ptr<Layer> layer, Index rows, Index inputs,
                                   const GradientCheckOptions& options = {.training = true});

/// Dense(3, 5), the layer, Dense(5, 2) under the loss, on so many rows.
GradientVerdict check_in_network(const std::string& what, std::unique_ptr<Layer> middle, const Loss& loss, Index rows);

/// One verdict on several arrays.
GradientVerdict summary(const std::string& kind, const std::string& what, const std::vector<GradientError>& errors);
/// One on several verdicts.
GradientVerdict summary(const std::string& kind, const std::string& what, const std::vector<GradientVerdict>& verdicts);

}  // namespace tinymlp::program
