// Tests of tinymlp/dropout.h: what is left out, how often, and that forward and backward leave out the same.
#include "tinymlp/dropout.h"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/losses.h"
#include "tinymlp/pass.h"

namespace tinymlp {
namespace {

Dropout dropout(double p, std::uint64_t seed = 7, std::size_t place = 0) {
  Dropout layer(p);
  layer.join(seed, place);
  return layer;
}

Matrix forward(const Layer& layer, const Matrix& x, std::uint64_t step_number, int threads = 1) {
  const auto device = make_cpu_device(threads);
  const Step step{step_number, 0};
  Matrix y(x.rows, x.cols);
  layer.forward({*device, &step}, x, y.view());
  return y;
}

Matrix ones(Index rows, Index cols) {
  Matrix x(rows, cols);
  std::ranges::fill(x.values, Scalar(1));
  return x;
}

TEST(Dropout, LeavesOutTheElementsThatPhiloxNames) {
  // In layer 0, the n-th number of Random(seed, dropout, step) decides about element n.
  const double p = 0.3;
  const Matrix x(7, 5, 1), y = forward(dropout(p, 11), x, 42);
  Random random(11, Purpose::dropout, 42);
  Index kept = 0;
  for (std::size_t i = 0; i < x.values.size(); ++i) {
    const bool out = random.bits() < p * 0x1p32;
    EXPECT_EQ(y.values[i], out ? 0 : x.values[i] * static_cast<Scalar>(1 / (1 - p))) << i;
    kept += out ? 0 : 1;
  }
  EXPECT_GT(kept, 15);
  EXPECT_LT(kept, 34);
}

TEST(Dropout, EveryPlaceHasItsOwnStream) {
  // Element n has word n % 4 of Philox(purpose and the step's high half, its low half, n / 4, place; seed).
  const double p = 0.4;
  const std::uint64_t seed = (std::uint64_t{3} << 32) + 11, step = (std::uint64_t{2} << 32) + 42;
  const Matrix x(7, 5, 1);
  for (const std::uint32_t place : {0U, 2U, 5U, 70'000U}) {
    const Matrix y = forward(dropout(p, seed, place), x, step);
    for (std::size_t i = 0; i < x.values.size(); ++i) {
      const auto words = r123::Philox4x32{}(
          {{static_cast<std::uint32_t>(Purpose::dropout) + (2U << 8), 42, static_cast<std::uint32_t>(i / 4), place}},
          {{11, 3}});
      const bool out = words[i % 4] < p * 0x1p32;
      EXPECT_EQ(y.values[i], out ? 0 : x.values[i] * static_cast<Scalar>(1 / (1 - p))) << place << ": " << i;
    }
  }
}

TEST(Dropout, LeavesOutTheShareThatItIsTold) {
  const Index n = 1'000'000;
  for (const double p : {0.01, 0.1, 0.5, 0.75, 0.99}) {
    const Matrix y = forward(dropout(p), ones(1000, 1000), 3, 2);
    const auto out = static_cast<double>(std::ranges::count(y.values, Scalar(0)));
    EXPECT_LE(std::abs(out - p * n), 5 * std::sqrt(p * (1 - p) * n)) << p;
  }
}

TEST(Dropout, OfNothingOneHalfAndAllIsExact) {
  const Matrix x(9, 11, 1);
  EXPECT_EQ(forward(dropout(0), x, 1).values, x.values);
  for (const Scalar y : forward(dropout(1), x, 1).values) EXPECT_EQ(y, 0);
  const Matrix half = forward(dropout(0.5), x, 1);
  for (std::size_t i = 0; i < x.values.size(); ++i)
    EXPECT_TRUE(half.values[i] == 0 || half.values[i] == 2 * x.values[i]);
}

TEST(Dropout, DrawsAnewForEachStepLayerAndSeed) {
  const Matrix x = ones(40, 10);
  const std::vector<Scalar> first = forward(dropout(0.5), x, 1).values;
  EXPECT_EQ(first, forward(dropout(0.5), x, 1).values);
  EXPECT_NE(first, forward(dropout(0.5), x, 2).values);
  EXPECT_NE(first, forward(dropout(0.5), x, 1 + (std::uint64_t{1} << 32)).values);
  EXPECT_NE(first, forward(dropout(0.5, 7, 2), x, 1).values);
  EXPECT_NE(first, forward(dropout(0.5, 8), x, 1).values);
  EXPECT_NE(first, forward(dropout(0.5, 7 + (std::uint64_t{1} << 32)), x, 1).values);
}

TEST(Dropout, ABatchOfFewerRowsHasTheSameMask) {
  const std::vector<Scalar> all = forward(dropout(0.5), ones(5, 3), 1).values;
  const std::vector<Scalar> some = forward(dropout(0.5), ones(3, 3), 1).values;
  EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin()));
}

TEST(Dropout, IsTheSameOnAnyNumberOfThreads) {
  const Matrix x(301, 101, 1);  // several chunks, the last not full
  const std::vector<Scalar> one = forward(dropout(0.4), x, 5).values;
  for (const int threads : {2, 3}) EXPECT_EQ(forward(dropout(0.4), x, 5, threads).values, one);
}

TEST(Dropout, IsOffOutsideOfTraining) {
  const auto device = make_cpu_device();
  const Matrix x(7, 3, 1), dy(7, 3, 2);
  Matrix y(7, 3), dx(7, 3);
  const Dropout layer = dropout(0.9);
  layer.forward({*device}, x, y.view());
  EXPECT_EQ(y.values, x.values);
  layer.backward({*device}, x, y, dy, dx.view());
  EXPECT_EQ(dx.values, dy.values);
}

TEST(Dropout, BackwardLeavesOutTheSameElements) {
  const auto device = make_cpu_device();
  const Step step{9, 0};
  const Context context{*device, &step};
  Matrix x(7, 5, 1), y(7, 5), dx(7, 5);
  x.values[3] = 0;  // what y alone could not tell from an element that was left out
  const Matrix dy(7, 5, 2);
  const Dropout layer = dropout(0.5);
  layer.forward(context, x, y.view());
  layer.backward(context, x, y, dy, dx.view());
  const Matrix mask = forward(layer, ones(7, 5), 9);
  for (std::size_t i = 0; i < dx.values.size(); ++i) EXPECT_EQ(dx.values[i], dy.values[i] * mask.values[i]) << i;
  layer.backward(context, x, y, dy, {});  // nobody wants dx: nothing to do
}

TEST(Dropout, GradientsOfANetworkAreTheSlopesOfItsLoss) {
  // Central differences through two dropout layers, in the masks of one step.
  const auto device = make_cpu_device();
  Network network(*device, 3, 5, Dense(3, 6), Activation<Tanh>(), Dropout(0.4), Dense(6, 5), Activation<Tanh>(),
                  Dropout(0.25), Dense(5, 2));
  const MeanSquaredError loss;
  const Matrix x(7, 3, 1), t(7, 2, 2);
  const Step step{3, 0};
  Pass pass(network, 7);
  Scalar value = 0;
  const auto evaluate = [&] {
    const ConstMatrixView y = pass.forward(x, &step);
    loss.evaluate(*device, y, t, &value, pass.output_gradient());
    return static_cast<Real>(value);
  };
  evaluate();
  pass.backward();
  const std::vector<Scalar> gradients(network.gradients(), network.gradients() + network.counts().all);
  const Scalar h = sizeof(Scalar) == sizeof(float) ? Scalar(0.01) : Scalar(1e-5);
  for (std::size_t i = 0; i < gradients.size(); ++i) {
    Scalar& parameter = network.parameters()[i];
    const Scalar kept = parameter, above = kept + h, below = kept - h;
    parameter = above;
    const Real up = evaluate();
    parameter = below;
    const Real down = evaluate();
    parameter = kept;
    const Real slope = (up - down) / (static_cast<Real>(above) - static_cast<Real>(below));
    EXPECT_TRUE(near(gradients[i], slope, static_cast<Real>(h) * h + 8 * epsilon / static_cast<Real>(h), 0)) << i;
  }
}

TEST(Dropout, SaysWhatItIs) {
  EXPECT_EQ(Dropout(0.5).describe(), "dropout(0.5)");
  EXPECT_EQ(Dropout(0.1).describe(), "dropout(0.1)");
  EXPECT_EQ(Dropout(0.1).outputs(17), 17);
  EXPECT_TRUE(Dropout(0.1).parameters().empty());
}

TEST(Dropout, RefusesWhatIsNoProbability) {
  for (const double p : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()})
    expect_error<InputError>("dropout's probability is", [&] { const Dropout layer(p); });
}

}  // namespace
}  // namespace tinymlp
