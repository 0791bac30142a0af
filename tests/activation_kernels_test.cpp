// Tests of the CPU's SIMD kernels of the built-in activations: for sizes with every kind of tail they give what the
// plain loop over one number at a time gives, and write nothing else.
#include <gtest/gtest.h>
#include <utility>

#include "support.h"
#include "tinymlp/activations.h"

namespace tinymlp {
namespace {

const Scalar untouched = Scalar(12345.5);

/// Numbers of all sizes and signs, denormals and zeros among them.
Matrix inputs(Index n, std::uint32_t stream) {
  Matrix x(1, n);
  Random random(5, Purpose::check, stream);
  for (Scalar& value : x.values) {
    const double size = std::exp(random.uniform(-10, 4));
    value = static_cast<Scalar>(random.uniform() < 0.5 ? size : -size);
    if (random.below(20) == 0) value = 0;
    if (random.below(20) == 0) value = std::numeric_limits<Scalar>::denorm_min() * 100;
  }
  return x;
}

/// Runs the formula on the device and by the plain loop, on arrays with one element more than `n`.
template <class Op>
void expect_same(Device& device, const Op& op, std::array<const Scalar*, 4> in, Index n, Real absolute,
                 const Matrix& x) {
  Matrix fast(1, n + 1), plain(1, n + 1);
  fast.at(0, n) = plain.at(0, n) = untouched;
  map(device, op, {fast.data()}, in, n);
  map_loop<Op>({&op, {plain.data()}, in, n, nullptr}, nullptr);
  for (Index i = 0; i < n; ++i)
    ASSERT_TRUE(near(fast.at(0, i), plain.at(0, i),
                     absolute * epsilon * (1 + std::abs(x.at(0, i))) + std::numeric_limits<Scalar>::min(), 8 * epsilon))
        << Op::name() << " of " << x.at(0, i) << ", element " << i << " of " << n;
  ASSERT_EQ(fast.at(0, n), untouched) << Op::name() << " wrote beyond " << n << " elements";
}

TEST(ActivationKernels, EqualThePlainLoopForEveryTail) {
  const auto device = make_cpu_device();
  for (Index n = 1; n <= 70; ++n) {
    Matrix x = inputs(n, static_cast<std::uint32_t>(n)), y(1, n), dy(1, n, static_cast<std::uint32_t>(n) + 1000);
    for_each_activation([&]<class F>() {
      const F f;
      const Real absolute = F::name() == "gelu" ? 16 : 2;  // xsimd's erf of doubles is good to 5e-15
      expect_same(*device, ActivationForward<F>{f}, {x.data()}, n, absolute, x);
      for (std::size_t i = 0; i < x.values.size(); ++i) y.values[i] = f.value(x.values[i]);
      expect_same(*device, ActivationBackward<F>{f}, {x.data(), y.data(), dy.data()}, n, absolute, x);
    });
  }
}

TEST(ActivationKernels, TanhSaturatesExactly) {  // its derivative is then exactly zero, as the true one rounded
  const auto device = make_cpu_device();
  for (const double size : {20.0, 1e4, 1e30, std::numeric_limits<double>::infinity()}) {
    Matrix x(1, 2), y(1, 2);
    x.values = {static_cast<Scalar>(size), static_cast<Scalar>(-size)};
    map(*device, ActivationForward<Tanh>{}, {y.data()}, {x.data()}, 2);
    EXPECT_EQ(y.at(0, 0), 1) << size;
    EXPECT_EQ(y.at(0, 1), -1) << size;
  }
}

TEST(ActivationKernels, SigmoidIsRightFromEndToEnd) {
  const auto device = make_cpu_device();
  const Index n = 40000;
  Matrix x(1, n), y(1, n);
  for (Index i = 0; i < n; ++i)
    x.at(0, i) = static_cast<Scalar>((static_cast<double>(i) - 0.5 * n) * 0.0055);  // -110 to 110
  map(*device, ActivationForward<Sigmoid>{}, {y.data()}, {x.data()}, n);
  for (Index i = 0; i < n; ++i) {
    const Real exact = 1 / (1 + std::exp(-std::as_const(x).at(0, i)));
    ASSERT_TRUE(near(std::as_const(y).at(0, i), exact, std::numeric_limits<Scalar>::min(), 2 * epsilon))
        << "of " << x.at(0, i);
  }
  Matrix ends(1, 5), at_ends(1, 5);
  const Scalar infinity = std::numeric_limits<Scalar>::infinity();
  ends.values = {-infinity, infinity, Scalar(-1e30), Scalar(1e30), std::numeric_limits<Scalar>::quiet_NaN()};
  map(*device, ActivationForward<Sigmoid>{}, {at_ends.data()}, {ends.data()}, 5);
  for (Index i = 0; i < 4; ++i) EXPECT_EQ(at_ends.at(0, i), i % 2) << ends.at(0, i);
  EXPECT_TRUE(std::isnan(at_ends.at(0, 4)));
}

TEST(ActivationKernels, AreFoundByName) {
  const auto device = make_cpu_device();  // fills the table
  for_each_activation([]<class F>() {
    for (const auto& [name, bytes] : {std::pair(ActivationForward<F>::name(), sizeof(ActivationForward<F>)),
                                      std::pair(ActivationBackward<F>::name(), sizeof(ActivationBackward<F>))}) {
      const MapOp op{name, bytes, nullptr, {}};
      EXPECT_NE(find_kernel("cpu", op), nullptr) << name;
      EXPECT_EQ(find_kernel("cuda", op), nullptr) << name;
    }
  });
}

TEST(ActivationKernels, GiveAnElementTheSameBitsWhereverItLies) {
  // At each place of a register, in a full one and in a tail: what a sample's outputs are must not depend on its batch.
  const auto device = make_cpu_device();
  for_each_activation([&]<class F>() {
    for (const Scalar number : {Scalar(0.7), Scalar(-1.3), Scalar(5)}) {
      Matrix x(1, 70), y(1, 70), one(1, 1), y_one(1, 1);
      std::ranges::fill(x.values, number);
      one.at(0, 0) = number;
      map(*device, ActivationForward<F>{}, {y.data()}, {x.data()}, 70);
      map(*device, ActivationForward<F>{}, {y_one.data()}, {one.data()}, 1);
      for (const Scalar value : y.values) EXPECT_EQ(value, y_one.at(0, 0)) << F::name();
    }
  });
}

TEST(ActivationKernels, TakeTheNumbersOfTheFormula) {
  const auto device = make_cpu_device();
  for (const Scalar slope : {Scalar(0.25), Scalar(-3)}) {
    Matrix x(1, 21), y(1, 21);
    std::ranges::fill(x.values, Scalar(-2));
    map(*device, ActivationForward<LeakyReLU>{{slope}}, {y.data()}, {x.data()}, 21);
    for (const Scalar value : y.values) EXPECT_EQ(value, -2 * slope);
  }
}

}  // namespace
}  // namespace tinymlp
