// Tests of tinymlp/activations.h: every built-in activation against a closed form in long double, written
// independently. activation_kernels_test.cpp compares the SIMD kernels with the plain loop.
#include "tinymlp/activations.h"

#include <gtest/gtest.h>

#include <map>
#include <numbers>

#include "activation_outputs.h"

namespace tinymlp {
namespace {

/// y = value(x), y' = derivative(x), and how exactly the library is to know them: up to absolute (1 + |x|) + relative
/// |y| in units of the Scalar's epsilon.
struct Reference {
  std::function<Real(Real)> value, derivative;
  Real value_absolute, value_relative, derivative_absolute, derivative_relative;
};

Real logistic(Real x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }
Real logistic_slope(Real x) { return 1 / (2 + 2 * std::cosh(x)); }
Real normal_distribution(Real x) { return std::erfc(-x / std::numbers::sqrt2_v<Real>) / 2; }
Real softplus(Real x) { return x > 50 ? x + std::exp(-x) : std::log1p(std::exp(x)); }
Real sech(Real x) { return 1 / std::cosh(x); }
Real square(Real x) { return x * x; }

/// u with gelu-tanh(x) = x (1 + tanh u) / 2, and twice its slope.
Real gelu_tanh_angle(Real x) { return std::sqrt(2 / std::numbers::pi_v<Real>) * (x + 0.044715L * x * x * x); }
Real gelu_tanh_slope(Real x) { return std::sqrt(2 / std::numbers::pi_v<Real>) * (1 + 3 * 0.044715L * x * x); }

constexpr Real selu_scale = 1.0507009873554804934193349852946L, selu_alpha = 1.6732632423543772848170429916717L;

const std::map<std::string, Reference> references{
    {"identity", {[](Real x) { return x; }, [](Real) { return 1.0L; }, 0, 0, 0, 0}},
    {"relu", {[](Real x) { return std::max(x, 0.0L); }, [](Real x) { return x > 0 ? 1.0L : 0.0L; }, 0, 0, 0, 0}},
    {"leaky-relu",
     {[](Real x) { return x > 0 ? x : x / 100; }, [](Real x) { return x > 0 ? 1.0L : 0.01L; }, 0, 2, 0, 1}},
    {"prelu", {[](Real x) { return x > 0 ? x : x / 4; }, [](Real x) { return x > 0 ? 1.0L : 0.25L; }, 0, 2, 0, 0}},
    {"relu6",
     {[](Real x) { return std::min(std::max(x, 0.0L), 6.0L); }, [](Real x) { return x > 0 && x < 6 ? 1.0L : 0.0L; }, 0,
      0, 0, 0}},
    {"hard-tanh",
     {[](Real x) { return std::min(std::max(x, -1.0L), 1.0L); }, [](Real x) { return std::abs(x) < 1 ? 1.0L : 0.0L; },
      0, 0, 0, 0}},
    {"hard-sigmoid",
     {[](Real x) { return x <= -3  ? 0
                          : x >= 3 ? 1
                                   : x / 6 + 0.5L; },
      [](Real x) { return std::abs(x) < 3 ? 1 / 6.0L : 0.0L; }, 1, 2, 0, 2}},
    {"hard-swish",
     {[](Real x) { return x <= -3  ? 0
                          : x >= 3 ? x
                                   : x * (x / 6 + 0.5L); },
      [](Real x) { return x < -3  ? 0
                          : x > 3 ? 1
                                  : x / 3 + 0.5L; }, 1, 4, 1, 4}},
    {"softshrink",
     {[](Real x) { return x > 0.5L    ? x - 0.5L
                          : x < -0.5L ? x + 0.5L
                                      : 0; },
      [](Real x) { return std::abs(x) > 0.5L ? 1.0L : 0.0L; }, 0, 2, 0, 0}},
    {"hardshrink",
     {[](Real x) { return std::abs(x) > 0.5L ? x : 0; }, [](Real x) { return std::abs(x) > 0.5L ? 1.0L : 0.0L; }, 0, 0,
      0, 0}},
    {"sigmoid", {[](Real x) { return logistic(x); }, [](Real x) { return logistic_slope(x); }, 0, 8, 2, 8}},
    {"log-sigmoid", {[](Real x) { return -softplus(-x); }, [](Real x) { return logistic(-x); }, 0, 8, 0, 8}},
    {"tanh", {[](Real x) { return std::tanh(x); }, [](Real x) { return square(sech(x)); }, 0, 8, 8, 8}},
    {"tanhshrink", {[](Real x) { return x - std::tanh(x); }, [](Real x) { return square(std::tanh(x)); }, 4, 4, 0, 16}},
    {"softsign",
     {[](Real x) { return x / (1 + std::abs(x)); }, [](Real x) { return square(1 / (1 + std::abs(x))); }, 0, 4, 0, 8}},
    {"gelu",
     {[](Real x) { return x * normal_distribution(x); },
      [](Real x) {
        return normal_distribution(x) + x * std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi_v<Real>);
      },
      16, 8, 8, 8}},  // xsimd's erf of doubles is good to 5e-15
    {"gelu-tanh",
     {[](Real x) { return x * logistic(2 * gelu_tanh_angle(x)); },
      [](Real x) {
        const Real gate = logistic(2 * gelu_tanh_angle(x));
        return gate + 2 * x * gate * (1 - gate) * gelu_tanh_slope(x);
      },
      2, 8, 8, 8}},
    {"silu",
     {[](Real x) { return x * logistic(x); }, [](Real x) { return logistic(x) + x * logistic_slope(x); }, 0, 8, 4, 8}},
    {"swish",
     {[](Real x) { return x * logistic(x); }, [](Real x) { return logistic(x) + x * logistic_slope(x); }, 0, 8, 4, 8}},
    {"mish",
     {[](Real x) { return x * std::tanh(softplus(x)); },
      [](Real x) { return std::tanh(softplus(x)) + x * square(sech(softplus(x))) * logistic(x); }, 0, 16, 4, 16}},
    {"softplus", {[](Real x) { return softplus(x); }, [](Real x) { return logistic(x); }, 0, 8, 0, 8}},
    {"squareplus",  // on the left by the form that does not cancel
     {[](Real x) { return x < 0 ? 2 / (std::sqrt(x * x + 4) - x) : (x + std::sqrt(x * x + 4)) / 2; },
      [](Real x) {
        const Real root = std::sqrt(x * x + 4);
        return x < 0 ? 2 / (root - x) / root : (1 + x / root) / 2;
      },
      0, 8, 0, 8}},
    {"elu",
     {[](Real x) { return x > 0 ? x : std::expm1(x); }, [](Real x) { return x > 0 ? 1 : std::exp(x); }, 0, 8, 0, 8}},
    {"celu",
     {[](Real x) { return x > 0 ? x : std::expm1(x); }, [](Real x) { return x > 0 ? 1 : std::exp(x); }, 0, 8, 0, 8}},
    {"selu",
     {[](Real x) { return selu_scale * (x > 0 ? x : selu_alpha * std::expm1(x)); },
      [](Real x) { return selu_scale * (x > 0 ? 1 : selu_alpha * std::exp(x)); }, 0, 8, 0, 8}},
    {"sin", {[](Real x) { return std::sin(x); }, [](Real x) { return std::cos(x); }, 2, 8, 2, 8}},
    {"gaussian",  // rounding x² makes a relative error of x² ε / 2
     {[](Real x) { return std::exp(-x * x); }, [](Real x) { return -2 * x * std::exp(-x * x); }, 2, 8, 2, 8}},
};

/// Whether there is no kink of this activation within `distance`.
bool is_off_kinks(const std::string& name, Real x, Real distance) {
  for (const ActivationEntry& entry : activation_catalogue())
    if (entry.name == name)
      return std::ranges::all_of(entry.kinks,
                                 [&](Scalar kink) { return std::abs(x - static_cast<Real>(kink)) > distance; });
  throw std::logic_error("no activation " + name);
}

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
  // What is smaller than the smallest normal number may become 0, and its product with x, except where nothing is
  // computed.
  const Real smallest = reference.value_relative == 0 ? 0 : static_cast<Real>(std::numeric_limits<Scalar>::min());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto exact = static_cast<Real>(x[i]), unit = epsilon * (1 + std::abs(exact));
    const Real tiny = smallest * (1 + std::abs(exact));
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
  for (const std::string& name : activation_names()) expect_reference(name, grid(), run(name, grid()));
}

