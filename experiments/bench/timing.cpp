// Divides the time that there is into repetitions.
#include "bench/timing.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "tinymlp/statistics.h"

namespace tinymlp::program {

namespace {

constexpr double fewest = 3, most = 15;  // repetitions

double seconds_of(const std::function<void()>& call, Index calls) {
  const auto start = std::chrono::steady_clock::now();
  for (Index i = 0; i < calls; ++i) call();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

Timing time_calls(const std::function<void()>& call, double seconds) {
  seconds_of(call, 1);  // the first finds nothing in the caches
  double once = std::max(1e-9, seconds_of(call, 1));
  if (once < seconds / 100) {  // too short to be told from one call
    const auto calls = static_cast<Index>(seconds / 100 / once) + 1;
    once = std::max(1e-9, seconds_of(call, calls) / static_cast<double>(calls));
  }
  const auto calls = std::max(Index{1}, static_cast<Index>(seconds / most / once));
  const auto repetitions = static_cast<Index>(std::clamp(seconds / (static_cast<double>(calls) * once), fewest, most));
  std::vector<double> times;
  for (Index i = 0; i < repetitions; ++i) times.push_back(seconds_of(call, calls) / static_cast<double>(calls));
  return {quantile(times, 0.5), quantile(times, 0.25), quantile(times, 0.75), repetitions};
}

}  // namespace tinymlp::program
