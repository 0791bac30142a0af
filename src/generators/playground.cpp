// The six data sets of TensorFlow Playground, after its src/dataset.ts (https://github.com/tensorflow/playground),
// formula by formula; only the random numbers are our own.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "families.h"

namespace tinymlp {
namespace {

using std::numbers::pi;

constexpr double largest_noise = 0.5;         // the end of the playground's slider
constexpr double negative = 0, positive = 1;  // indices of the classes "-1" and "1"

/// A point in the plane, each coordinate uniform in (-radius, radius).
struct Point {
  double x, y;
};
Point uniform_point(Random& random, double radius) {
  const double x = random.uniform(-radius, radius);
  return {x, random.uniform(-radius, radius)};
}

/// Not std::hypot, whose last digit differs between C libraries' processors: products, sums and roots are the same on
/// all.
double length(double x, double y) { return std::sqrt(x * x + y * y); }

/// A disc in a ring. Half of the points, the larger half, at a radius r ~ U(0, 2.5), the others r ~ U(3.5, 5), the
/// angle uniform: x = r sin(angle), y = r cos(angle). Class 1 if the point, moved by U(-5, 5) · noise in x and in y, is
/// nearer than 2.5 to the centre: noise turns labels, it moves no point.
void append_circle(DataSet& data, Index samples, double noise, Random& random) {
  for (Index i = 0; i < samples; ++i) {
    const bool inside = i < (samples + 1) / 2;
    const double r = inside ? random.uniform(0, 2.5) : random.uniform(3.5, 5), angle = random.uniform(0, 2 * pi);
    const double x = r * std::sin(angle), y = r * std::cos(angle);
    const Point moved = uniform_point(random, 5);
    const double distance = length(x + moved.x * noise, y + moved.y * noise);
    append_row(data, {x, y}, distance < 2.5 ? positive : negative);
  }
}

/// x, y ~ U(-5, 5), each pushed 0.3 away from 0. Class 1 if (x + n)(y + n') >= 0 with n, n' ~ U(-5, 5) · noise.
void append_xor(DataSet& data, Index samples, double noise, Random& random) {
  const auto padded = [](double value) { return value > 0 ? value + 0.3 : value - 0.3; };
  for (Index i = 0; i < samples; ++i) {
    const Point drawn = uniform_point(random, 5), moved = uniform_point(random, 5);
    const double x = padded(drawn.x), y = padded(drawn.y);
    append_row(data, {x, y}, (x + moved.x * noise) * (y + moved.y * noise) >= 0 ? positive : negative);
  }
}

/// Two clouds: N((2, 2), v I) is class 1, N((-2, -2), v I) class -1, with the variance v = 0.5 + 7 noise.
void append_gauss(DataSet& data, Index samples, double noise, Random& random) {
  const double deviation = std::sqrt(0.5 + 7 * noise);
  for (Index i = 0; i < samples; ++i) {
    const bool first = i < (samples + 1) / 2;
    const double centre = first ? 2 : -2;
    const double x = centre + deviation * random.normal(), y = centre + deviation * random.normal();
    append_row(data, {x, y}, first ? positive : negative);
  }
}

/// Two arms of n = samples / 2 points, point i = 0, 1, …, n - 1 of an arm at the radius r = 5 i / n and the angle
/// t = 1.75 · 2π · i / n + Δ: x = r sin t + U(-1, 1) · noise, y = r cos t + U(-1, 1) · noise. Δ = 0 is class 1, π class
/// -1.
void append_spiral(DataSet& data, Index samples, double noise, Random& random) {
  const double n = static_cast<double>(samples) / 2;
  const Index first = (samples + 1) / 2;
  for (Index row = 0; row < samples; ++row) {
    const double part = static_cast<double>(row < first ? row : row - first) / n;  // i / n
    const double r = 5 * part, t = 1.75 * part * 2 * pi + (row < first ? 0 : pi);
    const Point moved = uniform_point(random, 1);
    append_row(data, {r * std::sin(t) + moved.x * noise, r * std::cos(t) + moved.y * noise},
               row < first ? positive : negative);
  }
}

/// x, y ~ U(-6, 6); the value is (x + n + y + n') / 10 with n, n' ~ U(-6, 6) · noise.
void append_plane(DataSet& data, Index samples, double noise, Random& random) {
  for (Index i = 0; i < samples; ++i) {
    const Point point = uniform_point(random, 6), moved = uniform_point(random, 6);
    append_row(data, {point.x, point.y}, (point.x + moved.x * noise + point.y + moved.y * noise) / 10);
  }
}

/// x, y ~ U(-6, 6); the value is that of the six hills below at (x + n, y + n'), n, n' ~ U(-6, 6) · noise: of the
/// numbers sign · clamp(1 - distance / 2, 0, 1), one a hill, the one of the largest magnitude.
void append_hills(DataSet& data, Index samples, double noise, Random& random) {
  struct Hill {
    double x, y, sign;
  };
  static constexpr Hill hills[] = {{-4, 2.5, 1},   {0, 2.5, -1}, {4, 2.5, 1},
                                   {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}};
  for (Index i = 0; i < samples; ++i) {
    const Point point = uniform_point(random, 6), moved = uniform_point(random, 6);
    double value = 0;
    for (const Hill& hill : hills) {
      const double distance = length(point.x + moved.x * noise - hill.x, point.y + moved.y * noise - hill.y);
      const double height = hill.sign * std::clamp(1 - distance / 2, 0.0, 1.0);
      if (std::abs(height) > std::abs(value)) value = height;
    }
    append_row(data, {point.x, point.y}, value);
  }
}

}  // namespace

std::vector<Generator> playground_sets() {
  const auto classes = [](const char* name, const char* description, auto append) {
    return Generator{.name = name,
                     .description = description,
                     .feature_names = numbered_features(2),
                     .target_name = "label",
                     .class_names = {"-1", "1"},
                     .largest_noise = largest_noise,
                     .append = append};
  };
  const auto numbers = [&](const char* name, const char* description, auto append) {
    Generator generator = classes(name, description, append);
    generator.task = Task::regression;
    generator.target_name = "y";
    generator.class_names.clear();
    return generator;
  };
  return {classes("circle", "a disc inside a ring; noise 0 to 0.5 turns labels", append_circle),
          classes("xor", "the four quadrants, opposite ones alike; noise 0 to 0.5 turns labels", append_xor),
          classes("gauss", "two round clouds; noise 0 to 0.5 widens them", append_gauss),
          classes("spiral", "two arms of a spiral; noise 0 to 0.5 moves the points", append_spiral),
          numbers("plane", "a tilted plane; noise 0 to 0.5 moves the values", append_plane),
          numbers("hills", "three hills and three hollows; noise 0 to 0.5 moves the values", append_hills)};
}

}  // namespace tinymlp
