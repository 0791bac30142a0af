// Tests of tinymlp/loss.h: a loss of a user's own as the header shows it, and the checks around every loss.
#include "tinymlp/loss.h"

#include <gtest/gtest.h>
#include <utility>

#include "support.h"
#include "tinymlp/losses.h"

namespace tinymlp {
namespace {

struct Squared {
  static std::string name() { return "test.squared"; }
  template <class T>
  TINYMLP_HD LossTerm<T> term(T p, T t) const {
    return {(p - t) * (p - t), T(2) * (p - t)};
  }
};

/// One with a number of its own, and where prediction and target are not interchangeable.
struct Weighted {
  static std::string name() { return "test.weighted"; }
  template <class T>
  TINYMLP_HD LossTerm<T> term(T p, T t) const {
    return {T(weight) * p * t + p, T(weight) * t + T(1)};
  }
  Scalar weight = 3;
};

struct WithoutTerm {
  static std::string name() { return "test.none"; }
};
static_assert(LossFunction<Squared> && LossFunction<Weighted> && LossFunction<LogisticError>);
static_assert(!LossFunction<WithoutTerm>);

class LossOnTheDevice : public testing::Test {
 protected:
  std::unique_ptr<Device> device = make_cpu_device();
};

TEST_F(LossOnTheDevice, AUsersOwnIsTheMeanOfItsTerms) {
  for (const auto& [rows, cols] : {std::pair<Index, Index>{1, 1}, {7, 3}, {33, 10}, {1500, 7}}) {
    const Matrix p(rows, cols, 1), t(rows, cols, 2);
    Matrix gradient(rows, cols);
    Scalar value = -1;
    ElementwiseLoss<Weighted>().evaluate(*device, p, t, &value, gradient.view());
    const auto n = static_cast<Real>(rows * cols);
    Real expected = 0;
    for (Index i = 0; i < rows; ++i)
      for (Index j = 0; j < cols; ++j) {
        expected += (3 * p.at(i, j) * t.at(i, j) + p.at(i, j)) / n;
        EXPECT_TRUE(near(std::as_const(gradient).at(i, j), (3 * t.at(i, j) + 1) / n, 8 * epsilon / n, 8 * epsilon));
      }
    EXPECT_TRUE(near(value, expected, std::sqrt(n) * 8 * epsilon, 8 * epsilon)) << rows << ", " << cols;
  }
}

TEST_F(LossOnTheDevice, AUsersOwnSquaredIsTheBuiltInMse) {
  const Matrix p(7, 3, 1), t(7, 3, 2);
  Matrix g1(7, 3), g2(7, 3);
  Scalar v1 = 0, v2 = 0;
  ElementwiseLoss<Squared>().evaluate(*device, p, t, &v1, g1.view());
  MeanSquaredError().evaluate(*device, p, t, &v2, g2.view());
  EXPECT_TRUE(near(v1, v2, 0, 16 * epsilon));
  for (std::size_t i = 0; i < g1.values.size(); ++i) EXPECT_TRUE(near(g1.values[i], g2.values[i], 0, 4 * epsilon));
}

TEST_F(LossOnTheDevice, DescribesItselfByName) { EXPECT_EQ(ElementwiseLoss<Weighted>().describe(), "test.weighted"); }

TEST_F(LossOnTheDevice, TakesTheNumbersOfItsFormula) {
  const Matrix p(3, 2, 1), t(3, 2, 2);
  Matrix gradient(3, 2);
  Scalar value = 0;
  ElementwiseLoss<Weighted>(Weighted{0}).evaluate(*device, p, t, &value, gradient.view());
  for (const Scalar g : gradient.values) EXPECT_TRUE(near(g, 1.0L / 6, 0, 2 * epsilon));
}

TEST_F(LossOnTheDevice, OverwritesWhatWasThere) {
  const Matrix p(5, 2, 1), t(5, 2, 2);
  for (const std::string& name : loss_names()) {
    Matrix first(5, 2), again(5, 2, 9);
    Scalar value = 0, other = 77;
    make_loss(name)->evaluate(*device, p, t, &value, first.view());
    make_loss(name)->evaluate(*device, p, t, &other, again.view());
    EXPECT_EQ(value, other) << name;
    EXPECT_EQ(first.values, again.values) << name;
  }
}

TEST_F(LossOnTheDevice, RefusesViewsOfDifferentShapes) {
  Matrix a(7, 3), b(7, 2), c(6, 3);
  Scalar value = 42;
  for (const std::string& name : loss_names()) {
    const auto loss = make_loss(name);
    const auto evaluate = [&](Matrix& p, Matrix& t, Matrix& g) {
      return [&] { loss->evaluate(*device, p, t, &value, g.view()); };
    };
    expect_error<ShapeError>("loss " + name + ": prediction is (7, 3), target (7, 2), gradient (7, 3)",
                             evaluate(a, b, a));
    expect_error<ShapeError>("prediction is (7, 3), target (7, 3), gradient (6, 3)", evaluate(a, a, c));
    expect_error<ShapeError>("prediction is (7, 2), target (7, 3), gradient (7, 3)", evaluate(b, a, a));
    expect_error<ShapeError>("prediction is (6, 3), target (6, 3), gradient (7, 3)", evaluate(c, c, a));
    EXPECT_EQ(value, 42);
  }
}

}  // namespace
}  // namespace tinymlp
