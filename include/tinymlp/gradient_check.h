// Checks a network's gradients, and with them its layers' and loss's derivatives, against finite differences.
#pragma once
#include <string>
#include <vector>

#include "tinymlp/loss.h"
#include "tinymlp/network.h"

TINYMLP_BEGIN

/// What the check of one array found.
struct GradientError {
  std::string name;  // "0.weight", or "input"
  Index points;      // numbers compared
  double worst;  // the largest difference between gradient and finite difference, as a share of the network's largest
                 // gradient; NaN if any number is
};

/// For every parameter p and every input: dLoss/dp from backward() against (Loss(p + h) - Loss(p - h)) / 2h. Meaningful
/// in double (namespace f64), where a right gradient differs by less than 1e-7. A point within h of a kink, as relu's
/// at 0, gives a wrong finite difference: take other random numbers. x: (batch, inputs), t: (batch, outputs), on the
/// host. Throws ShapeError.
std::vector<GradientError> check_gradients(Network& network, const Loss& loss, ConstMatrixView x, ConstMatrixView t,
                                           double h = 1e-5);

/// The largest of all; NaN if any is.
double worst_error(const std::vector<GradientError>& errors);

TINYMLP_END
