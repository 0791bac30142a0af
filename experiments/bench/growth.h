// How the time of a training step grows with the width, the batch and the depth of a network.
#pragma once
#include <string>
#include <vector>

#include "bench/limits.h"
#include "bench/made_network.h"
#include "bench/timing.h"
#include "tinymlp/device.h"

namespace tinymlp::program {

/// One thing that grows while all else stays.
struct Sweep {
  std::string name, description;  // "width", "64-W-W-10 relu, batch 64"
  std::vector<Index> sizes;
  NetworkShape (*shape)(Index size);
};
/// Width, batch, depth: powers of two, what lies between them, and one more than each, where code that works on blocks
/// has the most left over. No size is above `largest`.
std::vector<Sweep> sweeps(Index largest);

/// A step at one size.
struct GrowthPoint {
  Index size = 0;
  double flop = 0;              // of the matrix products
  double parameter_bytes = 0;   // that SGD moves if no cache holds a parameter: six times all of them
  std::vector<Timing> timings;  // of a step, on each of the devices
};
/// On each of the devices, which are the same with other numbers of threads.
GrowthPoint time_step(const Sweep& sweep, Index size, const std::vector<Device*>& devices, double seconds);

/// What a curve has that arithmetic does not explain: two neighbouring sizes between which the time grows by more than
/// half as much again as the arithmetic does.
struct Cliff {
  Index from = 0, to = 0;
  std::size_t device = 0;
  double time_factor = 1, flop_factor = 1;
};
std::vector<Cliff> cliffs(const std::vector<GrowthPoint>& points);

/// A size at which the last device, with all threads, takes at least a tenth longer than the first one, with one.
struct Slower {
  Index size = 0;
  double factor = 1;
};
std::vector<Slower> slower(const std::vector<GrowthPoint>& points);

}  // namespace tinymlp::program
