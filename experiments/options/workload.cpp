// Counts multiply-adds, and divides them by what processors do in a second.
#include "options/workload.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tinymlp::program {

namespace {

constexpr double cpu_rate = 1e11;      // multiply-adds a second and thread, where products are large
constexpr int most_threads = 16;       // more hardly help: they share the memory, and the processor's heat
constexpr double gpu_rate = 5e12;      // of a GPU, at a tenth of what large ones can do
constexpr double gpu_start = 1;        // seconds until a program can ask a GPU for anything
constexpr double gpu_kernel = 1.8e-6;  // seconds that each kernel of a recorded step takes however small it is
constexpr Index kernels_a_layer = 6, kernels_a_step = 2, forward_kernels = 2;  // forward_kernels: of a layer
constexpr Index evaluated_rows = 512;                                          // that go through a network at a time

double as_number(Index count) { return static_cast<double>(count); }

}  // namespace

Workload work_of_training(const NetworkSize& network, Index rows, Index batch_size, Index epochs) {
  const Index steps = (rows + batch_size - 1) / std::max<Index>(batch_size, 1);
  return {3 * as_number(network.parameters) * as_number(rows) * as_number(epochs),
          as_number(kernels_a_layer * network.layers + kernels_a_step) * as_number(steps) * as_number(epochs)};
}

Workload work_of_rows(const NetworkSize& network, Index rows) {
  return {as_number(network.parameters) * as_number(rows),
          as_number(forward_kernels * network.layers) * std::ceil(as_number(rows) / as_number(evaluated_rows))};
}

Workload work_without_end() { return {std::numeric_limits<double>::infinity(), 0}; }

Estimate estimate(const Workload& work, int threads) {
  return {work.multiply_adds / (cpu_rate * std::min(threads, most_threads)),
          gpu_start + work.kernels * gpu_kernel + (std::isinf(work.multiply_adds) ? 0 : work.multiply_adds / gpu_rate)};
}

Workload work_in(const Workload& work, int threads, double seconds) {
  const double whole = estimate(work, threads).cpu;
  if (!(whole > seconds)) return work;
  return {work.multiply_adds * (seconds / whole), work.kernels * (seconds / whole)};
}

}  // namespace tinymlp::program
