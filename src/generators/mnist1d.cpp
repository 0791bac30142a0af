// MNIST-1D: ten digits drawn as curves of one dimension, padded, moved, scaled, sheared and made noisy (Greydanus and
// Kobak, "Scaling down deep learning with MNIST-1D", 2024), by the published recipe with our own random numbers.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "families.h"

namespace tinymlp {
namespace {

constexpr std::size_t template_points = 12, points = 72, features = 40;
constexpr std::size_t least_padding = 36, paddings = 25, rotations = 48;
constexpr double scaling = 0.4, shear = 0.75, background = 0.25;  // how much of each, at most or as a deviation

using Curve = std::vector<double>;

/// What the digits 0 to 9 are drawn from.
constexpr std::array<std::array<double, template_points>, 10> drawings{{
    {5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5},
    {5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5},
    {5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5},
    {5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5},
    {5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5},
    {5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5},
    {5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5},
    {5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5},
    {5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5},
    {5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5},
}};

struct Moments {
  double mean, deviation;  // the deviation of all values, divided by n
};
Moments moments(const Curve& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / n)};
}

/// A digit's curve: standardized, begun at 0, a sixth in size.
Curve digit_curve(std::size_t digit) {
  Curve curve(drawings[digit].begin(), drawings[digit].end());
  const auto [mean, deviation] = moments(curve);
  for (double& value : curve) value = (value - mean) / deviation;
  const double first = curve[0];
  for (double& value : curve) value = (value - first) / 6;
  return curve;
}

/// The curve at `count` points in equal steps from its first point to its last, straight between its points.
Curve resampled(const Curve& curve, std::size_t count) {
  Curve result;
  const auto last = static_cast<double>(curve.size() - 1);
  for (std::size_t i = 0; i < count; ++i) {
    const double at = last * static_cast<double>(i) / static_cast<double>(count - 1);
    const std::size_t left = std::min(static_cast<std::size_t>(at), curve.size() - 2);
    const double part = at - static_cast<double>(left);
    result.push_back(curve[left] + part * (curve[left + 1] - curve[left]));
  }
  return result;
}

Curve normals(Random& random, double deviation) {
  Curve curve(points);
  for (double& value : curve) value = deviation * random.normal();
  return curve;
}

/// Each point the mean of its neighbours by a Gaussian of the standard deviation 2, cut at 8 points, beyond the ends
/// the curve mirrored: d c b a | a b c d | d c b a.
Curve smoothed(const Curve& curve) {
  constexpr int radius = 8;
  constexpr double deviation = 2;
  std::array<double, 2 * radius + 1> weights{};
  for (int offset = -radius; double& weight : weights) {
    weight = std::exp(-offset * offset / (2 * deviation * deviation));
    ++offset;
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  const auto count = static_cast<int>(curve.size());
  Curve result(curve.size());
  for (int at = 0; at < count; ++at)
    for (int beside = at - radius; const double weight : weights) {
      const int mirrored = beside < 0 ? -1 - beside : beside < count ? beside : 2 * count - 1 - beside;
      result[static_cast<std::size_t>(at)] += weight / sum * curve[static_cast<std::size_t>(mirrored)];
      ++beside;
    }
  return result;
}

/// A sample of a digit; `noise` is the standard deviation of each point's own noise.
Curve draw_sample(Curve curve, double noise, Random& random) {
  for (double& value : curve) value += 1e-8;  // so that only the padding is 0
  curve.resize(template_points + least_padding + random.below(paddings));
  curve = resampled(curve, points);
  const double size = 1 + scaling * (random.uniform() - 0.5);
  for (double& value : curve) value *= size;
  std::ranges::rotate(curve, curve.end() - random.below(rotations));  // to the right
  const Curve behind = smoothed(normals(random, background)), own = normals(random, noise);
  const double slope = shear * (random.uniform() - 0.5);
  for (std::size_t i = 0; i < points; ++i) {
    const double across = static_cast<double>(i) / static_cast<double>(points - 1) - 0.5;
    curve[i] = (curve[i] == 0 ? behind[i] : curve[i]) + own[i] - slope * across;
  }
  return resampled(curve, features);
}

/// As many samples of each digit, up to one. All numbers of the set together have mean 0 and standard deviation 1.
void append_mnist1d(DataSet& data, Index samples, double noise, Random& random) {
  std::vector<Curve> digits;
  for (std::size_t digit = 0; digit < drawings.size(); ++digit) digits.push_back(digit_curve(digit));
  for (std::size_t row = 0; row < static_cast<std::size_t>(samples); ++row) {
    const std::size_t digit = row % drawings.size();
    const Curve sample = draw_sample(digits[digit], noise, random);
    data.inputs.insert(data.inputs.end(), sample.begin(), sample.end());
    data.targets.push_back(static_cast<double>(digit));
  }
  const auto [mean, deviation] = moments(data.inputs);
  for (double& value : data.inputs) value = (value - mean) / deviation;
}

}  // namespace

Generator mnist1d_set() {
  Generator set{.name = "mnist1d",
                .description = "ten digits as curves of 40 points, 4000 to train on and 1000 to test (MNIST-1D)",
                .feature_names = numbered_features(features),
                .target_name = "label",
                .default_samples = 5000,
                .default_noise = 0.02,
                .default_test_fraction = 0.2,
                .append = append_mnist1d};
  for (int digit = 0; digit < 10; ++digit) set.class_names.push_back(std::to_string(digit));
  return set;
}

}  // namespace tinymlp
