// The standard tasks: small and large networks to train and to predict with.
#pragma once
#include <string>
#include <vector>

#include "bench/made_network.h"
#include "bench/timing.h"
#include "tinymlp/device.h"

namespace tinymlp::program {

enum class Work { training, prediction };

/// What is timed, and the unit that is counted: an epoch, a step or a row.
struct BenchTask {
  std::string name, description, unit;  // "small-step", "2-16-16-1 tanh …", "step"
  NetworkShape shape;
  Work work = Work::training;
  bool counts_epochs = false;  // instead of steps; for training

  /// Units in what is timed at once, an epoch or a prediction of all rows.
  double units() const;
  /// Operations of the matrix products for one unit.
  double flop() const;
  /// What the work of a step, or of a prediction of all rows, must at least read, and how often a unit does: parameters
  /// and features, once each.
  double bytes_at_once() const;
  double readings() const;
};

const std::vector<BenchTask>& bench_tasks();
/// Throws InputError with the nearest name.
const BenchTask& find_bench_task(const std::string& name);

/// Seconds of one unit on the device.
Timing time_task(const BenchTask& task, Device& device, double seconds);

}  // namespace tinymlp::program
