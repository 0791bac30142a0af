// Tests of tinymlp/layer_health.h: numbers that can be computed by hand, and each kind of trouble made on purpose.
#include "tinymlp/layer_health.h"

#include <gtest/gtest.h>

#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/losses.h"
#include "tinymlp/pass.h"

namespace tinymlp {
namespace {

/// Three rows of two features, targets 1, 2, 3.
DataSet three_rows() {
  DataSet data;
  data.feature_names = {"a", "b"};
  data.inputs = {1, -1, 2, 0, -3, 1};
  data.targets = {1, 2, 3};
  return data;
}

class LayerHealthTest : public testing::Test {
 protected:
  template <class... L>
  std::vector<LayerHealth> check(std::vector<Tensor> parameters, L... layers) {
    Network network(*device, 2, 1, std::move(layers)...);
    network.set_parameters(parameters);
    const DeviceDataSet on_device(*device, data, {});
    return check_health(network, MeanSquaredError(), on_device);
  }
  std::unique_ptr<Device> device = make_cpu_device();
  DataSet data = three_rows();
};

TEST_F(LayerHealthTest, MeasuresWhatEachLayerGivesAndItsGradient) {
  // y = (x0 + 2 x1, x0 - 1): (-1, 0), (2, 1), (-1, -4); relu: (0, 0), (2, 1), (0, 0); sum / 2: 0, 1.5, 0
  const auto layers = check({{"", {2, 2}, {1, 2, 1, 0}}, {"", {2}, {0, -1}}, {"", {1, 2}, {0.5, 0.5}}, {"", {1}, {0}}},
                            Dense(2, 2), Activation<ReLU>(), Dense(2, 1));
  ASSERT_EQ(layers.size(), 3u);
  EXPECT_EQ(layers[0].layer, "Dense(2, 2)");
  EXPECT_EQ(layers[0].units, 2);
  EXPECT_TRUE(near(layers[0].mean, -0.5, 1e-6, 0));
  EXPECT_TRUE(near(layers[0].deviation, std::sqrt((2 + 14.0 / 3) / 2), 1e-6, 0));
  EXPECT_FALSE(layers[0].dead.has_value());
  EXPECT_TRUE(layers[0].is_linear);
  EXPECT_FALSE(layers[1].is_linear);
  EXPECT_EQ(layers[1].dead, 0.0);
  EXPECT_FALSE(layers[1].saturated.has_value());
  EXPECT_FALSE(layers[1].gradient_norm.has_value());
  // dLoss/dy = 2/3 (0 - 1, 1.5 - 2, 0 - 3); only row 1 passes the relu, with x = (2, 0), h = (2, 1)
  const double d = 2.0 / 3 * -0.5;
  EXPECT_TRUE(near(*layers[2].gradient_norm, std::abs(d) * std::sqrt(5.0), 1e-6, 0));
  EXPECT_TRUE(near(*layers[0].gradient_norm, std::abs(d * 0.5) * std::sqrt(8.0), 1e-6, 0));
  EXPECT_TRUE(near(*layers[0].weight_norm, std::sqrt(6.0), 1e-6, 0));
  EXPECT_EQ(layers[0].weights, 4);
}

TEST_F(LayerHealthTest, FindsDeadUnits) {
  const auto layers = check({{"", {2, 2}, {1, 0, 0, 0}}, {"", {2}, {0, -1}}, {"", {1, 2}, {1, 1}}, {"", {1}, {0}}},
                            Dense(2, 2), Activation<ReLU>(), Dense(2, 1));
  EXPECT_EQ(layers[1].dead, 0.5);
}

TEST_F(LayerHealthTest, FindsSaturation) {
  const auto saturated = [&](double scale) {
    return *check({{"", {1, 2}, {scale, 0}}, {"", {1}, {0}}, {"", {1, 1}, {1}}, {"", {1}, {0}}}, Dense(2, 1),
                  Activation<Tanh>(), Dense(1, 1))[1]
                .saturated;
  };
  EXPECT_EQ(saturated(0.1), 0);
  EXPECT_EQ(saturated(10), 1);
  EXPECT_TRUE(near(saturated(1), 1.0 / 3, 1e-12, 0));  // tanh'(-3) = .0099, tanh'(2) = .071, tanh'(1) = .42
}

TEST_F(LayerHealthTest, FindsUnitsThatAreTheSame) {
  const auto equal = [&](std::vector<double> w) {
    return check({{"", {2, 2}, std::move(w)}, {"", {2}, {0, 0}}, {"", {1, 2}, {1, 1}}, {"", {1}, {0}}}, Dense(2, 2),
                 Activation<Tanh>(), Dense(2, 1))[0]
        .has_equal_units;
  };
  EXPECT_TRUE(equal({0.3, -0.7, 0.3, -0.7}));
  EXPECT_FALSE(equal({0.3, -0.7, -0.7, 0.3}));
  EXPECT_FALSE(equal({0.3, -0.7, 0.3, -0.6}));
}

TEST_F(LayerHealthTest, AStackOfLinearLayersIsLinear) {
  for (const LayerHealth& layer : check({{"", {1, 2}, {1, 1}}, {"", {1}, {0}}, {"", {1, 1}, {1}}, {"", {1}, {0}}},
                                        Dense(2, 1), Activation<Identity>(), Dense(1, 1)))
    EXPECT_TRUE(layer.is_linear) << layer.layer;
}

TEST_F(LayerHealthTest, LooksAtRowsSpreadOverALargeSetAndLeavesTheParameters) {
  data.inputs.clear();
  data.targets.clear();
  for (Index row = 0; row < 2 * most_health_rows; ++row) {  // every second row is looked at: they are 1, the others 9
    data.inputs.insert(data.inputs.end(), {row % 2 == 0 ? 1.0 : 9.0, 0.0});
    data.targets.push_back(0);
  }
  Network network(*device, 2, 1, Dense(2, 1));
  network.set_parameters({{"", {1, 2}, {1, 0}}, {"", {1}, {0}}});
  const DeviceDataSet on_device(*device, data, {});
  const auto before = network.parameter_tensors();
  const auto layers = check_health(network, MeanSquaredError(), on_device);
  EXPECT_EQ(layers[0].mean, 1);
  EXPECT_EQ(network.parameter_tensors()[0].values, before[0].values);
}

TEST_F(LayerHealthTest, RefusesDataThatDoNotFit) {
  Network network(*device, 3, 1, Dense(3, 1));
  const DeviceDataSet on_device(*device, data, {});
  expect_error<ShapeError>("3", [&] { check_health(network, MeanSquaredError(), on_device); });
}

}  // namespace
}  // namespace tinymlp
