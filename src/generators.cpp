// The generated data sets: a small function each, and one table. To add a set, write its function and its line.
// circle, xor, gauss, spiral, plane and hills follow TensorFlow Playground, src/dataset.ts
// (https://github.com/tensorflow/playground), formula by formula; only the random numbers are our own.
#include "tinymlp/generators.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <numbers>
#include <numeric>
#include <utility>

#include "call_text.h"
#include "tinymlp/error.h"
#include "tinymlp/names.h"

namespace tinymlp {
namespace {

using std::numbers::pi;

constexpr Index most_samples = 10'000'000;
constexpr double playground_noise = 0.5;                 // the end of its noise slider
constexpr std::uint32_t draws_step = 0, order_step = 1;  // streams of their own: the order does not depend on the draws
constexpr double negative = 0, positive = 1;             // indices of the classes "-1" and "1"

void append_row(DataSet& data, std::initializer_list<double> features, double target) {
  data.inputs.insert(data.inputs.end(), features);
  data.targets.push_back(target);
}

/// A point in the plane, each coordinate uniform in (-radius, radius).
struct Point {
  double x, y;
};
Point uniform_point(Random& random, double radius) {
  const double x = random.uniform(-radius, radius);
  return {x, random.uniform(-radius, radius)};
}

// ---- TensorFlow Playground, classes ----

/// A disc in a ring. Half of the points, the larger half, at a radius r ~ U(0, 2.5), the others r ~ U(3.5, 5), the
/// angle uniform: x = r sin(angle), y = r cos(angle). Class 1 if the point, moved by U(-5, 5) · noise in x and in y, is
/// nearer than 2.5 to the centre: noise turns labels, it moves no point.
void append_circle(DataSet& data, Index samples, double noise, Random& random) {
  for (Index i = 0; i < samples; ++i) {
    const bool inside = i < (samples + 1) / 2;
    const double r = inside ? random.uniform(0, 2.5) : random.uniform(3.5, 5), angle = random.uniform(0, 2 * pi);
    const double x = r * std::sin(angle), y = r * std::cos(angle);
    const Point moved = uniform_point(random, 5);
    const double distance = std::hypot(x + moved.x * noise, y + moved.y * noise);
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

// ---- TensorFlow Playground, regression ----

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
      const double distance = std::hypot(point.x + moved.x * noise - hill.x, point.y + moved.y * noise - hill.y);
      const double height = hill.sign * std::clamp(1 - distance / 2, 0.0, 1.0);
      if (std::abs(height) > std::abs(value)) value = height;
    }
    append_row(data, {point.x, point.y}, value);
  }
}

// ---- other classics ----

/// The truth table of exclusive or, which no single affine map gets right (Minsky and Papert, "Perceptrons", 1969).
void append_xor4(DataSet& data, Index, double, Random&) {
  for (const double a : {0.0, 1.0})
    for (const double b : {0.0, 1.0}) append_row(data, {a, b}, a == b ? 0 : 1);
}

/// Two interleaving half circles, as scikit-learn's make_moons: with t in equal steps from 0 to π, floor(samples / 2)
/// points (cos t, sin t) of class 0 and the others (1 - cos t, 1/2 - sin t) of class 1; noise · N(0, 1) is added to
/// each coordinate.
void append_moons(DataSet& data, Index samples, double noise, Random& random) {
  const Index outer = samples / 2;
  for (Index row = 0; row < samples; ++row) {
    const bool is_outer = row < outer;
    const Index i = is_outer ? row : row - outer, last = (is_outer ? outer : samples - outer) - 1;
    const double t = last > 0 ? pi * static_cast<double>(i) / static_cast<double>(last) : 0;
    const double x = is_outer ? std::cos(t) : 1 - std::cos(t), y = is_outer ? std::sin(t) : 0.5 - std::sin(t);
    const double right = random.normal(), up = random.normal();
    append_row(data, {x + noise * right, y + noise * up}, is_outer ? 0 : 1);
  }
}

/// y = sin(2π x) + noise · N(0, 1), x ~ U(0, 1) (Bishop, "Pattern Recognition and Machine Learning", section 1.1).
void append_sine(DataSet& data, Index samples, double noise, Random& random) {
  for (Index i = 0; i < samples; ++i) {
    const double x = random.uniform();
    append_row(data, {x}, std::sin(2 * pi * x) + noise * random.normal());
  }
}

// ---- the table ----

std::vector<Generator> table() {
  const auto playground = [](const char* name, const char* description, auto append) {
    return Generator{.name = name,
                     .description = description,
                     .feature_names = {"x1", "x2"},
                     .target_name = "label",
                     .class_names = {"-1", "1"},
                     .largest_noise = playground_noise,
                     .append = append};
  };
  const auto playground_regression = [&](const char* name, const char* description, auto append) {
    Generator generator = playground(name, description, append);
    generator.task = Task::regression;
    generator.target_name = "y";
    generator.class_names.clear();
    return generator;
  };
  Generator xor4{.name = "xor4",
                 .description = "the four points of exclusive or",
                 .feature_names = {"x1", "x2"},
                 .target_name = "label",
                 .class_names = {"0", "1"},
                 .default_samples = 4,
                 .fixed = true,
                 .default_test_fraction = 0,
                 .append = append_xor4};
  Generator moons{.name = "moons",
                  .description = "two interleaving half circles; noise: standard deviation of the points",
                  .feature_names = {"x1", "x2"},
                  .target_name = "label",
                  .class_names = {"0", "1"},
                  .default_noise = 0.1,
                  .append = append_moons};
  Generator sine{.name = "sine",
                 .description = "one period of a sine; noise: standard deviation of the values",
                 .task = Task::regression,
                 .feature_names = {"x"},
                 .target_name = "y",
                 .append = append_sine};
  return {
      playground("circle", "a disc inside a ring; noise 0 to 0.5 turns labels", append_circle),
      playground("xor", "the four quadrants, opposite ones alike; noise 0 to 0.5 turns labels", append_xor),
      playground("gauss", "two round clouds; noise 0 to 0.5 widens them", append_gauss),
      playground("spiral", "two arms of a spiral; noise 0 to 0.5 moves the points", append_spiral),
      playground_regression("plane", "a tilted plane; noise 0 to 0.5 moves the values", append_plane),
      playground_regression("hills", "three hills and three hollows; noise 0 to 0.5 moves the values", append_hills),
      std::move(xor4),
      std::move(moons),
      std::move(sine)};
}

const Generator& find_generator(std::string_view name) {
  std::vector<std::string> names;
  for (const Generator& generator : generators()) {
    if (generator.name == name) return generator;
    names.push_back(generator.name);
  }
  throw InputError(unknown_name("data set", name, names));
}

void check(const Generator& generator, Index samples, double noise) {
  const std::string where = " (data set \"" + generator.name + "\"): ";
  if (generator.fixed && (samples != generator.default_samples || noise != generator.default_noise))
    throw InputError(
        (samples != generator.default_samples ? "samples " + std::to_string(samples) : "noise " + number_text(noise)) +
        where + "it always has " + std::to_string(generator.default_samples) + " samples and noise " +
        number_text(generator.default_noise) + ", so leave both out");
  if (samples < 1 || samples > most_samples)
    throw InputError("samples " + std::to_string(samples) + where + "give a whole number from 1 to " +
                     std::to_string(most_samples));
  if (!(noise >= 0 && noise <= generator.largest_noise && std::isfinite(noise)))
    throw InputError("noise " + number_text(noise) + where + "give " +
                     (std::isfinite(generator.largest_noise)
                          ? "a number from 0 to " + number_text(generator.largest_noise)
                          : "a finite number, 0 or more"));
}

}  // namespace

const std::vector<Generator>& generators() {
  static const std::vector<Generator> all = table();
  return all;
}

DataSet generate(std::string_view name, const GeneratorOptions& options) {
  const Generator& generator = find_generator(name);
  const Index samples = options.samples.value_or(generator.default_samples);
  const double noise = options.noise.value_or(generator.default_noise);
  check(generator, samples, noise);
  DataSet data{generator.name,
               generator.task,
               generator.feature_names,
               generator.target_name,
               generator.class_names,
               {},
               {},
               {}};
  data.inputs.reserve(static_cast<std::size_t>(samples) * data.feature_names.size());
  data.targets.reserve(static_cast<std::size_t>(samples));
  Random random(options.seed, Purpose::data, draws_step);
  generator.append(data, samples, noise, random);
  if (generator.fixed) return data;
  std::vector<Index> order(data.targets.size());
  std::iota(order.begin(), order.end(), Index{0});
  Random order_random(options.seed, Purpose::data, order_step);
  shuffle(order, order_random);
  return select_rows(data, order);
}

}  // namespace tinymlp
