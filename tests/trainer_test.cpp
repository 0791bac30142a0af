#include "tinymlp/trainer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/evaluator.h"
#include "tinymlp/losses.h"
#include "tinymlp/sgd.h"

namespace tinymlp {
namespace {

/// Two classes by the sign of x₁ x₂.
DataSet quadrants(Index rows) {
  DataSet data;
  data.task = Task::classification;
  data.feature_names = {"x1", "x2"};
  data.class_names = {"0", "1"};
  Random random(4, Purpose::check);
  for (Index i = 0; i < rows; ++i) {
    const double a = random.uniform(-1, 1), b = random.uniform(-1, 1);
    data.inputs.insert(data.inputs.end(), {a, b});
    data.targets.push_back(a * b > 0);
  }
  return data;
}

/// A network with everything that trains it.
struct Training {
  explicit Training(TrainerOptions options = {}, SgdOptions sgd = {.learning_rate = 0.5}, int threads = 1,
                    Index rows = 200)
      : device(make_cpu_device(threads)),
        host(quadrants(rows)),
        data(*device, host, {}),
        network(*device, 2, 1, Dense(2, 16), Activation<Tanh>(), Dense(16, 1)),
        optimizer(sgd),
        trainer(network, loss, optimizer, data, options) {}
  std::unique_ptr<Device> device;
  DataSet host;
  DeviceDataSet data;
  Network network;
  BinaryCrossEntropy loss;
  Sgd optimizer;
  Trainer trainer;
};

std::vector<double> parameters(const Network& network) {
  std::vector<double> all;
  for (const Tensor& tensor : network.parameter_tensors())
    all.insert(all.end(), tensor.values.begin(), tensor.values.end());
  return all;
}

TEST(Trainer, LearnsQuadrants) {
  Training t({.batch_size = 16, .threshold = 0.0});
  std::vector<EpochResult> results;
  t.trainer.fit(60, {.epoch_done =
                         [&](const EpochResult& result) {
                           results.push_back(result);
                           return true;
                         },
                     .progress = {}});
  ASSERT_EQ(results.size(), 60U);
  EXPECT_GT(results.front().loss, 0.5);
  EXPECT_LT(results.back().loss, 0.15);
  EXPECT_GT(results.back().accuracy.value(), 0.95);
  EXPECT_EQ(results.back().epoch, 60);
  EXPECT_FLOAT_EQ(static_cast<float>(results.back().learning_rate), 0.5F);
  EXPECT_GT(results.back().seconds, 0);
}

TEST(Trainer, MeansAreOverSamplesAndFromBeforeEachStep) {
  // A learning rate of 0: each step sees the same network, so the epoch's means are the evaluator's, shorter last batch
  // included.
  Training t({.batch_size = 7, .threshold = 0.0}, {.learning_rate = 0});
  Evaluator evaluator(t.network, t.loss, t.data, 0.0);
  const Metrics expected = evaluator.evaluate();
  const EpochResult result = t.trainer.epoch();
  EXPECT_NEAR(result.loss, expected.loss, 1e-6);
  EXPECT_NEAR(result.accuracy.value(), expected.accuracy.value(), 1e-12);
}

TEST(Trainer, CountsNoAccuracyWithoutAThreshold) {
  Training t;
  EXPECT_FALSE(t.trainer.epoch().accuracy.has_value());
}

TEST(Trainer, AnEpochIsPlainGradientDescentOverTheBatches) {
  // 5 rows in batches of 2, unshuffled: three steps, the last of one row, done by hand with a Pass.
  Training t({.batch_size = 2, .shuffle = false}, {.learning_rate = 0.25}, 1, 5);
  const auto device = make_cpu_device();
  Network network(*device, 2, 1, Dense(2, 16), Activation<Tanh>(), Dense(16, 1));
  const DeviceDataSet data(*device, t.host, {});
  Pass pass(network, 2);
  Scalar value = 0;
  for (Index first = 0; first < 5; first += 2) {
    const Index count = std::min<Index>(2, 5 - first);
    const ConstMatrixView y = pass.forward(data.inputs(first, count).value());
    t.loss.evaluate(*device, y, data.targets().middle(first, count), &value, pass.output_gradient());
    pass.backward();
    for (Index i = 0; i < network.counts().all; ++i) network.parameters()[i] -= Scalar(0.25) * network.gradients()[i];
  }
  t.trainer.epoch();
  const auto got = parameters(t.network), expected = parameters(network);
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i], 1e-6);
}

TEST(Trainer, ShufflesAnewEachEpochAndTakesEveryRowOnce) {
  Training shuffled({.batch_size = 200}), in_order({.batch_size = 200, .shuffle = false});
  // One batch holds all rows: the order cannot matter, whatever it is, if each row is in it exactly once.
  for (int epoch = 0; epoch < 3; ++epoch)
    EXPECT_NEAR(shuffled.trainer.epoch().loss, in_order.trainer.epoch().loss, 1e-5);
  // With small batches it does.
  Training a({.batch_size = 8}), b({.batch_size = 8, .shuffle = false}), c({.batch_size = 8, .seed = 1});
  a.trainer.epoch();
  b.trainer.epoch();
  c.trainer.epoch();
  EXPECT_NE(parameters(a.network), parameters(b.network));
  EXPECT_NE(parameters(a.network), parameters(c.network));
}

