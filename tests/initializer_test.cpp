// Tests of tinymlp/initializer.h: each initializer's law over many weights, with more inputs than outputs and the other
// way round.
#include "tinymlp/initializer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

#include "references.h"
#include "support.h"

namespace tinymlp {
namespace {

constexpr double allowed = 5;  // standard deviations

std::vector<double> weights_of(const std::string& text, Index out, Index in, std::uint64_t seed = 0) {
  std::vector<double> weights(static_cast<std::size_t>(out * in), 123);
  Random random(seed, Purpose::initial_weights);
  make_initializer(text).weights(weights, out, in, random);
  return weights;
}

struct Moments {
  double mean = 0, variance = 0, kurtosis = 0, largest = 0;
};
Moments moments_of(const std::vector<double>& values) {
  Moments m;
  const auto n = static_cast<double>(values.size());
  for (const double value : values) {
    m.mean += value / n;
    m.largest = std::max(m.largest, std::abs(value));
  }
  double fourth = 0;
  for (const double value : values) {
    m.variance += std::pow(value - m.mean, 2) / n;
    fourth += std::pow(value - m.mean, 4) / n;
  }
  m.kurtosis = fourth / (m.variance * m.variance);
  return m;
}

/// Expects zero mean and this variance, and that the numbers are normal or uniform.
void expect_law(const std::vector<double>& values, double variance, bool normal, const std::string& what) {
  const Moments m = moments_of(values);
  const auto n = static_cast<double>(values.size());
  const double kurtosis = normal ? 3 : 1.8;
  EXPECT_LE(std::abs(m.mean), allowed * std::sqrt(variance / n)) << what;
  EXPECT_LE(std::abs(m.variance / variance - 1), allowed * std::sqrt((kurtosis - 1) / n)) << what;
  EXPECT_LE(std::abs(m.kurtosis - kurtosis), 0.15) << what;
  if (!normal) {
    EXPECT_LT(m.largest, std::sqrt(3 * variance)) << what;
    EXPECT_GT(m.largest, 0.99 * std::sqrt(3 * variance)) << what;
  }
}

TEST(Initializer, HasTheVarianceOfItsSource) {
  for (const auto& [out, in] : {std::pair<Index, Index>{300, 200}, {200, 300}, {7, 2000}, {2000, 7}}) {
    const auto n_in = static_cast<double>(in), n_out = static_cast<double>(out);
    const struct {
      std::string text;
      double variance;
      bool normal;
    } cases[] = {
        {"he-normal", 2 / n_in, true},
        {"he-uniform", 2 / n_in, false},
        {"xavier-normal", 2 / (n_in + n_out), true},
        {"xavier-uniform", 2 / (n_in + n_out), false},
        {"lecun-normal", 1 / n_in, true},
        {"pytorch", 1 / (3 * n_in), false},
        {"normal(0.25)", 0.0625, true},
        {"uniform(0.6)", 0.12, false},
    };
    for (const auto& c : cases)
      expect_law(weights_of(c.text, out, in), c.variance, c.normal,
                 c.text + ", " + std::to_string(out) + " of " + std::to_string(in));
  }
}

TEST(Initializer, HasTheSpreadOfPyTorchsDraws) {
  // Both are samples: each has its own chance error. A uniform distribution shows its bound in its largest number.
  for (const auto& c : reference("initializers.json")) {
    const std::string name = c.at("initializer");
    const Index out = c.at("shape")[0], in = c.at("shape")[1];
    const std::string what = name + ", " + std::to_string(out) + " of " + std::to_string(in);
    const auto compare = [&](const std::vector<double>& values, double deviation, double largest) {
      const Moments m = moments_of(values);
      const auto n = static_cast<double>(values.size());
      EXPECT_LE(std::abs(std::sqrt(m.variance) - deviation), allowed * deviation / std::sqrt(n)) << what;
      if (largest < 1.8 * deviation) {  // uniform
        EXPECT_LE(std::abs(m.largest / largest - 1), std::max(0.001, 20 / n)) << what;
      }
    };
    compare(weights_of(name, out, in), c.at("deviation"), c.at("largest"));
    if (!c.contains("bias_deviation")) continue;
    std::vector<double> biases(static_cast<std::size_t>(out));
    Random random(1, Purpose::initial_weights);
    make_initializer(name).biases(biases, in, random);
    compare(biases, c.at("bias_deviation"), c.at("bias_largest"));
  }
}

TEST(Initializer, OnlyPytorchsBiasesAreNotZero) {
  for (const std::string text : {"he-normal", "he-uniform", "xavier-normal", "xavier-uniform", "lecun-normal",
                                 "orthogonal", "normal(1)", "uniform(1)", "zeros"})
    EXPECT_FALSE(make_initializer(text).biases) << text;
  std::vector<double> biases(20000);
  Random random(0, Purpose::initial_weights);
  make_initializer("pytorch").biases(biases, 50, random);
  expect_law(biases, 1.0 / (3 * 50), false, "biases");
}

TEST(Initializer, OrthogonalHasOrthonormalRowsOrColumns) {
  for (const auto& [out, in] :
       {std::pair<Index, Index>{1, 1}, {1, 9}, {9, 1}, {30, 20}, {20, 30}, {64, 64}, {128, 100}}) {
    const std::vector<double> w = weights_of("orthogonal", out, in);
    const auto at = [&, n_in = in](Index o, Index i) { return w[static_cast<std::size_t>(o * n_in + i)]; };
    const bool rows = out <= in;
    const Index count = rows ? out : in, length = rows ? in : out;
    for (Index a = 0; a < count; ++a)
      for (Index b = 0; b <= a; ++b) {
        double dot = 0;
        for (Index k = 0; k < length; ++k) dot += rows ? at(a, k) * at(b, k) : at(k, a) * at(k, b);
        ASSERT_LE(std::abs(dot - (a == b)), 1e-13) << out << " of " << in << ", " << a << " and " << b;
      }
  }
}

TEST(Initializer, OrthogonalGivesEachDirectionTheSameChance) {
  // The elements of a random orthogonal matrix of size n have mean 0 and variance 1 / n.
  const Index n = 4;
  std::vector<double> corner, last;
  for (std::uint64_t seed = 0; seed < 20000; ++seed) {
    const std::vector<double> w = weights_of("orthogonal", n, n, seed);
    corner.push_back(w.front());
    last.push_back(w.back());
  }
  for (const auto& elements : {corner, last}) {
    const Moments m = moments_of(elements);
    const double count = 20000;
    EXPECT_LE(std::abs(m.mean), allowed * std::sqrt(0.25 / count));
    EXPECT_LE(std::abs(m.variance - 0.25), allowed * 0.25 * std::sqrt(2 / count));
  }
}

TEST(Initializer, ZerosAreZeros) {
  for (const double w : weights_of("zeros", 5, 3)) EXPECT_EQ(w, 0);
  for (const double w : weights_of("normal(0)", 5, 3)) EXPECT_EQ(w, 0);
  for (const double w : weights_of("uniform(0)", 5, 3)) EXPECT_EQ(w, 0);
}

TEST(Initializer, DependsOnTheRandomNumbersAlone) {
  for (const std::string name : {"he-normal", "orthogonal", "pytorch", "uniform(2)"}) {
    EXPECT_EQ(weights_of(name, 4, 6, 1), weights_of(name, 4, 6, 1)) << name;
    EXPECT_NE(weights_of(name, 4, 6, 1), weights_of(name, 4, 6, 2)) << name;
  }
}

TEST(Initializer, KeepsItsText) {
  for (const std::string text : {"he-normal", "normal(0.01)", "uniform( 1 )"})
    EXPECT_EQ(make_initializer(text).text, text);
}

TEST(Initializer, EveryNameThatIsListedIsOne) {
  std::size_t with_number = 0;
  for (std::string name : initializer_names()) {
    if (const auto open = name.find('('); open != std::string::npos) {
      name = name.substr(0, open) + "(0.5)";
      ++with_number;
    }
    EXPECT_NO_THROW(make_initializer(name)) << name;
  }
  EXPECT_EQ(with_number, 2U);
  EXPECT_EQ(initializer_names().size(), 10U);
}

TEST(Initializer, RefusesUnknownNames) {
  expect_error<InputError>("unknown initializer \"norml\": did you mean \"normal\"?",
                           [] { make_initializer("norml(1)"); });
  expect_error<InputError>("unknown initializer \"he-norml\": did you mean \"he-normal\"?",
                           [] { make_initializer("he-norml"); });
  expect_error<InputError>("unknown initializer \"tiger\": give one of", [] { make_initializer("tiger"); });
  EXPECT_THROW(make_initializer(""), InputError);
}

TEST(Initializer, RefusesWrongNumbers) {
  for (const std::string text : {"normal", "uniform", "normal()", "normal(-1)", "uniform(-0.1)", "normal(1, 2)"})
    expect_error<InputError>("needs one number of at least 0", [&] { make_initializer(text); });
  for (const std::string text : {"normal(nan)", "normal(x)", "uniform(inf)", "normal(1"})
    EXPECT_THROW(make_initializer(text), InputError) << text;
  for (const std::string text : {"he-normal(2)", "zeros(1)", "pytorch(1)"})
    expect_error<InputError>("takes no number", [&] { make_initializer(text); });
}

}  // namespace
}  // namespace tinymlp
