// Tests of tinymlp/activations.h: every built-in activation against a closed form in long double, written
// independently, and its texts. activation_kernels_test.cpp compares the SIMD kernels with the plain loop.
#include "tinymlp/activations.h"

#include <gtest/gtest.h>

#include <map>
#include <numbers>

#include "support.h"

namespace tinymlp {
namespace {

/// y = value(x), y' = derivative(x), and how exactly the library is to know them: up to absolute (1 + |x|) + relative
/// |y| in units of the Scalar's epsilon.
struct Reference {
  std::function<Real(Real)> value, derivative;
  Real value_absolute, value_relative, derivative_absolute, derivative_relative;
};

Real logistic(Real x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }

const std::map<std::string, Reference> references{
    {"identity", {[](Real x) { return x; }, [](Real) { return 1.0L; }, 0, 0, 0, 0}},
    {"relu", {[](Real x) { return std::max(x, 0.0L); }, [](Real x) { return x > 0 ? 1.0L : 0.0L; }, 0, 0, 0, 0}},
    {"leaky-relu",
     {[](Real x) { return x > 0 ? x : x / 100; }, [](Real x) { return x > 0 ? 1.0L : 0.01L; }, 0, 2, 0, 1}},
    {"sigmoid", {[](Real x) { return logistic(x); }, [](Real x) { return 1 / (2 + 2 * std::cosh(x)); }, 0, 8, 2, 8}},
    {"tanh",
     {[](Real x) { return std::tanh(x); }, [](Real x) { return 1 / (std::cosh(x) * std::cosh(x)); }, 0, 8, 8, 8}},
    {"gelu",
     {[](Real x) { return x / 2 * std::erfc(-x / std::numbers::sqrt2_v<Real>); },
      [](Real x) {
        return std::erfc(-x / std::numbers::sqrt2_v<Real>) / 2 +
               x * std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi_v<Real>);
      },
      16, 8, 8, 8}},  // xsimd's erf of doubles is good to 5e-15
    {"silu",
     {[](Real x) { return x * logistic(x); }, [](Real x) { return logistic(x) + x / (2 + 2 * std::cosh(x)); }, 0, 8, 4,
      8}},
    {"softplus",
     {[](Real x) { return x > 50 ? x + std::exp(-x) : std::log1p(std::exp(x)); }, [](Real x) { return logistic(x); }, 0,
      8, 0, 8}},
};

/// -8 to 8 finely, both sides of the kinks at 0, the smallest numbers there are, and large ones.
std::vector<Scalar> grid() {
  using Limits = std::numeric_limits<Scalar>;
  std::vector<Scalar> all;
  for (int i = -512; i <= 512; ++i) all.push_back(static_cast<Scalar>(i) / 64 + (i % 3 == 0 ? 0 : Scalar(1e-3)));
  for (const Scalar x : {Scalar(0), Limits::denorm_min(), Limits::min() / 2, Limits::min(), Limits::epsilon(),
                         Scalar(1e-6), Scalar(16), Scalar(20), Scalar(50), Scalar(88), Scalar(100), Scalar(1e4)}) {
    all.push_back(x);
    all.push_back(-x);
  }
  return all;
}

struct Outputs {
  std::vector<Scalar> y, derivative;
};
/// What the layer makes of x on the CPU device, and its derivative there.
Outputs run(const Layer& layer, std::vector<Scalar> x) {
  const auto device = make_cpu_device();
  const Index n = static_cast<Index>(x.size());
  Matrix y(1, n), dy(1, n), dx(1, n);
  std::ranges::fill(dy.values, Scalar(1));
  const ConstMatrixView view{x.data(), 1, n};
  layer.forward({*device}, view, y.view());
  layer.backward({*device}, view, y, dy, dx.view());
  return {y.values, dx.values};
}

/// The same by the plain functions, for one number at a time.
template <class F>
Outputs run_plain(const std::vector<Scalar>& x) {
  Outputs outputs;
  for (const Scalar value : x) {
    outputs.y.push_back(F{}.value(value));
    outputs.derivative.push_back(F{}.derivative(value, outputs.y.back()));
  }
  return outputs;
}

void expect_reference(const std::string& name, const std::vector<Scalar>& x, const Outputs& got) {
  const Reference& reference = references.at(name);
  // What is smaller than the smallest normal number may become 0, except where nothing is computed.
  const Real tiny = reference.value_relative == 0 ? 0 : static_cast<Real>(std::numeric_limits<Scalar>::min());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto exact = static_cast<Real>(x[i]), unit = epsilon * (1 + std::abs(exact));
    EXPECT_TRUE(near(got.y[i], reference.value(exact), tiny + reference.value_absolute * unit,
                     reference.value_relative * epsilon))
        << name << "(" << x[i] << ")";
    EXPECT_TRUE(near(got.derivative[i], reference.derivative(exact), tiny + reference.derivative_absolute * unit,
                     reference.derivative_relative * epsilon))
        << name << "'(" << x[i] << ")";
  }
}