TEST(Trainer, GivesTheSameBitsAgainAndOnAnyNumberOfThreads) {
  std::vector<std::vector<double>> results;
  for (const int threads : {1, 1, 2, 3}) {
    const auto device = make_cpu_device(threads);
    const DataSet host = quadrants(1000);
    const DeviceDataSet data(*device, host, {});
    Network network(*device, 2, 1, Dense(2, 150), Activation<GELU>(), Dense(150, 70), Activation<Tanh>(), Dense(70, 1));
    const BinaryCrossEntropy loss;
    Sgd optimizer({.learning_rate = 0.1, .momentum = 0.9, .nesterov = true, .weight_decay = 1e-3});
    Trainer trainer(network, loss, optimizer, data, {.batch_size = 250, .threshold = 0.0});
    trainer.fit(3);
    results.push_back(parameters(network));
  }
  for (const auto& result : results) EXPECT_EQ(result, results[0]);
}

/// The learning rate of each epoch's last step.
std::vector<float> rates(Trainer& trainer, Index epochs) {
  std::vector<float> all;
  trainer.fit(epochs, {.epoch_done =
                           [&](const EpochResult& result) {
                             all.push_back(static_cast<float>(result.learning_rate));
                             return true;
                           },
                       .progress = {}});
  return all;
}

TEST(Trainer, TakesEachStepsRateFromTheSchedule) {
  const auto step = make_schedule("step(2,0.5)"), cosine = make_schedule("cosine");
  Training stepped({.batch_size = 50, .schedule = step.get()});
  EXPECT_EQ(rates(stepped.trainer, 5), (std::vector<float>{.5F, .5F, .25F, .25F, .125F}));
  Training curved({.batch_size = 50, .schedule = cosine.get()});  // 4 steps an epoch, 8 in all
  const std::vector<float> got = rates(curved.trainer, 2);
  EXPECT_NEAR(got[0], 0.25 * (1 + std::cos(std::numbers::pi * 3 / 8)), 1e-7);
  EXPECT_NEAR(got[1], 0.25 * (1 + std::cos(std::numbers::pi * 7 / 8)), 1e-7);
}

TEST(Trainer, WarmsUpStepByStep) {
  // One row a batch and one step: the parameters move by the rate times the same first gradient.
  const auto moved = [](Index warmup_epochs) {
    Training t({.batch_size = 200, .shuffle = false, .warmup_epochs = warmup_epochs});
    const auto before = parameters(t.network);
    t.trainer.epoch();
    return parameters(t.network)[3] - before[3];
  };
  EXPECT_NEAR(moved(4), moved(0) / 4, 1e-6);
  Training t({.batch_size = 50, .warmup_epochs = 2});
  EXPECT_EQ(rates(t.trainer, 3), (std::vector<float>{.25F, .5F, .5F}));
}

TEST(Trainer, TellsTheScheduleTheLossThatCounts) {
  const auto schedule = make_schedule("plateau(0,0.5)");
  std::vector<double> seen;
  Training t({.schedule = schedule.get(), .judged_loss = [&](const EpochResult& result) {
                seen.push_back(result.loss);
                return 1.0;
              }});
  EXPECT_EQ(rates(t.trainer, 3), (std::vector<float>{.5F, .5F, .25F}));
  EXPECT_EQ(seen.size(), 3U);
  EXPECT_EQ(schedule->state().best_loss, 1);
  const auto own = make_schedule("plateau(0,0.5)");
  Training alone({.schedule = own.get()});
  const double loss = alone.trainer.epoch().loss;
  EXPECT_EQ(own->state().best_loss, loss);
}

TEST(Trainer, PlansAsManyEpochsAsItIsToldOrFitIsGiven) {
  const auto cosine = make_schedule("cosine");
  Training planned({.batch_size = 200, .schedule = cosine.get(), .planned_epochs = 4});
  EXPECT_NEAR(rates(planned.trainer, 2)[1], 0.25 * (1 + std::cos(std::numbers::pi / 4)), 1e-7);
  Training unknown({.schedule = cosine.get()});
  EXPECT_THROW(unknown.trainer.epoch(), InputError);
  EXPECT_THROW(Training({.warmup_epochs = -1}), InputError);
  EXPECT_THROW(Training({.planned_epochs = -1}), InputError);
}

TEST(Trainer, StopsWhenACallbackSaysSo) {
  Training t;
  Index last = 0;
  t.trainer.fit(100, {.epoch_done = [&](const EpochResult& r) { return (last = r.epoch) < 4; }, .progress = {}});
  EXPECT_EQ(last, 4);
}

