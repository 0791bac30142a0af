// Checks a network's gradients, and with them its layers' and loss's derivatives, against finite differences.
#pragma once
#include <string>
#include <vector>

#include "tinymlp/loss.h"
#include "tinymlp/network.h"

TINYMLP_BEGIN

struct GradientCheckOptions {
  double h = 1e-5;          // how far a number is moved to either side
  Index points = 0;         // of each array at most so many numbers, evenly spread; 0: all
  bool training = false;    // as in a training step: dropout drops, the same units each time
  int backward_passes = 2;  // what is added to a gradient instead of overwriting it shows in the second
};

/// What the check of one array found.
struct GradientError {
  std::string name;   // "0.weight", or "input"
  Index points;       // numbers compared
  double worst;       // the largest difference between gradient and finite difference, as a share of the network's
                      // largest gradient; NaN if any number is
  std::string place;  // of the worst: "0.weight[4][2]", as PyTorch counts, or "input[row][column]"
  double gradient;    // there
  double difference;  // the finite difference there
  Index kinks;        // points that lie on a kink: see below
};

/// For every parameter p and every input: dLoss/dp from backward() against (Loss(p + h) - Loss(p - h)) / 2h. Meaningful
/// in double (namespace f64), where a right gradient differs by less than 1e-7.
///
/// Where the two differ, other steps decide, the best of them: a longer one of fourth order (rounding counts less), and
/// shorter ones (a kink, as relu's at 0, lies between p - h and p + h, where the quotient means nothing). A wrong
/// gradient is wrong for each of them. On a kink itself, a gradient must lie between the slopes of both sides.
///
/// x: (batch, inputs), t: (batch, outputs), on the host. Throws ShapeError.
std::vector<GradientError> check_gradients(Network& network, const Loss& loss, ConstMatrixView x, ConstMatrixView t,
                                           const GradientCheckOptions& options = {});

/// The array with the largest error, or one whose error is NaN. `errors` must not be empty.
const GradientError& worst_of(const std::vector<GradientError>& errors);
/// Its error; 0 if there are none.
double worst_error(const std::vector<GradientError>& errors);

TINYMLP_END
