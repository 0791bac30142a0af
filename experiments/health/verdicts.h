// Says in plain words what is wrong with a network's layers, and which experiment shows it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tinymlp/layer_health.h"

namespace tinymlp::program {

struct Verdict {
  std::string what;                  // "vanishing", "dead"
  std::optional<std::size_t> layer;  // its place, from 0; nothing where it is about the whole network
  std::string text;                  // what is seen, and what to try
  std::string experiment;            // its id: `tinymlp experiment ID`
};

/// Empty where nothing is wrong.
std::vector<Verdict> verdicts(const std::vector<LayerHealth>& layers);

/// The line for people: the text, and the experiment.
std::string verdict_line(const Verdict& verdict);

}  // namespace tinymlp::program