TEST(Activations, DerivativesAreTheSlopesOfTheValues) {
  const Real h = 1e-6L;  // central differences, of the reference: wrong by about h², and 1e-19 / h for rounding
  for (const std::string& name : activation_names()) {
    const Reference& reference = references.at(name);
    const std::vector<Scalar> x = grid();
    const Outputs got = run(name, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto exact = static_cast<Real>(x[i]);
      if (!is_off_kinks(name, exact, 2 * h) || std::abs(exact) > 100) continue;  // differences of large numbers
      const Real slope = (reference.value(exact + h) - reference.value(exact - h)) / (2 * h);
      EXPECT_TRUE(near(got.derivative[i], slope, 1e-11L + 8 * epsilon * (1 + std::abs(exact)), 8 * epsilon))
          << name << "'(" << x[i] << ")";
    }
  }
}

TEST(Activations, NaNStaysNaN) {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  for_each_activation([&]<class F>() { EXPECT_TRUE(std::isnan(F{}.value(nan))) << F::name(); });
  const std::vector<Scalar> plain = Matrix(1, 37, 1).values;
  for (const std::string& name : activation_names())
    for (std::size_t position = 0; position < 37; ++position) {
      std::vector<Scalar> marked = plain;
      marked[position] = nan;
      const Outputs of_nan = run(name, marked), by_nan = run(name, plain, marked);
      for (std::size_t i = 0; i < 37; ++i) {
        ASSERT_EQ(std::isnan(of_nan.y[i]), i == position) << name << " of NaN at " << position;
        ASSERT_EQ(std::isnan(by_nan.derivative[i]), i == position) << name << ", dy NaN at " << position;
      }
    }
}

