// What collapse finds out about a network.
#pragma once
#include <optional>
#include <string>

#include "collapse/subject.h"
#include "model/linear_fit.h"
#include "tinymlp/collapse.h"

namespace tinymlp::program {

/// How far the outputs of the network and of the folded one are apart.
struct OutputDifference {
  Index rows = 0;
  double largest = 0;         // |y - y'|, both networks as they predict, in float
  double largest_output = 0;  // |y|, to compare with
  /// The same in double, layer by layer against the folded map; where all layers are affine.
  std::optional<double> in_double;
};

/// How far a loss is from that of the best affine map on the same rows.
struct OptimumDistance {
  LinearFit optimum;
  double loss = 0, best_loss = 0;
  std::optional<double>
      weights;  // ‖(W, b) - (W*, b*)‖ / ‖(W*, b*)‖ for an affine network, where the best one is finite
};

struct Collapse {
  FoldedModel folded;
  Index parameters_before = 0, parameters_after = 0;
  std::optional<RankResult> rank;             // of the whole network, where it is affine
  std::optional<OutputDifference> over_data;  // where there are data
  OutputDifference over_random;               // rows of N(0, 1)
  std::optional<OptimumDistance> optimum;     // where there are data, and a loss that has one
  std::optional<AffinityWitness> witness;     // where not all layers are affine
};

Collapse examine(const Subject& subject, Device& device);

}  // namespace tinymlp::program
