// Whole trainings on the CUDA device against the same on the CPU.
#include <cmath>

#include "device_under_test.h"
#include "tinymlp/evaluator.h"
#include "tinymlp/generators.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"
#include "tinymlp/sgd.h"
#include "tinymlp/trainer.h"

namespace tinymlp {
namespace {

struct Case {
  std::string data, activation, loss;
  SgdOptions optimizer;
  Index batch_size = 32;
};

/// What one device makes of it.
struct Training {
  Training(Device& device, const Case& c, Index samples)
      : host(generate(c.data, {.samples = samples})),
        description(describe(c, host)),
        network(make_network(device, description, "auto", 3)),
        loss(make_loss(c.loss)),
        optimizer(c.optimizer),
        data(device, host, target_coding(description, network.outputs())),
        trainer(network, *loss, optimizer, data,
                {.batch_size = c.batch_size, .seed = 5, .threshold = description.threshold()}) {}

  static ModelDescription describe(const Case& c, const DataSet& data) {
    ModelDescription description;
    description.inputs = data.features();
    const std::string outputs = c.loss == "cross-entropy" ? "2" : "1";
    description.layers = {"Dense(2, 9)", c.activation, "Dense(9, " + outputs + ")"};
    description.task = data.task;
    description.loss = c.loss;
    return description;
  }

  DataSet host;
  ModelDescription description;
  Network network;
  std::unique_ptr<Loss> loss;
  Sgd optimizer;
  DeviceDataSet data;
  Trainer trainer;
};

void expect_same_training(Device& cuda, const Case& c, int epochs, Index samples) {
  SCOPED_TRACE(c.data + ", " + c.activation + ", " + c.loss);
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
  EXPECT_LT(last, first) << "nothing was learnt";
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
      expect_same_training(*device, {"xor", activation, loss, {.learning_rate = 0.01}, 16}, 3, 50);
}

TEST_P(CudaTraining, AgreesWithTheCpuForEveryOptimizer) {
  for (const SgdOptions& options : {SgdOptions{.learning_rate = 0.1, .weight_decay = 0.01},
                                    {.learning_rate = 0.1, .weight_decay = 0.01, .decay_biases = true},
                                    {.learning_rate = 0.05, .momentum = 0.9, .weight_decay = 0.01},
                                    {.learning_rate = 0.05, .momentum = 0.9, .nesterov = true, .weight_decay = 0.01}})
    expect_same_training(*device, {"xor", "tanh", "mse", options, 7}, 5, 50);
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
