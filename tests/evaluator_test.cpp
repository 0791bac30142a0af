// Tests of tinymlp/evaluator.h: evaluation in batches equals the computation over all rows at once.
#include "tinymlp/evaluator.h"

#include <gtest/gtest.h>

#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/losses.h"

namespace tinymlp {
namespace {

/// `rows` samples of `features` numbers, or bytes, in `classes` classes; regression if there are none.
DataSet samples(Index rows, Index features, Index classes, bool as_bytes) {
  DataSet data;
  Random random(1, Purpose::check);
  for (Index j = 0; j < features; ++j) data.feature_names.push_back("x" + std::to_string(j));
  for (Index k = 0; k < classes; ++k) data.class_names.push_back(std::to_string(k));
  if (classes > 0) data.task = Task::classification;
  for (Index i = 0; i < rows; ++i) {
    for (Index j = 0; j < features; ++j)
      if (as_bytes)
        data.bytes.push_back(static_cast<std::uint8_t>(random.below(256)));
      else
        data.inputs.push_back(random.normal());
    data.targets.push_back(classes > 0 ? random.below(static_cast<std::uint32_t>(classes)) : random.normal());
  }
  return data;
}

/// The network's outputs for one row, by plain sums: Dense, tanh, Dense.
std::vector<Real> outputs_of(const std::vector<Tensor>& tensors, const DataSet& data, Index row) {
  std::vector<Real> x;
  for (Index j = 0; j < data.features(); ++j) {
    const auto at = static_cast<std::size_t>(row * data.features() + j);
    x.push_back(data.bytes.empty() ? static_cast<Real>(static_cast<Scalar>(data.inputs[at])) : data.bytes[at] / 255.0L);
  }
  for (std::size_t layer = 0; layer < 2; ++layer) {
    const Tensor &w = tensors[2 * layer], &b = tensors[2 * layer + 1];
    std::vector<Real> y(b.values.begin(), b.values.end());
    for (std::size_t o = 0; o < y.size(); ++o) {
      for (std::size_t i = 0; i < x.size(); ++i) y[o] += w.values[o * x.size() + i] * x[i];
      if (layer == 0) y[o] = std::tanh(y[o]);
    }
    x = y;
  }
  return x;
}

struct Case {
  std::string loss;
  Index classes, outputs;
  bool as_bytes;
  std::optional<double> threshold;
};
const std::vector<Case> cases{{"mse", 0, 1, false, {}},
                              {"bce", 2, 1, false, 0.0},
                              {"mse", 2, 1, false, 0.5},
                              {"cross-entropy", 3, 3, false, 0.0},
                              {"cross-entropy", 10, 10, true, 0.0},
                              {"half-mse", 3, 3, true, 0.5}};

/// What the network is to give for a row: the number itself; or 1 for the right class, 0 for the others.
std::vector<Real> targets_of(const DataSet& data, Index row, Index outputs) {
  const double target = data.targets[static_cast<std::size_t>(row)];
  if (outputs == 1) return {static_cast<Scalar>(target)};
  std::vector<Real> t(static_cast<std::size_t>(outputs));
  t[static_cast<std::size_t>(target)] = 1;
  return t;
}

/// The loss of one row with outputs y and targets t.
Real loss_of(const std::string& loss, const std::vector<Real>& y, const std::vector<Real>& t) {
  const auto n = static_cast<Real>(y.size());
  Real sum = 0, exponentials = 0;
  for (const Real z : y) exponentials += std::exp(z);
  for (std::size_t j = 0; j < y.size(); ++j) {
    if (loss == "mse") sum += (y[j] - t[j]) * (y[j] - t[j]) / n;
    if (loss == "half-mse") sum += (y[j] - t[j]) * (y[j] - t[j]) / n / 2;
    if (loss == "bce") sum += (std::log1p(std::exp(y[j])) - t[j] * y[j]) / n;
    if (loss == "cross-entropy") sum -= t[j] * (y[j] - std::log(exponentials));
  }
  return sum;
}

TEST(Evaluator, EqualsTheDirectComputation) {
  for (const int threads : {1, 2})
    for (const int rows : {1, 511, 512, 513, 1025})
      for (const Case& c : cases) {
        const auto device = make_cpu_device(threads);
        const DataSet host = samples(rows, 5, c.classes, c.as_bytes);
        const DeviceDataSet data(*device, host, {.outputs = c.outputs});
        const Network network(*device, 5, 2, Dense(5, 9, make_initializer("pytorch")), Activation<Tanh>(),
                              Dense(9, c.outputs, make_initializer("pytorch")));
        const std::vector<Tensor> tensors = network.parameter_tensors();
        const auto loss = make_loss(c.loss);
        Evaluator evaluator(network, *loss, data, c.threshold);
        const Metrics metrics = evaluator.evaluate();
        const std::vector<Scalar> predictions = evaluator.predict();
        ASSERT_EQ(static_cast<Index>(predictions.size()), rows * c.outputs);

        Real expected_loss = 0;
        int correct = 0;
        for (Index i = 0; i < rows; ++i) {
          const std::vector<Real> y = outputs_of(tensors, host, i), t = targets_of(host, i, c.outputs);
          expected_loss += loss_of(c.loss, y, t);
          if (c.outputs == 1)
            correct += c.threshold && (y[0] > *c.threshold) == (t[0] == 1);
          else
            correct += std::ranges::max_element(y) - y.begin() == std::ranges::max_element(t) - t.begin();
          for (std::size_t j = 0; j < y.size(); ++j)
            ASSERT_TRUE(near(predictions[static_cast<std::size_t>(i * c.outputs) + j], y[j], 16 * epsilon, 0))
                << c.loss << ", row " << i << " of " << rows;
        }
        EXPECT_TRUE(near(metrics.loss, expected_loss / static_cast<Real>(rows), 16 * epsilon, 32 * epsilon))
            << c.loss << ", " << rows << " rows";
        ASSERT_EQ(metrics.accuracy.has_value(), c.threshold.has_value());
        if (c.threshold) {
          EXPECT_EQ(*metrics.accuracy, static_cast<double>(correct) / rows) << c.loss;
        }
      }
}

TEST(Evaluator, SeesParametersThatChange) {
  const auto device = make_cpu_device();
  const DataSet host = samples(20, 2, 0, false);
  const DeviceDataSet data(*device, host, {});
  Network network(*device, 2, 1, Dense(2, 1));
  const MeanSquaredError loss;
  Evaluator evaluator(network, loss, data, {});
  const double before = evaluator.evaluate().loss;
  EXPECT_EQ(evaluator.evaluate().loss, before);
  for (Index i = 0; i < 3; ++i) network.parameters()[i] += 1;
  EXPECT_NE(evaluator.evaluate().loss, before);
}

TEST(Evaluator, LeavesTheGradientsOfTrainingAlone) {
  const auto device = make_cpu_device();
  const DataSet host = samples(20, 2, 0, false);
  const DeviceDataSet data(*device, host, {});
  Network network(*device, 2, 1, Dense(2, 1));
  for (Index i = 0; i < 3; ++i) network.gradients()[i] = 7;
  const MeanSquaredError loss;
  Evaluator evaluator(network, loss, data, {});
  evaluator.evaluate();
  evaluator.predict();
  for (Index i = 0; i < 3; ++i) EXPECT_EQ(network.gradients()[i], 7);
}

TEST(Evaluator, OneSampleMoreOrLessDoesNotChangeTheOthers) {
  const auto device = make_cpu_device();
  const Network network(*device, 5, 2, Dense(5, 9), Activation<GELU>(), Dense(9, 3));
  const MeanSquaredError loss;
  const DataSet many = samples(513, 5, 3, false), fewer = samples(512, 5, 3, false);
  const DeviceDataSet a(*device, many, {.outputs = 3}), b(*device, fewer, {.outputs = 3});
  const std::vector<Scalar> all = Evaluator(network, loss, a, {}).predict();
  const std::vector<Scalar> first = Evaluator(network, loss, b, {}).predict();
  ASSERT_EQ(all.size(), first.size() + 3);
  EXPECT_TRUE(std::equal(first.begin(), first.end(), all.begin()));
}

TEST(Evaluator, ANaNIsSeen) {
  const auto device = make_cpu_device();
  DataSet host = samples(600, 2, 2, false);
  const DeviceDataSet whole(*device, host, {});
  host.inputs[1111] = std::numeric_limits<double>::quiet_NaN();
  const DeviceDataSet broken(*device, host, {});
  const Network network(*device, 2, 1, Dense(2, 1));
  const BinaryCrossEntropy loss;
  EXPECT_TRUE(std::isfinite(Evaluator(network, loss, whole, 0.0).evaluate().loss));
  const Metrics metrics = Evaluator(network, loss, broken, 0.0).evaluate();
  EXPECT_TRUE(std::isnan(metrics.loss));
  EXPECT_LT(*metrics.accuracy, 1);
}

TEST(Evaluator, RefusesDataThatDoNotFit) {
  const auto device = make_cpu_device();
  const DataSet host = samples(20, 2, 0, false);
  const DeviceDataSet data(*device, host, {});
  const Network narrow(*device, 3, 1, Dense(3, 1)), wide(*device, 2, 1, Dense(2, 2));
  const MeanSquaredError loss;
  expect_error<ShapeError>("2 features, but the network takes 3", [&] { Evaluator(narrow, loss, data, {}); });
  expect_error<ShapeError>("targets of 1 numbers, but the network gives 2", [&] { Evaluator(wide, loss, data, {}); });
}

}  // namespace
}  // namespace tinymlp
