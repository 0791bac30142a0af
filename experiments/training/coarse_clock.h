// A clock that is cheap enough to be asked after every training step, and a few milliseconds coarse.
#pragma once
#include <ctime>

namespace tinymlp::program {

/// Seconds since some moment in the past.
inline double coarse_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace tinymlp::program