TEST(Activations, InfinityHasItsLimits) {
  const Scalar inf = std::numeric_limits<Scalar>::infinity();
  struct Limits {
    Scalar below, slope_below, above, slope_above;
  };
  const auto scale = static_cast<Scalar>(selu_scale), bound = static_cast<Scalar>(-selu_scale * selu_alpha);
  const std::map<std::string, Limits> limits{{"identity", {-inf, 1, inf, 1}},
                                             {"relu", {0, 0, inf, 1}},
                                             {"leaky-relu", {-inf, Scalar(0.01), inf, 1}},
                                             {"prelu", {-inf, 0.25, inf, 1}},
                                             {"relu6", {0, 0, 6, 0}},
                                             {"sigmoid", {0, 0, 1, 0}},
                                             {"hard-sigmoid", {0, 0, 1, 0}},
                                             {"log-sigmoid", {-inf, 1, 0, 0}},
                                             {"tanh", {-1, 0, 1, 0}},
                                             {"hard-tanh", {-1, 0, 1, 0}},
                                             {"softsign", {-1, 0, 1, 0}},
                                             {"softplus", {0, 0, inf, 1}},
                                             {"squareplus", {0, 0, inf, 1}},
                                             {"elu", {-1, 0, inf, 1}},
                                             {"selu", {bound, 0, inf, scale}},
                                             {"celu", {-1, 0, inf, 1}},
                                             {"gelu", {0, 0, inf, 1}},
                                             {"gelu-tanh", {0, 0, inf, 1}},
                                             {"silu", {0, 0, inf, 1}},
                                             {"swish", {0, 0, inf, 1}},
                                             {"mish", {0, 0, inf, 1}},
                                             {"hard-swish", {0, 0, inf, 1}},
                                             {"tanhshrink", {-inf, 1, inf, 1}},
                                             {"softshrink", {-inf, 1, inf, 1}},
                                             {"hardshrink", {-inf, 1, inf, 1}},
                                             {"gaussian", {0, 0, 0, 0}}};
  for (const std::string& name : activation_names()) {
    const Outputs below = run(name, std::vector<Scalar>(35, -inf));  // full registers and a tail
    const Outputs above = run(name, std::vector<Scalar>(35, inf));
    for (std::size_t i = 0; i < 35; ++i) {
      if (name == "sin") {  // which has no limit
        EXPECT_TRUE(std::isnan(below.y[i]) && std::isnan(above.y[i]));
        continue;
      }
      const Limits& limit = limits.at(name);
      EXPECT_TRUE(near(below.y[i], limit.below, 0, epsilon)) << name;
      EXPECT_TRUE(near(below.derivative[i], limit.slope_below, 2 * epsilon, epsilon)) << name;
      EXPECT_TRUE(near(above.y[i], limit.above, 0, epsilon)) << name;
      EXPECT_TRUE(near(above.derivative[i], limit.slope_above, 2 * epsilon, epsilon)) << name;
    }
  }
}

TEST(Activations, StayFiniteForTheLargestNumbers) {
  const Scalar largest = std::numeric_limits<Scalar>::max();
  const std::vector<Scalar> x{largest, -largest, largest / 4, -largest / 4, Scalar(1e30), Scalar(-1e30)};
  for (const std::string& name : activation_names()) {
    if (name == "sin" || name == "selu") continue;  // no digit of the angle is left; 1.05 times the largest
    const Outputs got = run(name, x);
    for (std::size_t i = 0; i < x.size(); ++i)
      EXPECT_TRUE(std::isfinite(got.y[i]) && std::isfinite(got.derivative[i])) << name << "(" << x[i] << ")";
  }
}

TEST(Activations, KeepTheSignOfZeroWhereTheyAreOdd) {
  for (const std::string name :
       {"identity", "tanh", "leaky-relu", "prelu", "silu", "gelu", "mish", "softsign", "hard-tanh"}) {
    const Outputs got = run(name, std::vector<Scalar>(33, Scalar(-0.0)));
    for (const Scalar y : got.y) EXPECT_TRUE(y == 0 && std::signbit(y)) << name;
  }
}

}  // namespace
}  // namespace tinymlp
