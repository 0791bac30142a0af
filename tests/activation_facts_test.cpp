// Tests of tinymlp/activations/facts.h: what the catalogue says of each activation holds for its values: their range,
// their symmetry, their order, their steepest slope; and derivatives are slopes on both sides of each kink.
#include "tinymlp/activations/facts.h"

#include <gtest/gtest.h>

#include <set>

#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/initializer.h"
#include "tinymlp/pass.h"

namespace tinymlp {
namespace {

struct Curve {
  std::vector<Scalar> x, y, derivative;
};

Curve curve_of(const std::string& name, std::vector<Scalar> x) {
  const auto device = make_cpu_device();
  const Index n = static_cast<Index>(x.size());
  std::vector<std::unique_ptr<Layer>> layers;
  layers.push_back(make_activation(name));
  const Network network(*device, 1, 0, std::move(layers));
  Pass pass(network, n);
  Matrix dx(n, 1);
  const ConstMatrixView y = pass.forward({x.data(), n, 1});
  std::fill_n(pass.output_gradient().data, n, Scalar(1));
  pass.backward(dx.view());
  return {std::move(x), {y.data, y.data + n}, dx.values};
}

/// From -12 to 12 finely, and far beyond.
std::vector<Scalar> many_numbers() {
  std::vector<Scalar> x;
  for (const double size : {1e4, 1e3, 100.0, 50.0, 20.0}) x.push_back(static_cast<Scalar>(-size));
  for (int i = -12 * 1024; i <= 12 * 1024; ++i) x.push_back(static_cast<Scalar>(i) / 1024);
  for (const double size : {20.0, 50.0, 100.0, 1e3, 1e4}) x.push_back(static_cast<Scalar>(size));
  return x;
}

class Facts : public testing::TestWithParam<ActivationEntry> {
 protected:
  const ActivationEntry& entry = GetParam();
  const ActivationFacts& facts = entry.facts;
  const Curve curve = curve_of(entry.name, many_numbers());
};

TEST_P(Facts, AreComplete) {
  for (const std::string_view text : {facts.value, facts.derivative, facts.paper}) EXPECT_FALSE(text.empty());
  EXPECT_EQ(make_initializer(facts.initializer).text, facts.initializer);
  EXPECT_EQ(advised_initializer(entry.name), facts.initializer);
  for (const auto& [name, value] : entry.parameters) {
    EXPECT_NE(std::string(facts.value).find(name == "slope" && entry.name == "prelu" ? "w" : name), std::string::npos)
        << "the formula does not say what " << name << " does";
    EXPECT_EQ(make_activation(entry.name + "(" + name + "=" + std::to_string(value) + ")")->describe(),
              make_activation(entry.name)->describe());
  }
}

TEST_P(Facts, TheRangeHoldsTheValuesAndIsNoWiderThanTheyAre) {
  const auto [low, high] = std::ranges::minmax(curve.y);
  const auto slack = [&](double bound) { return 8 * epsilon * std::max(std::abs(static_cast<Real>(bound)), Real(1)); };
  const auto& range = facts.range;
  if (std::isinf(range.low))
    EXPECT_LE(low, -10);
  else
    EXPECT_TRUE(low >= range.low - slack(range.low) && low <= range.low + 2e-4) << low << " against " << range.low;
  if (std::isinf(range.high))
    EXPECT_GE(high, 10);
  else
    EXPECT_TRUE(high <= range.high + slack(range.high) && high >= range.high - 2e-4)
        << high << " against " << range.high;
  EXPECT_FALSE(std::isinf(range.low) && range.with_low);
  EXPECT_FALSE(std::isinf(range.high) && range.with_high);
  if (range.with_low || range.with_high) return;
  for (std::size_t i = 0; i < curve.x.size(); ++i)  // no bound is reached, but where it is the nearest number
    if (std::abs(curve.x[i]) < 4) {
      EXPECT_TRUE(curve.y[i] > range.low && curve.y[i] < range.high) << "at " << curve.x[i];
    }
}

TEST_P(Facts, ZeroCentredIsWhatIsOdd) {
  bool odd = true;
  for (std::size_t i = 0, j = curve.x.size() - 1; i < j; ++i, --j)
    odd = odd && near(curve.y[i], -static_cast<Real>(curve.y[j]), 4 * epsilon, 4 * epsilon);
  EXPECT_EQ(facts.zero_centred, odd);
}

TEST_P(Facts, MonotoneIsWhatNeverFalls) {
  bool rising = true;
  for (std::size_t i = 1; i < curve.x.size(); ++i) {
    const Real rounding = 4 * epsilon * std::max(std::abs(static_cast<Real>(curve.y[i])), Real(1));
    rising = rising && curve.y[i] >= curve.y[i - 1] - rounding;
  }
  EXPECT_EQ(facts.monotone, rising);
}

TEST_P(Facts, TheLipschitzConstantIsTheSteepestSlope) {
  Real steepest = 0, derivative = 0;
  for (std::size_t i = 1; i < curve.x.size(); ++i) {
    const Real rise = static_cast<Real>(curve.y[i]) - curve.y[i - 1],
               step = static_cast<Real>(curve.x[i]) - curve.x[i - 1];
    steepest = std::max(steepest, std::abs(rise / step));
    derivative = std::max(derivative, std::abs(static_cast<Real>(curve.derivative[i])));
  }
  if (std::isinf(facts.lipschitz)) {  // a jump: the slope across it grows with the fineness of the steps
    EXPECT_GT(steepest, 100);
    return;
  }
  const Real rounding = 8 * epsilon * 12 * 1024;  // of values up to 12, over a step of 1/1024
  EXPECT_TRUE(steepest <= facts.lipschitz + rounding) << steepest;
  EXPECT_TRUE(steepest >= facts.lipschitz * 0.998L - rounding) << steepest;
  EXPECT_TRUE(derivative <= facts.lipschitz + 1e-6L) << derivative;
  EXPECT_TRUE(derivative >= facts.lipschitz * 0.999L) << derivative;
}

#ifdef TINYMLP_DOUBLE  // whose digits differences need
TEST_P(Facts, DerivativesAreSlopesOnBothSidesOfEachKink) {
  const double h = 1e-5;
  for (const Scalar kink : entry.kinks)
    for (const double side : {-1.0, 1.0}) {
      const auto x = static_cast<Scalar>(static_cast<double>(kink) + side * 3 * h), step = static_cast<Scalar>(h);
      const Curve near_kink = curve_of(entry.name, {x - step, x, x + step});
      const Real slope = (static_cast<Real>(near_kink.y[2]) - near_kink.y[0]) / (2 * static_cast<Real>(step));
      EXPECT_TRUE(near(near_kink.derivative[1], slope, 1e-9L, 0)) << "at " << x;
    }
}

TEST_P(Facts, SlopesJumpOnlyAtKinks) {  // so that whoever compares with finite differences knows where not to
  for (std::size_t i = 6; i + 6 < curve.x.size(); ++i) {
    const Scalar x = curve.x[i], h = Scalar(1e-5);
    const bool at_kink =
        std::ranges::any_of(entry.kinks, [&](Scalar kink) { return std::abs(kink - x) < Scalar(2e-5); });
    if (at_kink || i % 8 != 0) continue;
    const Curve around = curve_of(entry.name, {x - h, x, x + h});
    const Real slope = (static_cast<Real>(around.y[2]) - around.y[0]) / (2 * static_cast<Real>(h));
    ASSERT_TRUE(near(around.derivative[1], slope, 1e-9L, 1e-9L)) << "at " << x;
  }
}
#endif

INSTANTIATE_TEST_SUITE_P(All, Facts, testing::ValuesIn(activation_catalogue()), [](const auto& parameter) {
  std::string name = parameter.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(Catalogue, HoldsEachActivationOnce) {
  const std::vector<std::string> expected{
      "identity",    "relu",       "leaky-relu", "prelu",      "relu6",    "sigmoid",    "hard-sigmoid",
      "log-sigmoid", "tanh",       "hard-tanh",  "softsign",   "softplus", "squareplus", "elu",
      "selu",        "celu",       "gelu",       "gelu-tanh",  "silu",     "swish",      "mish",
      "hard-swish",  "tanhshrink", "softshrink", "hardshrink", "sin",      "gaussian"};
  EXPECT_EQ(activation_names(), expected);
  EXPECT_EQ(std::set<std::string>(expected.begin(), expected.end()).size(), expected.size());
  for_each_activation([&]<class F>() { EXPECT_EQ(std::ranges::count(expected, F::name()), 1) << F::name(); });
}

}  // namespace
}  // namespace tinymlp