TEST(Activations, HaveAReferenceEach) {
  EXPECT_EQ(activation_names().size(), references.size());
  for (const std::string& name : activation_names()) EXPECT_TRUE(references.contains(name)) << name;
}

TEST(Activations, AreTheirClosedFormsForOneNumber) {
  for_each_activation([]<class F>() { expect_reference(F::name(), grid(), run_plain<F>(grid())); });
}

TEST(Activations, AreTheirClosedFormsOnTheDevice) {
  for (const std::string& name : activation_names())
    expect_reference(name, grid(), run(*make_activation(name), grid()));
}

TEST(Activations, DerivativesAreTheSlopesOfTheValues) {
  const Real h = 1e-6L;  // central differences, of the reference: wrong by about h², and 1e-19 / h for rounding
  for (const std::string& name : activation_names()) {
    const Reference& reference = references.at(name);
    const std::vector<Scalar> x = grid();
    const Outputs got = run(*make_activation(name), x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto exact = static_cast<Real>(x[i]);
      if (std::abs(exact) < 2 * h || std::abs(exact) > 100) continue;  // a kink; differences of large numbers
      const Real slope = (reference.value(exact + h) - reference.value(exact - h)) / (2 * h);
      EXPECT_TRUE(near(got.derivative[i], slope, 1e-11L + 8 * epsilon * (1 + std::abs(exact)), 8 * epsilon))
          << name << "'(" << x[i] << ")";
    }
  }
}

TEST(Activations, NaNStaysNaN) {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  for_each_activation([&]<class F>() { EXPECT_TRUE(std::isnan(F{}.value(nan))) << F::name(); });
  const auto device = make_cpu_device();
  for (const std::string& name : activation_names())
    for (Index position = 0; position < 37; ++position) {
      Matrix x(1, 37, 1), y(1, 37), dy(1, 37, 2), dx(1, 37);
      x.at(0, position) = nan;
      make_activation(name)->forward({*device}, x, y.view());
      x = Matrix(1, 37, 1);
      dy.at(0, position) = nan;
      make_activation(name)->backward({*device}, x, x, dy, dx.view());
      for (Index i = 0; i < 37; ++i) {
        ASSERT_EQ(std::isnan(y.at(0, i)), i == position) << name << " of NaN at " << position;
        ASSERT_EQ(std::isnan(dx.at(0, i)), i == position) << name << ", dy NaN at " << position;
      }
    }
}

TEST(Activations, InfinityHasItsLimits) {
  const Scalar inf = std::numeric_limits<Scalar>::infinity();
  const std::map<std::string, std::pair<Scalar, Scalar>> above{{"identity", {inf, 1}},   {"relu", {inf, 1}},
                                                               {"leaky-relu", {inf, 1}}, {"sigmoid", {1, 0}},
                                                               {"tanh", {1, 0}},         {"softplus", {inf, 1}}};
  const std::map<std::string, std::pair<Scalar, Scalar>> below{
      {"identity", {-inf, 1}}, {"relu", {0, 0}},  {"leaky-relu", {-inf, Scalar(0.01)}},
      {"sigmoid", {0, 0}},     {"tanh", {-1, 0}}, {"softplus", {0, 0}}};
  for (const auto& [table, x] : {std::pair(&above, inf), std::pair(&below, -inf)})
    for (const auto& [name, expected] : *table) {
      const Outputs got = run(*make_activation(name), std::vector<Scalar>(35, x));  // full registers and a tail
      for (std::size_t i = 0; i < 35; ++i) {
        EXPECT_TRUE(near(got.y[i], expected.first, 0, epsilon)) << name << "(" << x << ")";
        EXPECT_TRUE(near(got.derivative[i], expected.second, 2 * epsilon, 0)) << name << "'(" << x << ")";
      }
    }
  for (const std::string name : {"gelu", "silu"})  // these have a limit above only
    EXPECT_EQ(run(*make_activation(name), {inf}).y[0], inf) << name;
}

