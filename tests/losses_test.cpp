// Tests of tinymlp/losses.h: every built-in loss and its gradient against closed forms in long double, and against
// differences of its own values.
#include "tinymlp/losses.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "loss_support.h"
#include "references.h"

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
    const LossResult one = evaluate(name, p, t), two = evaluate(name, p2, t2);
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

TEST(Losses, AreTheSameBitsOnAnyNumberOfThreads) {
  const Matrix p(3001, 7, 1), t = targets(3001, 7);
  for (const std::string& name : loss_names()) {
    const LossResult one = evaluate(name, p, t, 1);
    for (const int threads : {2, 3}) {
      const LossResult more = evaluate(name, p, t, threads);
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
