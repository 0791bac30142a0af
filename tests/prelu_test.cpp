// Tests of tinymlp/prelu.h: the learned slope, its gradient, and what optimizers and threads make of it.
#include "tinymlp/prelu.h"

#include <gtest/gtest.h>

#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/losses.h"
#include "tinymlp/pass.h"
#include "tinymlp/sgd.h"
#include "tinymlp/trainer.h"

namespace tinymlp {
namespace {

/// A network of this one layer, and one pass through it and back.
struct One {
  One(Device& device, const Matrix& x, const Matrix& dy, Scalar slope)
      : network(device, x.cols, 0, PReLU(slope)), pass(network, x.rows), dx(x.rows, x.cols) {
    const ConstMatrixView out = pass.forward(x);
    y.assign(out.data, out.data + out.size());
    std::ranges::copy(dy.values, pass.output_gradient().data);
    pass.backward(dx.view());
  }
  double slope_gradient() const { return network.gradient_tensors().at(0).values.at(0); }

  Network network;
  Pass pass;
  Matrix dx;
  std::vector<Scalar> y;
};

TEST(PReLU, HasOneWeightOfShape1) {
  const auto device = make_cpu_device();
  const Network network(*device, 3, 0, Dense(3, 5), PReLU(), Dense(5, 2), PReLU(Scalar(0.1)));
  const std::vector<Tensor> tensors = network.parameter_tensors();
  ASSERT_EQ(tensors.size(), 6U);
  EXPECT_EQ(tensors[2].name, "1.weight");
  EXPECT_EQ(tensors[2].shape, std::vector<Index>{1});
  EXPECT_EQ(tensors[2].values, std::vector<double>{0.25});
  EXPECT_EQ(tensors[5].name, "3.weight");
  EXPECT_EQ(tensors[5].values, std::vector<double>{static_cast<double>(Scalar(0.1))});
  EXPECT_EQ(network.counts().all, 15 + 5 + 1 + 10 + 2 + 1);
  EXPECT_EQ(network.counts().weights, 15 + 1 + 10 + 1);  // weight decay applies to the slopes, as PyTorch's does
  EXPECT_EQ(network.describe(), "Dense(3, 5), prelu(0.25), Dense(5, 2), prelu(0.1)");
}

TEST(PReLU, MultipliesWhatIsNotPositiveByItsSlope) {
  const auto device = make_cpu_device();
  Matrix x(1, 5), dy(1, 5);
  x.values = {-4, Scalar(-0.0), 0, 2, -1};
  dy.values = {1, 10, 100, 1000, -3};
  const One one(*device, x, dy, Scalar(0.5));
  EXPECT_EQ(one.y, (std::vector<Scalar>{-2, 0, 0, 2, Scalar(-0.5)}));
  EXPECT_EQ(one.dx.values, (std::vector<Scalar>{0.5, 5, 50, 1000, -1.5}));
  EXPECT_EQ(one.slope_gradient(), -4 * 1 + 3);
}

TEST(PReLU, SumsTheSlopesGradientOverTheWholeBatch) {
  const auto device = make_cpu_device();
  for (const auto& [rows, cols] : {std::pair<Index, Index>{1, 1}, {7, 5}, {31, 3}, {129, 131}}) {
    const Matrix x(rows, cols, 1), dy(rows, cols, 2);
    const One one(*device, x, dy, Scalar(-0.3));
    Real expected = 0, size = 0;
    for (Index i = 0; i < rows; ++i)
      for (Index j = 0; j < cols; ++j)
        if (x.at(i, j) <= 0) {
          expected += dy.at(i, j) * x.at(i, j);
          size += std::abs(dy.at(i, j) * x.at(i, j));
        }
    EXPECT_TRUE(near(one.slope_gradient(), expected, epsilon * size, 4 * epsilon)) << rows << " x " << cols;
  }
}

TEST(PReLU, GivesTheSameSlopeGradientWithoutAnInputGradient) {
  const auto device = make_cpu_device();
  const Matrix x(129, 131, 1), dy(129, 131, 2);
  One one(*device, x, dy, Scalar(0.25));
  const double with_dx = one.slope_gradient();
  one.network.gradients()[0] = 12345;  // is overwritten
  one.pass.backward({});
  EXPECT_EQ(one.slope_gradient(), with_dx);
}

TEST(PReLU, GivesTheSameBitsWithAnyNumberOfThreads) {
  const Matrix x(129, 131, 1), dy(129, 131, 2);
  const auto one_thread = make_cpu_device(1), three = make_cpu_device(3);
  const One a(*one_thread, x, dy, Scalar(0.25)), b(*three, x, dy, Scalar(0.25));
  EXPECT_EQ(a.slope_gradient(), b.slope_gradient());
  EXPECT_EQ(a.dx.values, b.dx.values);
}

TEST(PReLU, NaNStaysNaN) {
  const auto device = make_cpu_device();
  Matrix x(1, 37, 1);
  const Matrix dy(1, 37, 2);
  x.at(0, 20) = std::numeric_limits<Scalar>::quiet_NaN();
  const One one(*device, x, dy, Scalar(0.25));
  EXPECT_TRUE(std::isnan(one.y[20]));
  EXPECT_TRUE(std::isnan(one.slope_gradient()));
}

TEST(PReLU, LearnsItsSlope) {  // of y = x for x > 0, else -x, which needs the slope -1
  const auto device = make_cpu_device();
  DataSet host;
  host.name = "absolute value";
  host.task = Task::regression;
  host.feature_names = {"x"};
  for (int i = -20; i <= 20; ++i) {
    host.inputs.push_back(i / 10.0);
    host.targets.push_back(std::abs(i) / 10.0);
  }
  const DeviceDataSet data(*device, host, {});
  Network network(*device, 1, 0, PReLU());
  const MeanSquaredError loss;
  Sgd optimizer({.learning_rate = 0.3});
  Trainer trainer(network, loss, optimizer, data, {.batch_size = 7});
  trainer.fit(50);
  EXPECT_NEAR(network.parameter_tensors()[0].values[0], -1, 1e-5);
}

TEST(PReLU, DecaysWithTheWeights) {
  const auto device = make_cpu_device();
  DataSet host;
  host.task = Task::regression;
  host.feature_names = {"x"};
  host.inputs = {1, 2};  // the slope has no gradient of its own
  host.targets = {1, 2};
  const DeviceDataSet data(*device, host, {});
  Network network(*device, 1, 0, PReLU());
  const MeanSquaredError loss;
  Sgd optimizer({.learning_rate = 0.5, .weight_decay = 0.5});
  Trainer trainer(network, loss, optimizer, data, {.batch_size = 2});
  trainer.fit(1);
  EXPECT_EQ(network.parameter_tensors()[0].values[0], 0.25 * (1 - 0.5 * 0.5));
}

}  // namespace
}  // namespace tinymlp
