// How much a command is about to compute, and how long that would take here and there: what --device auto goes by.
#pragma once
#include "tinymlp/matrix.h"

namespace tinymlp::program {

struct Workload {
  double multiply_adds = 0;  // of matrix products
  double kernels = 0;        // pieces of work that a GPU has to be asked for one by one
};

struct NetworkSize {
  Index parameters = 0;  // stand for the weights
  Index layers = 0;      // fully connected ones
};

/// A training's: forward, and backward to the weights and to the inputs.
Workload work_of_training(const NetworkSize& network, Index rows, Index batch_size, Index epochs);
/// Once forward.
Workload work_of_rows(const NetworkSize& network, Index rows);
/// So much that only whether there is a GPU counts.
Workload work_without_end();

/// Seconds, estimated.
struct Estimate {
  double cpu = 0, gpu = 0;
};
/// Estimates of what any CPU and any GPU of these years do, not measurements of this machine: docs/design.md.
Estimate estimate(const Workload& work, int threads);

/// As much of the work as the CPU is estimated to do in so many seconds.
Workload work_in(const Workload& work, int threads, double seconds);

}  // namespace tinymlp::program
