// What the layers of a network do on a data set: whether signals live on the way forward, and gradients on the way
// back.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tinymlp/device_dataset.h"
#include "tinymlp/loss.h"

TINYMLP_BEGIN

/// Of one layer, over the rows of a data set, in evaluation (dropout off).
struct LayerHealth {
  std::string layer;      // "Dense(2, 16)", "tanh"
  Index units = 0;        // numbers that it gives for each row
  double mean = 0;        // of all that it gives
  double deviation = 0;   // how much a unit's number differs from row to row: the standard deviation over the rows,
                          // as a root mean square over the units. Without it, nothing is known of the rows
  bool is_linear = true;  // it has no curve: Dense, identity

  // Of layers that work on each number on its own, as activations; f' is their derivative at the layer's inputs.
  std::optional<double> dead;       // the share of units with f' = 0 in every row: nothing reaches what is below them
  std::optional<double> saturated;  // for curves that are flat at both ends: the share of all numbers with f' below a
                                    // twentieth of its largest value

  // Of layers with a weight matrix; norms are Frobenius's.
  std::optional<double> weight_norm;    // ‖w‖
  std::optional<double> gradient_norm;  // ‖dLoss/dw‖, the loss being the mean over the rows
  Index weights = 0;                    // how many numbers w has
  bool has_equal_units = false;         // two or more, all with the same weights: they learn the same thing
};

/// At most this many rows are looked at, spread evenly over the data.
inline constexpr Index most_health_rows = 4096;

/// One forward and one backward pass over the data; overwrites the network's gradients, not its parameters. Throws
/// ShapeError unless the data fit the network.
std::vector<LayerHealth> check_health(Network& network, const Loss& loss, const DeviceDataSet& data);

TINYMLP_END
