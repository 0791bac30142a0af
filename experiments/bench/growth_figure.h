// growth.svg: the time of a step against width, batch and depth, beside what its arithmetic alone would take.
#pragma once
#include <string>
#include <vector>

#include "bench/growth.h"

namespace tinymlp::program {

/// All points of a sweep, and what its devices could do at best: nothing where nobody measured that, as on a GPU.
struct Growth {
  Sweep sweep;
  std::vector<GrowthPoint> points;
};

/// SWEEP.csv: size, operations and bytes; then for each device, numbered from 1, seconds of a step (median and
/// quartiles), of its multiply-adds alone at the measured rate, and of moving its parameters at the triad's.
std::string growth_csv(const Growth& growth, const std::vector<Limits>& limits);

/// The script, which lies beside the files of all sweeps and prints the figure. `devices`: what each is called.
std::string growth_script(const std::vector<Growth>& all, const std::vector<std::string>& devices, bool has_limits);

}  // namespace tinymlp::program
