// Whole trainings on the CUDA device against the same on the CPU.
#include <cmath>

#include "device_under_test.h"
#include "tinymlp/evaluator.h"
#include "tinymlp/generators.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"
#include "tinymlp/optimizers.h"
#include "tinymlp/trainer.h"

namespace tinymlp {
namespace {

struct Case {
  std::string data, activation, loss;
  OptimizerOptions options;
  Index batch_size = 32;
  std::string optimizer = "sgd", schedule = "constant";
  double clip_norm = 0;
  std::string dropout = {};  // a layer behind the activation
  bool learns = true;
};

/// What one device makes of it.
struct Training {
  Training(Device& device, const Case& c, Index samples)
      : host(generate(c.data, {.samples = samples})),
        description(describe(c, host)),
        network(make_network(device, description, "auto", 3)),
        loss(make_loss(c.loss)),
        optimizer(make_optimizer(c.optimizer, c.options)),
        schedule(make_schedule(c.schedule)),
        data(device, host, target_coding(description, network.outputs())),
        trainer(network, *loss, *optimizer, data,
                {.batch_size = c.batch_size,
                 .seed = 5,
                 .threshold = description.threshold(),
                 .schedule = schedule.get(),
                 .warmup_epochs = c.schedule == "constant" ? 0 : 1,
                 .planned_epochs = 10,
                 .clip_norm = c.clip_norm}) {}

  static ModelDescription describe(const Case& c, const DataSet& data) {
    ModelDescription description;
    description.inputs = data.features();
    const std::string outputs = c.loss == "cross-entropy" ? "2" : "1";
    description.layers = {"Dense(2, 9)", c.activation};
    if (!c.dropout.empty()) description.layers.push_back(c.dropout);
    description.layers.push_back("Dense(9, " + outputs + ")");
    if (c.loss == "hinge") description.low = -1;
    description.task = data.task;
    description.loss = c.loss;
    return description;
  }

  DataSet host;
  ModelDescription description;
  Network network;
  std::unique_ptr<Loss> loss;
  std::unique_ptr<Optimizer> optimizer;
  std::unique_ptr<Schedule> schedule;
  DeviceDataSet data;
  Trainer trainer;
};

void expect_same_training(Device& cuda, const Case& c, int epochs, Index samples) {
  SCOPED_TRACE(c.data + ", " + c.activation + ", " + c.loss + ", " + c.optimizer + ", " + c.schedule);
  const auto cpu = make_cpu_device();
  Training on_cpu(*cpu, c, samples), on_cuda(cuda, c, samples);
  const auto cpu_initial = on_cpu.network.parameter_tensors(), cuda_initial = on_cuda.network.parameter_tensors();
  for (std::size_t i = 0; i < cpu_initial.size(); ++i) EXPECT_EQ(cpu_initial[i].values, cuda_initial[i].values);
  double first = 0, last = 0;
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    const EpochResult expected = on_cpu.trainer.epoch(), got = on_cuda.trainer.epoch();
    ASSERT_TRUE(std::abs(got.loss - expected.loss) <= 1e-4)
        << "epoch " << epoch << ": " << got.loss << " instead of " << expected.loss;
    ASSERT_TRUE(std::abs(got.accuracy.value() - expected.accuracy.value()) <= 1.5 / static_cast<double>(samples));
    if (epoch == 1) first = got.loss;
    last = got.loss;
  }
  if (c.learns) {
    EXPECT_LT(last, first) << "nothing was learnt";
  }
  Evaluator cpu_judge(on_cpu.network, *on_cpu.loss, on_cpu.data, 0.0);
  Evaluator cuda_judge(on_cuda.network, *on_cuda.loss, on_cuda.data, 0.0);
  EXPECT_NEAR(cuda_judge.evaluate().loss, cpu_judge.evaluate().loss, 1e-4);
}

class CudaTraining : public OnCuda {};

TEST_P(CudaTraining, OfXorAndSpiralAgreesWithTheCpu) {
  expect_same_training(*device, {"xor", "tanh", "bce", {.learning_rate = 0.5}}, 20, 250);
  expect_same_training(*device, {"spiral", "relu", "cross-entropy", {.learning_rate = 0.1, .momentum = 0.9}}, 20, 250);
}

TEST_P(CudaTraining, AgreesWithTheCpuForEveryActivationAndLoss) {
  for (const std::string& activation : activation_names())
    for (const std::string& loss : loss_names())
      expect_same_training(*device,
                           {.data = "xor",
                            .activation = activation,
                            .loss = loss,
                            .options = {.learning_rate = 0.01},
                            .batch_size = 16,
                            .learns = activation != "hardshrink"},  // whose jumps are not in its gradients
                           3, 50);
}

TEST_P(CudaTraining, AgreesWithTheCpuForEveryOptimizer) {
  for (const OptimizerOptions& options : {OptimizerOptions{.learning_rate = 0.1, .weight_decay = 0.01},
                                          {.learning_rate = 0.1, .weight_decay = 0.01, .decay_biases = true},
                                          {.learning_rate = 0.1, .l1 = 0.001},
                                          {.learning_rate = 0.05, .momentum = 0.9, .weight_decay = 0.01},
                                          {.learning_rate = 0.05, .momentum = 0.9, .nesterov = true}})
    expect_same_training(*device, {"xor", "tanh", "mse", options, 7}, 5, 50);
  for (const std::string name : {"adam", "adamw", "rmsprop", "adagrad"}) {
    expect_same_training(*device, {"xor", "tanh", "mse", {.learning_rate = 0.01, .weight_decay = 0.01}, 7, name}, 5,
                         50);
    expect_same_training(*device, {"xor", "tanh", "bce", {.learning_rate = 0.01, .l1 = 0.001}, 16, name}, 5, 50);
  }
  expect_same_training(*device, {"xor", "tanh", "mse", {.learning_rate = 0.01, .momentum = 0.5}, 7, "rmsprop"}, 5, 50);
}

TEST_P(CudaTraining, AgreesWithTheCpuForEverySchedule) {
  for (const std::string schedule : {"step(2,0.5)", "exponential(0.9)", "cosine", "plateau(0,0.5)"})
    expect_same_training(*device, {"xor", "tanh", "bce", {.learning_rate = 0.2}, 16, "sgd", schedule}, 10, 50);
}

TEST_P(CudaTraining, AgreesWithTheCpuWithClippedGradients) {
  expect_same_training(*device, {"xor", "tanh", "bce", {.learning_rate = 0.5}, 7, "sgd", "constant", 0.05}, 5, 50);
  expect_same_training(*device, {"xor", "tanh", "mse", {.learning_rate = 0.01}, 7, "adam", "constant", 0.05}, 5, 50);
}

TEST_P(CudaTraining, AgreesWithTheCpuWithDropout) {
  for (const std::string dropout : {"dropout(0)", "dropout(0.25)", "dropout(0.5)"})
    expect_same_training(*device, {"moons", "tanh", "bce", {.learning_rate = 0.5}, 16, "sgd", "constant", 0, dropout},
                         8, 50);
}

TEST_P(CudaTraining, SaysWhereItDiverged) {
  Training training(*device, {"xor", "relu", "mse", {.learning_rate = 1e4}}, 64);
  try {
    training.trainer.fit(1000);
    FAIL() << "should have diverged";
  } catch (const DivergedError& error) {
    EXPECT_GE(error.step, 1);
    EXPECT_FALSE(error.layer.empty());
  }
}

TINYMLP_ON_CUDA(CudaTraining);

}  // namespace
}  // namespace tinymlp