TEST(Activations, KeepTheSignOfZeroWhereTheyAreOdd) {
  for (const std::string name : {"identity", "tanh", "leaky-relu", "silu", "gelu"}) {
    const Outputs got = run(*make_activation(name), std::vector<Scalar>(33, Scalar(-0.0)));
    for (const Scalar y : got.y) EXPECT_TRUE(y == 0 && std::signbit(y)) << name;
  }
}

TEST(MakeActivation, ReadsNumbers) {
  for (const std::string text : {"leaky-relu(0.1)", "leaky-relu(slope=0.1)", " leaky-relu( slope = 0.1 ) "}) {
    const auto layer = make_activation(text);
    EXPECT_EQ(layer->describe(), "leaky-relu(0.1)");
    const Outputs got = run(*layer, {-2, 0, 3});
    EXPECT_EQ(got.y, (std::vector<Scalar>{Scalar(-2) * Scalar(0.1), 0, 3}));
    EXPECT_EQ(got.derivative, (std::vector<Scalar>{Scalar(0.1), Scalar(0.1), 1}));
  }
}

TEST(MakeActivation, ReadsItsOwnDescriptions) {
  for (const std::string& name : activation_names()) {
    const std::string text = make_activation(name)->describe();
    EXPECT_TRUE(text == name || text.starts_with(name + "(")) << text;
    EXPECT_EQ(make_activation(text)->describe(), text);
  }
  Random random(2, Purpose::check);
  for (int i = 0; i < 1000; ++i) {
    const auto slope = static_cast<Scalar>(random.normal());
    const std::string text = Activation<LeakyReLU>(LeakyReLU{slope}).describe();
    const auto layer = make_activation(text);
    EXPECT_EQ(layer->describe(), text);
    EXPECT_EQ(run(*layer, {-1}).derivative[0], slope) << text;
  }
}

TEST(MakeActivation, RefusesUnknownNames) {
  expect_error<InputError>("unknown activation \"sigmiod\": did you mean \"sigmoid\"?",
                           [] { make_activation("sigmiod"); });
  expect_error<InputError>("unknown activation \"tiger\": give one of identity, relu, ",
                           [] { make_activation("tiger"); });
  EXPECT_THROW(make_activation(""), InputError);
  EXPECT_THROW(make_activation("relu)"), InputError);
}

TEST(MakeActivation, RefusesWrongNumbers) {
  expect_error<InputError>("relu takes no number", [] { make_activation("relu(1)"); });
  expect_error<InputError>("leaky-relu takes at most 1", [] { make_activation("leaky-relu(1, 2)"); });
  expect_error<InputError>("leaky-relu has no parameter \"beta\": its first is \"slope\"",
                           [] { make_activation("leaky-relu(beta=1)"); });
  expect_error<InputError>("\"x\" is not a number", [] { make_activation("leaky-relu(x)"); });
  if (sizeof(Scalar) == sizeof(float)) {
    EXPECT_THROW(make_activation("leaky-relu(1e300)"), InputError) << "beyond the largest float";
  }
}

TEST(AdvisedInitializer, SuitsTheActivation) {
  for (const std::string name : {"relu", "leaky-relu", "leaky-relu(0.2)", "gelu", "silu", "softplus"})
    EXPECT_EQ(advised_initializer(name), "he-normal") << name;
  for (const std::string name : {"identity", "sigmoid", "tanh"})
    EXPECT_EQ(advised_initializer(name), "xavier-normal") << name;
}

}  // namespace
}  // namespace tinymlp
