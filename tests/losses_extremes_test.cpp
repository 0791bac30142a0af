// The losses where numbers are huge, tiny or not numbers at all: in registers and one at a time.
#include <gtest/gtest.h>

#include "loss_support.h"

namespace tinymlp {
namespace {

TEST(LossExtremes, OfHugeLogitsAreFiniteAndRight) {
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

TEST(LossExtremes, OfHugeLogitsInWideRowsAreFiniteAndRight) {  // several registers a row, the last one partly filled
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

TEST(LossExtremes, AreFiniteForOneNumberAsForRegisters) {
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

TEST(LossExtremes, OfLogitsAreRightFromEndToEnd) {
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

TEST(LossExtremes, NaNIsNeverLost) {
  for (const std::string& name : loss_names())
    for (std::size_t position = 0; position < 21; ++position) {
      Matrix p(7, 3, 1);
      p.values[position] = std::numeric_limits<Scalar>::quiet_NaN();
      const auto& [value, gradient] = evaluate(name, p, targets(7, 3));
      EXPECT_TRUE(std::isnan(value)) << name << ", position " << position;
      EXPECT_TRUE(std::isnan(gradient.values[position])) << name << ", position " << position;
    }
}

}  // namespace
}  // namespace tinymlp
