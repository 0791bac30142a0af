// A random stack of fully connected layers without activations, held against the one map that it folds to.
#pragma once
#include <algorithm>
#include <cmath>

#include "grading/networks.h"
#include "tinymlp/collapse.h"
#include "tinymlp/error.h"
#include "tinymlp/random.h"

TINYMLP_BEGIN

struct StackDifference {
  double largest;         // |stack - folded|, over all outputs of 100 random samples
  double largest_output;  // |stack|
};

/// Widths from 1 to 24, random biases.
inline StackDifference stack_difference(Index depth, std::uint64_t seed) {
  Random random(seed, Purpose::check, static_cast<std::uint32_t>(depth));
  std::vector<Index> sizes;
  for (Index i = 0; i <= depth; ++i) sizes.push_back(1 + random.below(24));
  Initializer initializer = make_initializer("xavier-normal");
  initializer.biases = [](std::span<double> biases, Index, Random& numbers) {
    for (double& bias : biases) bias = numbers.normal();
  };
  const auto device = make_cpu_device();
  const Network network(*device, sizes[0], seed, dense_stack(sizes, "identity", "identity", initializer));
  std::vector<double> x(static_cast<std::size_t>(100 * sizes[0]));
  for (double& value : x) value = static_cast<double>(static_cast<float>(random.normal()));  // exact in both precisions
  ModelDescription description;
  description.inputs = sizes[0];
  for (const auto& layer : network.layers()) description.layers.push_back(layer->describe());
  const auto map = fold_affine_layers(description, network.parameter_tensors()).map;
  if (!map) throw Error("a stack of linear layers was not folded");
  const std::vector<double> stack = network_outputs(network, x), folded = map->apply(x);
  StackDifference difference{0, 0};
  for (std::size_t i = 0; i < stack.size(); ++i) {
    difference.largest = std::max(difference.largest, std::abs(stack[i] - folded[i]));
    difference.largest_output = std::max(difference.largest_output, std::abs(stack[i]));
  }
  return difference;
}

TINYMLP_END