TEST(Trainer, ReportsProgressWithinAnEpoch) {
  Training t({.batch_size = 60});
  Index last = 0, calls = 0;
  t.trainer.fit(2, {.epoch_done = {}, .progress = [&](Index epoch, Index steps) {
                      ++calls;
                      last = epoch * 10 + steps;
                    }});
  EXPECT_EQ(last, 24);  // the second epoch's fourth step
  EXPECT_GE(calls, 2);
}

TEST(Trainer, ABatchLargerThanTheDataIsAllOfThem) {
  Training all({.batch_size = 1000, .shuffle = false}), exact({.batch_size = 200, .shuffle = false});
  EXPECT_EQ(all.trainer.steps_per_epoch(), 1);
  EXPECT_EQ(all.trainer.epoch().loss, exact.trainer.epoch().loss);
}

TEST(Trainer, RefusesAnEmptyBatch) { EXPECT_THROW(Training({.batch_size = 0}), InputError); }

TEST(Trainer, RefusesDataThatDoNotFit) {
  const auto device = make_cpu_device();
  const DataSet host = quadrants(10);
  const DeviceDataSet data(*device, host, {});
  const BinaryCrossEntropy loss;
  Sgd optimizer({});
  Network narrow(*device, 3, 1, Dense(3, 1)), wide(*device, 2, 1, Dense(2, 2));
  EXPECT_THROW(Trainer(narrow, loss, optimizer, data, {}), ShapeError);
  EXPECT_THROW(Trainer(wide, loss, optimizer, data, {}), ShapeError);
}

/// Regression with a learning rate far too high: the numbers explode within a few epochs.
struct Exploding {
  explicit Exploding(double learning_rate, double momentum = 0)
      : device(make_cpu_device()),
        host(quadrants(64)),
        data(*device, host, {}),
        network(*device, 2, 1, Dense(2, 8), Activation<ReLU>(), Dense(8, 1)),
        optimizer({.learning_rate = learning_rate, .momentum = momentum}),
        trainer(network, loss, optimizer, data, {.batch_size = 16}) {}
  std::unique_ptr<Device> device;
  DataSet host;
  DeviceDataSet data;
  Network network;
  MeanSquaredError loss;
  Sgd optimizer;
  Trainer trainer;
};

TEST(Trainer, NamesWhereTrainingDivergedAndKeepsTheLastGoodParameters) {
  for (const double momentum : {0.0, 0.9}) {
    Exploding e(1e4, momentum);
    std::vector<double> good = parameters(e.network);
    try {
      for (int epoch = 0; epoch < 1000; ++epoch) {
        e.trainer.epoch();
        good = parameters(e.network);
      }
      FAIL() << "should have diverged";
    } catch (const DivergedError& error) {
      EXPECT_GE(error.epoch, 1);
      EXPECT_GE(error.step, 1);
      EXPECT_LE(error.step, 4);
      EXPECT_NE(std::string(error.what()).find("epoch " + std::to_string(error.epoch)), std::string::npos);
      EXPECT_FALSE(error.layer.empty());
    }
    EXPECT_EQ(parameters(e.network), good);
    for (const double p : good) EXPECT_TRUE(std::isfinite(p));
  }
}

TEST(Trainer, NamesTheLayerAndTheStepOfAnExplosion) {
  // Finite weights so large that the second layer's products overflow at the first step of the first epoch.
  Exploding e(0.1);
  std::vector<Tensor> tensors = e.network.parameter_tensors();
  const double huge = static_cast<double>(std::numeric_limits<Scalar>::max()) / 16;
  for (double& w : tensors[2].values) w = huge;
  for (double& b : tensors[1].values) b = 1e3;
  e.network.set_parameters(tensors);
  try {
    e.trainer.epoch();
    FAIL() << "should have diverged";
  } catch (const DivergedError& error) {
    EXPECT_EQ(error.epoch, 1);
    EXPECT_EQ(error.step, 1);
    EXPECT_EQ(error.layer, "layer 2, Dense(8, 1)");
  }
}

TEST(Trainer, NoticesWeightsThatExplodeInTheVeryLastStep) {
  // The loss before the only step is finite; the step itself overflows.
  const auto device = make_cpu_device();
  const DataSet host = quadrants(16);
  const DeviceDataSet data(*device, host, {});
  Network network(*device, 2, 1, Dense(2, 1));
  const MeanSquaredError loss;
  std::vector<Tensor> tensors = network.parameter_tensors();
  const double large = std::sqrt(static_cast<double>(std::numeric_limits<Scalar>::max())) / 100;
  tensors[1].values = {large};
  network.set_parameters(tensors);
  Sgd optimizer({.learning_rate = 1e29});
  Trainer trainer(network, loss, optimizer, data, {.batch_size = 16});
  const auto before = parameters(network);
  if (sizeof(Scalar) == sizeof(double)) GTEST_SKIP() << "no learning rate in range makes doubles overflow in one step";
  try {
    trainer.epoch();
    FAIL() << "should have diverged";
  } catch (const DivergedError& error) {
    EXPECT_EQ(error.layer, "the weights");
    EXPECT_EQ(error.step, 1);
  }
  EXPECT_EQ(parameters(network), before);
}

}  // namespace
}  // namespace tinymlp
