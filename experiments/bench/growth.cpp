// Lists the sizes and times a step at each.
#include "bench/growth.h"

#include <algorithm>

namespace tinymlp::program {

namespace {

constexpr Index most_layers = 64;
constexpr double steep = 1.5, noticeable = 1.1;

/// 1, 2, 3, 4, 5, 6, 8, 9, 12, 16, 17, …
std::vector<Index> sizes(Index first, Index last) {
  std::vector<Index> all;
  for (Index power = first; power <= last; power *= 2)
    for (const Index size : {power, power + 1, power + power / 2})
      if (size <= last && (all.empty() || size > all.back())) all.push_back(size);
  return all;
}

/// A batch of the data set for each step, and some steps, so that their rows are not always in the cache.
NetworkShape with_rows(NetworkShape shape) {
  constexpr Index steps = 4, fewest = 256;
  shape.rows = std::max(steps, fewest / shape.batch) * shape.batch;
  return shape;
}

NetworkShape of_width(Index width) { return with_rows({{64, width, width, 10}, "relu", 64}); }
NetworkShape of_batch(Index batch) { return with_rows({{784, 256, 10}, "relu", batch, 1, true}); }
NetworkShape of_depth(Index depth) {
  NetworkShape shape{std::vector<Index>(static_cast<std::size_t>(depth) + 2, 64), "relu", 64};
  shape.sizes.back() = 10;
  return with_rows(std::move(shape));
}

}  // namespace

std::vector<Sweep> sweeps(Index largest) {
  return {{"width", "64-W-W-10 relu, batch 64", sizes(16, largest), of_width},
          {"batch", "784-256-10 relu, batch B", sizes(1, largest), of_batch},
          {"depth", "64, then D layers of 64 relu, 10; batch 64", sizes(1, std::min(largest, most_layers)), of_depth}};
}

GrowthPoint time_step(const Sweep& sweep, Index size, const std::vector<Device*>& devices, double seconds) {
  const NetworkShape shape = sweep.shape(size);
  constexpr double passes = 6;  // weights forward, weights backward, gradients written; both read, weights written
  GrowthPoint point{.size = size,
                    .flop = shape.training_flop() * static_cast<double>(shape.batch),
                    .parameter_bytes = passes * sizeof(Scalar) * shape.parameters(),
                    .timings = {}};
  // So many at once that waiting for the device costs little beside them.
  const Index steps = point.flop < 1e8 ? 8 : 1;
  for (Device* const device : devices) {
    MadeNetwork made(*device, shape);
    Timing timing = time_calls([&] { made.train_steps(steps); }, seconds);
    for (double* const time : {&timing.median, &timing.quartile1, &timing.quartile3})
      *time /= static_cast<double>(steps);
    point.timings.push_back(timing);
  }
  return point;
}

std::vector<Cliff> cliffs(const std::vector<GrowthPoint>& points) {
  std::vector<Cliff> found;
  for (std::size_t i = 1; i < points.size(); ++i)
    for (std::size_t device = 0; device < points[i].timings.size(); ++device) {
      const GrowthPoint &from = points[i - 1], &to = points[i];
      const double time = to.timings[device].median / from.timings[device].median, flop = to.flop / from.flop;
      if (time > steep * flop) found.push_back({from.size, to.size, device, time, flop});
    }
  return found;
}

std::vector<Slower> slower(const std::vector<GrowthPoint>& points) {
  std::vector<Slower> found;
  for (const GrowthPoint& point : points)
    if (const double factor = point.timings.back().median / point.timings.front().median; factor > noticeable)
      found.push_back({point.size, factor});
  return found;
}

}  // namespace tinymlp::program
