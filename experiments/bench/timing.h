// How long something takes, measured several times.
#pragma once
#include <functional>

#include "tinymlp/matrix.h"

namespace tinymlp::program {

/// Seconds of one call.
struct Timing {
  double median = 0, quartile1 = 0, quartile3 = 0;
  Index repetitions = 0;
  /// How far repetitions lie apart: the distance of the quartiles, as a share of the median.
  double spread() const { return (quartile3 - quartile1) / median; }
};

/// Calls it to warm up, then for about so many seconds: 3 to 15 repetitions, each of as many calls as fill their share
/// of the time.
Timing time_calls(const std::function<void()>& call, double seconds);

}  // namespace tinymlp::program
