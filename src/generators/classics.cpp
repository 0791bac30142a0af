// Data sets of the literature: truth tables, moons, spirals, a checkerboard, a sine, a polynomial.
#include <cmath>
#include <numbers>

#include "families.h"

namespace tinymlp {
namespace {

using std::numbers::pi;

/// Whether an odd number of n bits is set, for every pattern of bits once, counted upwards with the first feature as
/// the highest bit. Class 1: odd. With two bits it is exclusive or, which no single affine map gets right; a network of
/// order below n cannot tell (Minsky and Papert, "Perceptrons", 1969, section 3.1).
void append_parity(DataSet& data, Index samples, double, Random&) {
  for (Index pattern = 0; pattern < samples; ++pattern) {
    Index odd = 0;
    for (Index bit = data.features() - 1; bit >= 0; --bit) {
      data.inputs.push_back(static_cast<double>(pattern >> bit & 1));
      odd ^= pattern >> bit & 1;
    }
    data.targets.push_back(static_cast<double>(odd));
  }
}
Index patterns(Index bits) { return Index{1} << bits; }

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

/// The two spirals of Lang and Witbrock ("Learning to tell two spirals apart", 1988): points i = 0, 1, …, 96 of the
/// first at the radius 6.5 (104 - i) / 104 and the angle i π / 16, (r sin, r cos), class 1, each followed by its mirror
/// image at the origin, class 0.
void append_two_spirals(DataSet& data, Index samples, double, Random&) {
  for (Index i = 0; i < samples / 2; ++i) {
    const double angle = static_cast<double>(i) * pi / 16, r = 6.5 * static_cast<double>(104 - i) / 104;
    const double x = r * std::sin(angle), y = r * std::cos(angle);
    append_row(data, {x, y}, 1);
    append_row(data, {-x, -y}, 0);
  }
}

/// A board of 4 x 4 unit squares around the origin, x, y ~ U(-2, 2). Class 1 if floor(x) + floor(y) is odd. Then
/// noise · N(0, 1) is added to each coordinate.
void append_checkerboard(DataSet& data, Index samples, double noise, Random& random) {
  for (Index i = 0; i < samples; ++i) {
    const double x = random.uniform(-2, 2), y = random.uniform(-2, 2);
    const bool odd = std::fmod(std::floor(x) + std::floor(y), 2) != 0;
    const double right = random.normal(), up = random.normal();
    append_row(data, {x + noise * right, y + noise * up}, odd ? 1 : 0);
  }
}

/// y = 5 + 1.2 x - 3.4 x² / 2! + 5.6 x³ / 3! + noise · N(0, 1), x ~ N(0, 1), given as the features xⁱ / i! for i = 0,
/// 1, … (Zhang, Lipton, Li, Smola, "Dive into Deep Learning", section "Underfitting and overfitting"): 2 features
/// cannot fit it, 4 are enough, 20 are too many. Whatever their number, x and y are the same.
void append_polynomial(DataSet& data, Index samples, double noise, Random& random) {
  for (Index row = 0; row < samples; ++row) {
    const double x = random.normal(), error = noise * random.normal();
    double power = 1;  // xⁱ / i!
    for (Index i = 0; i < data.features(); ++i) {
      data.inputs.push_back(power);
      power *= x / static_cast<double>(i + 1);
    }
    data.targets.push_back(5 + x * (1.2 + x * (-3.4 / 2 + x * (5.6 / 6))) + error);
  }
}
std::vector<std::string> powers(Index count) {
  std::vector<std::string> names;
  for (Index i = 0; i < count; ++i) names.push_back("x^" + std::to_string(i) + "/" + std::to_string(i) + "!");
  return names;
}

/// Two features and two classes, "0" and "1".
Generator two_classes(const char* name, const char* description, auto append) {
  return {.name = name,
          .description = description,
          .feature_names = numbered_features(2),
          .target_name = "label",
          .class_names = {"0", "1"},
          .append = append};
}

}  // namespace

std::vector<Generator> classic_sets() {
  Generator xor4 = two_classes("xor4", "the four points of exclusive or", append_parity);
  xor4.default_samples = 4;
  xor4.fixed = true;
  xor4.default_test_fraction = 0;
  Generator parity = xor4;
  parity.name = "parity";
  parity.description = "whether an odd number of 4 bits is set, all 16 patterns; parity(8): of 8 bits";
  parity.feature_names = numbered_features(4);
  parity.default_samples = patterns(4);
  parity.sizes = {.lowest = 2, .highest = 16, .names = numbered_features, .samples = patterns};
  Generator moons =
      two_classes("moons", "two interleaving half circles; noise: standard deviation of the points", append_moons);
  moons.default_noise = 0.1;
  Generator two_spirals =
      two_classes("two-spirals", "the 194 points of Lang and Witbrock (1988), all to train on", append_two_spirals);
  two_spirals.default_samples = 194;
  two_spirals.fixed = true;
  two_spirals.default_test_fraction = 0;
  Generator sine{.name = "sine",
                 .description = "one period of a sine; noise: standard deviation of the values",
                 .task = Task::regression,
                 .feature_names = {"x"},
                 .target_name = "y",
                 .append = append_sine};
  Generator polynomial = sine;
  polynomial.name = "polynomial";
  polynomial.description = "a cubic by its 20 first powers x^i/i!, noise 0.1; polynomial(4): by 4 powers";
  polynomial.feature_names = powers(20);
  polynomial.default_samples = 200;
  polynomial.default_noise = 0.1;
  polynomial.append = append_polynomial;
  polynomial.sizes = {.lowest = 1, .highest = 100, .names = powers};
  return {std::move(xor4),
          std::move(parity),
          std::move(moons),
          std::move(two_spirals),
          two_classes("checkerboard", "4 x 4 squares; noise: standard deviation of the points", append_checkerboard),
          std::move(sine),
          std::move(polynomial)};
}

}  // namespace tinymlp
