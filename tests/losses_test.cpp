// Tests of tinymlp/losses.h: every built-in loss and its gradient against closed forms in long double, and against
// differences of its own values.
#include "tinymlp/losses.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "references.h"
#include "support.h"

namespace tinymlp {
namespace {

/// The loss of a whole batch, from its definition: no care for overflow, which long double has room for.
using Formula = std::function<Real(const Matrix& p, const Matrix& t)>;

Formula mean_of(std::function<Real(Real p, Real t)> term) {
  return [term](const Matrix& p, const Matrix& t) {
    Real sum = 0;
    for (Index i = 0; i < p.rows; ++i)
      for (Index j = 0; j < p.cols; ++j) sum += term(p.at(i, j), t.at(i, j));
    return sum / static_cast<Real>(p.rows * p.cols);
  };
}

Real logistic(Real z) { return 1 / (1 + std::exp(-z)); }

Real softmax(const Matrix& z, Index i, Index j) {
  Real sum = 0;
  for (Index k = 0; k < z.cols; ++k) sum += std::exp(z.at(i, k) - z.at(i, j));
  return 1 / sum;
}

const std::map<std::string, Formula> formulas{
    {"mse", mean_of([](Real p, Real t) { return p * p - 2 * p * t + t * t; })},
    {"half-mse", mean_of([](Real p, Real t) { return std::pow(t - p, 2) / 2; })},
    {"mae", mean_of([](Real p, Real t) { return p > t ? p - t : t - p; })},
    {"huber", mean_of([](Real p, Real t) {
       const Real size = std::abs(p - t);
       return size > 1 ? size - 0.5L : size * size / 2;
     })},
    {"hinge", mean_of([](Real p, Real t) { return std::max(0.0L, 1 - t * p); })},
    {"bce", mean_of([](Real z, Real t) { return -t * std::log(logistic(z)) - (1 - t) * std::log(1 - logistic(z)); })},
    {"cross-entropy",
     [](const Matrix& z, const Matrix& t) {
       Real sum = 0;
       for (Index i = 0; i < z.rows; ++i)
         for (Index j = 0; j < z.cols; ++j) sum -= t.at(i, j) * std::log(softmax(z, i, j));
       return sum / static_cast<Real>(z.rows);
     }},
};

/// dLoss/dp_ij, by hand.
Real derivative(const std::string& name, const Matrix& p, const Matrix& t, Index i, Index j) {
  const auto elements = static_cast<Real>(p.rows * p.cols);
  if (name == "mse") return 2 * (p.at(i, j) - t.at(i, j)) / elements;
  if (name == "half-mse") return (p.at(i, j) - t.at(i, j)) / elements;
  if (name == "mae") return (p.at(i, j) > t.at(i, j) ? 1 : -1) / elements;
  if (name == "huber") return std::clamp(p.at(i, j) - t.at(i, j), -1.0L, 1.0L) / elements;
  if (name == "hinge") return (t.at(i, j) * p.at(i, j) < 1 ? -t.at(i, j) : 0) / elements;
  if (name == "bce") return (logistic(p.at(i, j)) - t.at(i, j)) / elements;
  return (softmax(p, i, j) - t.at(i, j)) / static_cast<Real>(p.rows);
}

const std::vector<std::pair<Index, Index>> shapes{{1, 1}, {7, 3}, {33, 10}, {1, 70}, {70, 1}, {31, 17}, {2000, 5}};

/// Targets that suit all losses: one class a row, or 0 and 1 in turn.
Matrix targets(Index rows, Index cols) {
  Matrix t(rows, cols);
  for (Index i = 0; i < rows; ++i)
    if (cols > 1 || i % 2 == 0) t.at(i, (i * 7 + 1) % cols) = 1;
  return t;
}

struct Result {
  Scalar value;
  Matrix gradient;
};
Result evaluate(const std::string& name, const Matrix& p, const Matrix& t, int threads = 1) {
  const auto device = make_cpu_device(threads);
  Result result{Scalar(-1), Matrix(p.rows, p.cols)};
  make_loss(name)->evaluate(*device, p, t, &result.value, result.gradient.view());
  return result;
}

TEST(Losses, HaveAFormulaEach) {
  EXPECT_EQ(loss_names().size(), formulas.size());
  for (const std::string& name : loss_names()) {
    EXPECT_TRUE(formulas.contains(name)) << name;
    EXPECT_EQ(make_loss(name)->describe(), name);
  }
}

TEST(Losses, AreTheirClosedForms) {
  for (const std::string& name : loss_names())
    for (const auto& [rows, cols] : shapes) {
      Matrix p(rows, cols, 1);
      for (Scalar& value : p.values) value *= 6;
      Matrix t = targets(rows, cols);
      if (name == "hinge")
        for (Scalar& target : t.values) target = 2 * target - 1;  // -1 and 1
      const auto& [value, gradient] = evaluate(name, p, t);
      EXPECT_TRUE(near(value, formulas.at(name)(p, t), epsilon, 40 * epsilon)) << name << " " << rows << ", " << cols;
      for (Index i = 0; i < rows; ++i)
        for (Index j = 0; j < cols; ++j)
          ASSERT_TRUE(near(gradient.at(i, j), derivative(name, p, t, i, j), 8 * epsilon / static_cast<Real>(rows),
                           16 * epsilon))
              << name << ", element " << i << ", " << j << " of " << rows << ", " << cols;
    }
}

TEST(Losses, AreThoseOfPyTorch) {
  std::set<std::string> seen;
  for (const auto& c : reference("losses.json")) {
    const std::string name = c.at("loss");
    seen.insert(name);
    Matrix p(c.at("shape")[0], c.at("shape")[1]), t(p.rows, p.cols);
    const auto fill = [](Matrix& matrix, const std::vector<double>& numbers) {
      ASSERT_EQ(matrix.values.size(), numbers.size());
      std::ranges::transform(numbers, matrix.values.begin(), [](double x) { return static_cast<Scalar>(x); });
    };
    fill(p, reference_numbers(c.at("prediction")));
    fill(t, reference_numbers(c.at("target")));
    const auto& [value, gradient] = evaluate(name, p, t);
    EXPECT_TRUE(near(value, c.at("value").get<double>(), epsilon, 8 * epsilon)) << name << " of " << p.rows;
    const std::vector<double> expected = reference_numbers(c.at("gradient"));
    for (std::size_t i = 0; i < expected.size(); ++i)
      EXPECT_TRUE(near(gradient.values[i], expected[i], epsilon / 4, 8 * epsilon))
          << name << ", element " << i << " of (" << p.rows << ", " << p.cols << ")";
  }
  const std::vector<std::string> names = loss_names();
  EXPECT_EQ(seen, std::set<std::string>(names.begin(), names.end()));
}

TEST(Losses, HaveTheDerivativesOfPyTorchAtTheirKinks) {
  const auto derivative_at = [](const std::string& name, double prediction, double target) {
    Matrix p(1, 1), t(1, 1);
    p.values = {static_cast<Scalar>(prediction)};
    t.values = {static_cast<Scalar>(target)};
    return static_cast<double>(evaluate(name, p, t).gradient.values[0]);
  };
  EXPECT_EQ(derivative_at("mae", 0.5, 0.5), 0);
  EXPECT_EQ(derivative_at("huber", 1.5, 0.5), 1);
  EXPECT_EQ(derivative_at("huber", -1, 0), -1);
  EXPECT_EQ(derivative_at("hinge", 1, 1), 0);
  EXPECT_EQ(derivative_at("hinge", -1, -1), 0);
  EXPECT_EQ(derivative_at("hinge", 0.99, 1), -1);
  EXPECT_EQ(derivative_at("hinge", -0.99, -1), 1);
}

TEST(Losses, GradientsAreTheSlopesOfTheValues) {
  // Central differences of the library's own value, which its number of digits limits. No prediction is within h of a
  // kink: |p| is at most 0.95 and at least 0.05, targets are 0 and 1.
  const Scalar h = sizeof(Scalar) == sizeof(float) ? Scalar(0.01) : Scalar(1e-5);
  for (const std::string& name : loss_names()) {
    Matrix p(7, 3, 4);
    for (Scalar& value : p.values)
      value = std::clamp(std::abs(value), Scalar(0.05), Scalar(0.95)) * (value < 0 ? -1 : 1);
    const Matrix t = targets(7, 3);
    const Matrix gradient = evaluate(name, p, t).gradient;
    for (std::size_t i = 0; i < p.values.size(); ++i) {
      const Scalar kept = p.values[i], above = kept + h, below = kept - h;
      p.values[i] = above;
      const auto up = static_cast<Real>(evaluate(name, p, t).value);
      p.values[i] = below;
      const auto down = static_cast<Real>(evaluate(name, p, t).value);
      p.values[i] = kept;
      const Real slope = (up - down) / (static_cast<Real>(above) - static_cast<Real>(below));
      EXPECT_TRUE(near(gradient.values[i], slope, static_cast<Real>(h) * h + 4 * epsilon / static_cast<Real>(h), 0))
          << name;
    }
  }
}

TEST(Losses, AverageOverTheBatch) {
  // The same rows twice: the same loss, half the gradient.
  for (const std::string& name : loss_names()) {
    const Matrix p(5, 4, 1), t = targets(5, 4);
    Matrix p2(10, 4), t2(10, 4);
    std::ranges::copy(p.values, p2.values.begin());
    std::ranges::copy(p.values, p2.values.begin() + 20);
    std::ranges::copy(t.values, t2.values.begin());
    std::ranges::copy(t.values, t2.values.begin() + 20);
    const Result one = evaluate(name, p, t), two = evaluate(name, p2, t2);
    EXPECT_TRUE(near(two.value, one.value, 0, 16 * epsilon)) << name;
    for (std::size_t i = 0; i < 20; ++i)
      EXPECT_TRUE(near(2 * static_cast<Real>(two.gradient.values[i]), one.gradient.values[i], epsilon, 8 * epsilon));
  }
}

TEST(Losses, HalfMseIsHalfOfMseOverElements) {
  const Matrix p(7, 3, 1), t(7, 3, 2);
  EXPECT_TRUE(near(2 * evaluate("half-mse", p, t).value, evaluate("mse", p, t).value, 0, 8 * epsilon));
}

TEST(Losses, CrossEntropysGradientsSumToZeroInEachRow) {
  for (const auto& [rows, cols] : shapes) {
    Matrix z(rows, cols, 1), t(rows, cols);
    for (Scalar& value : z.values) value *= 20;
    for (Index i = 0; i < rows; ++i) t.at(i, i % cols) = 1;
    const Matrix gradient = evaluate("cross-entropy", z, t).gradient;
    for (Index i = 0; i < rows; ++i) {
      Real sum = 0;
      for (Index j = 0; j < cols; ++j) sum += gradient.at(i, j);
      EXPECT_TRUE(near(sum * static_cast<Real>(rows), 0, 8 * epsilon, 0));
    }
  }
}

TEST(Losses, CrossEntropyTakesSoftTargets) {
  const Matrix z(9, 4, 1);
  Matrix t(9, 4, 2);
  for (Index i = 0; i < 9; ++i) {  // shares of 1
    Real sum = 0;
    for (Index j = 0; j < 4; ++j) sum += std::abs(std::as_const(t).at(i, j));
    for (Index j = 0; j < 4; ++j) t.at(i, j) = static_cast<Scalar>(std::abs(std::as_const(t).at(i, j)) / sum);
  }
  const auto& [value, gradient] = evaluate("cross-entropy", z, t);
  EXPECT_TRUE(near(value, formulas.at("cross-entropy")(z, t), 0, 16 * epsilon));
  for (Index i = 0; i < 9; ++i)
    for (Index j = 0; j < 4; ++j)
      EXPECT_TRUE(near(gradient.at(i, j), derivative("cross-entropy", z, t, i, j), epsilon, 8 * epsilon));
}

TEST(Losses, OfHugeLogitsAreFiniteAndRight) {
  for (const double size : {100.0, 1000.0, 10000.0})
    for (const double sign : {1.0, -1.0})
      for (const double target : {0.0, 1.0}) {
        Matrix z(1, 1), t(1, 1);
        z.values = {static_cast<Scalar>(sign * size)};
        t.values = {static_cast<Scalar>(target)};
        const bool right = (sign > 0) == (target > 0);
        const auto& [value, gradient] = evaluate("bce", z, t);
        EXPECT_TRUE(near(value, right ? 0 : size, 1e-30L, epsilon)) << sign * size << ", " << target;
        EXPECT_TRUE(near(gradient.at(0, 0), right ? 0 : sign, 1e-30L, epsilon)) << sign * size << ", " << target;

        Matrix z3(2, 3), t3(2, 3);  // the first class against two others, which lie 2 · size away
        z3.values = {z.values[0], -z.values[0], -z.values[0], 0, 0, 0};
        t3.values = {1, 0, 0, 0, 1, 0};
        const auto& [value3, gradient3] = evaluate("cross-entropy", z3, t3);
        const Real first = sign > 0 ? 0 : 2 * size + std::log(2.0L);
        EXPECT_TRUE(near(value3, (first + std::log(3.0L)) / 2, epsilon, 4 * epsilon));
        EXPECT_TRUE(near(gradient3.at(0, 0), sign > 0 ? 0 : -0.5L, epsilon, epsilon));
        EXPECT_TRUE(near(gradient3.at(0, 2), sign > 0 ? 0 : 0.25L, epsilon, epsilon));
        EXPECT_TRUE(near(gradient3.at(1, 1), -1.0L / 3, epsilon, epsilon));
      }
}

TEST(Losses, OfHugeLogitsInWideRowsAreFiniteAndRight) {  // several registers a row, the last one partly filled
  for (const Index rows : {1, 3})
    for (const Index cols : {2, 15, 16, 17, 37}) {
      Matrix z(rows, cols), t(rows, cols);
      for (Index i = 0; i < rows; ++i) {
        for (Index j = 0; j < cols; ++j) z.at(i, j) = Scalar(j % 2 == 0 ? -1e4 : 1e4);
        t.at(i, cols - 1 - (cols - 1) % 2) = 1;  // the last of those that lie 20,000 below the largest
      }
      const Index ties = cols / 2;
      const auto largest = static_cast<Real>(ties);  // how many
      const auto& [value, gradient] = evaluate("cross-entropy", z, t);
      EXPECT_TRUE(near(value, 2e4L + std::log(largest), 0, 4 * epsilon)) << rows << ", " << cols;
      for (Index i = 0; i < rows; ++i)
        for (Index j = 0; j < cols; ++j) {
          const Real expected = (j % 2 == 0 ? 0 : 1 / largest) - std::as_const(t).at(i, j);
          EXPECT_TRUE(near(gradient.at(i, j), expected / static_cast<Real>(rows), epsilon, 4 * epsilon));
        }
    }
}

TEST(Losses, AreFiniteForOneNumberAsForRegisters) {
  // term() of one number, as the plain loop calls it, against the device's kernel, which fills registers.
  const std::vector<double> sizes{0, 1e-310, 1e-40, 1e-5, 1, 88, 104, 710, 1e4};
  for_each_elementwise_loss([&]<class F>() {
    std::vector<Scalar> p, t;
    for (const double size : sizes)
      for (const double sign : {-1.0, 1.0})
        for (const double target : {-1.0, 0.0, 1.0}) {
          p.push_back(static_cast<Scalar>(sign * size));
          t.push_back(static_cast<Scalar>(target));
        }
    const Index count = static_cast<Index>(p.size());
    for (const Index batch : {count, Index{1}})  // all in registers, and batches of one
      for (Index first = 0; first + batch <= count; first += batch) {
        Matrix one(batch, 1), target(batch, 1);
        std::copy_n(p.begin() + first, batch, one.values.begin());
        std::copy_n(t.begin() + first, batch, target.values.begin());
        const auto& [value, gradient] = evaluate(F::name(), one, target);
        Real sum = 0, sizes_of_terms = 0;
        for (Index i = 0; i < batch; ++i) {
          const LossTerm<Scalar> term =
              F{}.term(static_cast<Scalar>(one.at(i, 0)), static_cast<Scalar>(target.at(i, 0)));
          EXPECT_TRUE(std::isfinite(term.value) && std::isfinite(term.derivative))
              << F::name() << " of " << static_cast<double>(one.at(i, 0));
          EXPECT_TRUE(near(gradient.at(i, 0) * static_cast<Real>(batch), static_cast<Real>(term.derivative),
                           4 * epsilon, 4 * epsilon))
              << F::name() << " of " << static_cast<double>(one.at(i, 0));
          sum += static_cast<Real>(term.value);
          sizes_of_terms += std::abs(static_cast<Real>(term.value));
        }
        EXPECT_TRUE(
            near(static_cast<Real>(value) * static_cast<Real>(batch), sum, 16 * epsilon * (1 + sizes_of_terms), 0))
            << F::name();
      }
  });
}

TEST(Losses, OfLogitsAreRightFromEndToEnd) {
  const auto device = make_cpu_device();
  const Index n = 20000;
  Matrix z(1, n), t(1, n), gradient(1, n), one_gradient(1, 1);
  for (Index i = 0; i < n; ++i) {
    z.at(0, i) = static_cast<Scalar>((static_cast<double>(i) - 0.5 * n) * 0.011);  // -110 to 110
    t.at(0, i) = static_cast<Scalar>(i % 3) / 2;
  }
  const auto loss = make_loss("bce");
  Scalar value = 0;
  loss->evaluate(*device, z, t, &value, gradient.view());
  for (Index i = 0; i < n; ++i) {
    const Real at = std::as_const(z).at(0, i), target = std::as_const(t).at(0, i), small = std::exp(-std::abs(at));
    const Real slope = (at < 0 ? small : 1) / (1 + small) - target;
    ASSERT_TRUE(near(std::as_const(gradient).at(0, i) * n, slope, target == 0 ? 1e-30L : epsilon, 3 * epsilon)) << at;
    loss->evaluate(*device, {z.data() + i, 1, 1}, {t.data() + i, 1, 1}, &value, one_gradient.view());
    const Real exact = std::max(at, Real(0)) - at * target + std::log1p(small);
    ASSERT_TRUE(near(value, exact, 4 * epsilon * std::min(std::abs(at * target), Real(200)) + 1e-30L, 3 * epsilon))
        << at;
  }
}

TEST(Losses, NaNIsNeverLost) {
  for (const std::string& name : loss_names())
    for (std::size_t position = 0; position < 21; ++position) {
      Matrix p(7, 3, 1);
      p.values[position] = std::numeric_limits<Scalar>::quiet_NaN();
      const auto& [value, gradient] = evaluate(name, p, targets(7, 3));
      EXPECT_TRUE(std::isnan(value)) << name << ", position " << position;
      EXPECT_TRUE(std::isnan(gradient.values[position])) << name << ", position " << position;
    }
}

TEST(Losses, AreTheSameBitsOnAnyNumberOfThreads) {
  const Matrix p(3001, 7, 1), t = targets(3001, 7);
  for (const std::string& name : loss_names()) {
    const Result one = evaluate(name, p, t, 1);
    for (const int threads : {2, 3}) {
      const Result more = evaluate(name, p, t, threads);
      EXPECT_EQ(more.value, one.value) << name;
      EXPECT_EQ(more.gradient.values, one.gradient.values) << name;
    }
  }
}

TEST(MakeLoss, RefusesUnknownNames) {
  expect_error<InputError>("unknown loss \"msee\": did you mean \"mse\"?", [] { make_loss("msee"); });
  expect_error<InputError>("unknown loss \"tiger\": give one of mse, half-mse, mae, huber, hinge, bce, cross-entropy",
                           [] { make_loss("tiger"); });
  EXPECT_THROW(make_loss(""), InputError);
}

}  // namespace
}  // namespace tinymlp
