// Counts multiply-adds, and divides them by what processors do in a second.
#include "options/workload.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tinymlp::program {

namespace {

constexpr double cpu_rate = 1e11;      // multiply-adds a second and thread, where products are large
constexpr double gpu_rate = 5e12;      // of a GPU, at a tenth of what large ones can do
constexpr double gpu_start = 1;        // seconds until a program can ask a GPU for anything
constexpr double gpu_step = 35e-6;     // seconds that a step takes however small it is: some twenty kernels
constexpr Index evaluated_rows = 512;  // that go through a network at a time

double as_number(Index count) { return static_cast<double>(count); }

}  // namespace

Workload& Workload::operator+=(const Workload& other) {
  multiply_adds += other.multiply_adds;
  steps += other.steps;
  return *this;
}

Workload work_of_training(Index parameters, Index rows, Index batch_size, Index epochs) {
  const Index steps = (rows + batch_size - 1) / std::max<Index>(batch_size, 1);
  return {3 * as_number(parameters) * as_number(rows) * as_number(epochs), as_number(steps) * as_number(epochs)};
}

Workload work_of_rows(Index parameters, Index rows) {
  return {as_number(parameters) * as_number(rows), std::ceil(as_number(rows) / as_number(evaluated_rows))};
}

Workload work_without_end() { return {std::numeric_limits<double>::infinity(), 0}; }

Estimate estimate(const Workload& work, int threads) {
  return {work.multiply_adds / (cpu_rate * threads),
          gpu_start + work.steps * gpu_step + (std::isinf(work.multiply_adds) ? 0 : work.multiply_adds / gpu_rate)};
}

}  // namespace tinymlp::program
