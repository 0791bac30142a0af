#include "bench/limits.h"

#include <algorithm>

#include "tinymlp/machine_limits.h"

namespace tinymlp::program {

namespace {
constexpr std::size_t far_above_caches = std::size_t{256} << 20U;
constexpr double shortest = 0.05;  // seconds of measuring, so that the machine is left alone in one trial at least
}  // namespace

Limits measure_limits(int threads, double seconds) {
  seconds = std::max(seconds, shortest);
  const MemoryRates memory = memory_rates(threads, far_above_caches, seconds);
  return {.threads = threads,
          .multiply_add = multiply_add_rate(threads, seconds),
          .read = memory.read,
          .triad = memory.triad};
}

LeastTime least_time(const BenchTask& task, const Limits& limits, double seconds) {
  const double computing = task.flop() / limits.multiply_add;
  const double bytes = task.bytes_at_once();
  const double reading = bytes * task.readings() /
                         read_rate(limits.threads, static_cast<std::size_t>(bytes), std::max(seconds, shortest / 5));
  return computing >= reading ? LeastTime{computing, "multiply-adds"} : LeastTime{reading, "reading"};
}

}  // namespace tinymlp::program
