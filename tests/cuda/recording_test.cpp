// What the host asks of CUDA, counted: after the first step nothing is allocated, copied or waited for, and from the
// second epoch on the steps are graphs.
#include <gtest/gtest.h>

#include "device_under_test.h"
#include "fake_cuda.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/dropout.h"
#include "tinymlp/losses.h"
#include "tinymlp/optimizers.h"
#include "tinymlp/trainer.h"

namespace tinymlp {
namespace {

using fake_cuda::Counts;
using fake_cuda::counts;

DataSet random_data(Index rows, Index features, Index classes, bool bytes) {
  DataSet data;
  data.task = Task::classification;
  data.feature_names.resize(static_cast<std::size_t>(features));
  data.class_names.resize(static_cast<std::size_t>(classes));
  Random random(1, Purpose::check);
  for (Index i = 0; i < rows * features; ++i)
    if (bytes)
      data.bytes.push_back(static_cast<std::uint8_t>(random.bits()));
    else
      data.inputs.push_back(random.uniform(-1, 1));
  for (Index i = 0; i < rows; ++i) data.targets.push_back(static_cast<double>(i % classes));
  return data;
}

struct Counted {
  Counts since;
  long allocations() const { return counts().allocations - since.allocations + counts().releases - since.releases; }
  long copies() const { return counts().uploads - since.uploads + counts().downloads - since.downloads; }
  long waits() const { return counts().waits - since.waits; }
  long queued() const { return counts().queued - since.queued; }
  long graphs_made() const { return counts().graphs_made - since.graphs_made; }
  long graph_nodes() const { return counts().graph_nodes - since.graph_nodes; }
  long graphs_queued() const { return counts().graphs_queued - since.graphs_queued; }
};
Counted counted() { return {counts()}; }

/// Two Dense layers on the emulated device.
struct Training {
  Training(const Loss& loss, SgdOptions options, Index rows, Index batch_size, Index features, Index classes,
           bool shuffle = true)
      : device(make_tested_device("forward")),
        host(random_data(rows, features, classes, features > 100)),
        outputs(classes == 2 ? 1 : classes),
        data(*device, host, {.outputs = outputs}),
        network(*device, features, 1, Dense(features, 16), Activation<Tanh>(), Dense(16, outputs)),
        optimizer(options),
        trainer(network, loss, optimizer, data, {.batch_size = batch_size, .shuffle = shuffle, .threshold = 0.0}) {}
  std::unique_ptr<Device> device;
  DataSet host;
  Index outputs;
  DeviceDataSet data;
  Network network;
  Sgd optimizer;
  Trainer trainer;
};

/// Gathering, two products with their biases, the activation, the loss, counting what is right; backward two products
/// by the weights' gradients, one by the inputs', two sums of rows, the activation; the optimizer.
constexpr long nodes_a_step = 13, most_nodes_a_step = 14;

const BinaryCrossEntropy bce;
const SoftmaxCrossEntropy cross_entropy;

TEST(CudaSteps, AllocateCopyAndWaitForNothing) {
  Training t(bce, {.momentum = 0.9}, 100, 32, 2, 2);
  t.trainer.epoch();
  const Counted in_steps = counted();
  for (Index k = 0; k < 100; ++k) t.trainer.step(k % t.trainer.steps_per_epoch());
  EXPECT_EQ(in_steps.allocations(), 0);
  EXPECT_EQ(in_steps.copies(), 0);
  EXPECT_EQ(in_steps.waits(), 0);
  EXPECT_EQ(in_steps.queued(), 100 * nodes_a_step);
}

TEST(CudaSteps, DoNotEvenInTheFirstEpochAfterTheFirstOne) {
  Training few(bce, {}, 64, 32, 2, 2), many(bce, {}, 640, 32, 2, 2);
  const Counted in_few = counted();
  few.trainer.epoch();
  const long copies = in_few.copies(), waits = in_few.waits();
  const Counted in_many = counted();
  many.trainer.epoch();
  EXPECT_EQ(in_many.allocations(), 0);
  EXPECT_EQ(in_many.copies(), copies);
  EXPECT_EQ(in_many.waits(), waits);
}

TEST(CudaSteps, AreOneGraphFromTheSecondEpochOn) {
  Training t(bce, {.momentum = 0.9}, 100, 32, 2, 2);  // four steps, the last with four samples
  t.trainer.epoch();
  EXPECT_EQ(counts().graphs_made, 0) << "an epoch that may be the only one";
  const Counted second = counted();
  t.trainer.epoch();
  EXPECT_EQ(second.graphs_made(), 1);
  EXPECT_EQ(second.graph_nodes(), 4 * nodes_a_step);
  for (int epoch = 3; epoch < 6; ++epoch) {
    const Counted later = counted();
    t.trainer.epoch();
    EXPECT_EQ(later.graphs_made(), 0);
    EXPECT_EQ(later.graphs_queued(), 1);
    EXPECT_EQ(later.allocations(), 0);
    EXPECT_EQ(later.copies(), 3) << "the order and the steps' numbers go up, the results come down";
    EXPECT_EQ(later.waits(), 1);
    EXPECT_EQ(later.queued(), 3) << "parameters and velocity are saved, the weights are checked";
  }
}

TEST(CudaSteps, HaveFewNodesInEverySetting) {
  struct Setting {
    const Loss* loss;
    SgdOptions options;
    Index batch, features, classes;
  };
  for (const Setting& s : {Setting{&bce, {}, 32, 2, 2},
                           {&bce, {.momentum = 0.9, .nesterov = true, .weight_decay = 0.1}, 32, 2, 2},
                           {&cross_entropy, {.momentum = 0.9}, 256, 110, 10},
                           {&cross_entropy, {.weight_decay = 0.1}, 7, 3, 5}}) {
    Training t(*s.loss, s.options, 2 * s.batch, s.batch, s.features, s.classes);
    fake_cuda::pretence().runs_kernels = false;
    t.trainer.fit(2);
    EXPECT_LE(counts().graph_nodes, 2 * most_nodes_a_step);
    EXPECT_GE(counts().graph_nodes, 2 * nodes_a_step);
  }
}

TEST(CudaSteps, WithOtherOptimizersClippingAndDropoutNeedFewMore) {
  const auto nodes = [](const std::string& optimizer_name, double clip_norm, bool dropout) {
    const auto device = make_tested_device("forward");
    const DataSet host = random_data(64, 2, 2, false);
    const DeviceDataSet data(*device, host, {});
    std::vector<std::unique_ptr<Layer>> layers;
    layers.push_back(std::make_unique<Dense>(2, 16));
    layers.push_back(std::make_unique<Activation<Tanh>>());
    if (dropout) layers.push_back(std::make_unique<Dropout>(0.5));
    layers.push_back(std::make_unique<Dense>(16, 1));
    Network network(*device, 2, 1, std::move(layers));
    const auto optimizer = make_optimizer(optimizer_name, {.learning_rate = 0.01});
    Trainer trainer(network, bce, *optimizer, data, {.batch_size = 32, .threshold = 0.0, .clip_norm = clip_norm});
    const Counted before = counted();
    trainer.fit(2);
    return before.graph_nodes() / 2;
  };
  EXPECT_EQ(nodes("sgd", 0, false), nodes_a_step);
  EXPECT_EQ(nodes("adagrad", 0, false), nodes_a_step);
  EXPECT_EQ(nodes("rmsprop", 0, false), nodes_a_step);
  EXPECT_EQ(nodes("adam", 0, false), nodes_a_step + 1) << "and its corrections";
  EXPECT_EQ(nodes("adamw", 0, false), nodes_a_step + 2) << "and weights and biases apart";
  EXPECT_EQ(nodes("sgd", 0.1, false), nodes_a_step + 2) << "the norm, and the scaling";
  EXPECT_EQ(nodes("sgd", 0, true), nodes_a_step + 2) << "forward and backward";
}

TEST(CudaSteps, OfUnshuffledDataNeedNoGathering) {
  Training t(bce, {}, 64, 32, 2, 2, false);
  t.trainer.fit(2);
  EXPECT_EQ(counts().graph_nodes, 2 * (nodes_a_step - 1));
}

TEST(CudaSteps, OfLongEpochsAreSeveralGraphsAndThenSingleSteps) {
  fake_cuda::restart();
  const Index recorded = Index{256} * 32, steps = recorded + 3;
  Training t(bce, {}, steps, 1, 2, 2);
  fake_cuda::pretence().runs_kernels = false;
  t.trainer.epoch();
  const Counted second = counted();
  t.trainer.epoch();
  EXPECT_EQ(second.graphs_made(), 32);
  EXPECT_EQ(second.graph_nodes(), recorded * nodes_a_step);
  EXPECT_EQ(second.graphs_queued(), 32);
  EXPECT_EQ(second.queued(), 3 * nodes_a_step + 2);
}

TEST(CudaSteps, QueueNoMoreThanTwoGraphsAhead) {
  fake_cuda::restart();
  Training t(bce, {}, 1280, 1, 2, 2);
  fake_cuda::pretence().runs_kernels = false;
  t.trainer.epoch();
  std::vector<long> in_flight;
  t.trainer.epoch([&](Index, Index) { in_flight.push_back(counts().graphs_in_flight); });
  EXPECT_EQ(in_flight, (std::vector<long>{1, 2, 2, 2, 2}));
  EXPECT_EQ(counts().most_graphs_in_flight, 2);
  EXPECT_EQ(counts().graphs_in_flight, 0) << "the epoch ends when all is done";
}

TEST(CudaSteps, StopAfterTheGraphUnderWay) {
  fake_cuda::restart();
  Training t(bce, {}, 1280, 1, 2, 2);
  fake_cuda::pretence().runs_kernels = false;
  t.trainer.fit(1);
  int asked = 0;
  t.trainer.fit(2, {.epoch_done = {}, .progress = {}, .stop = [&] { return ++asked == 2; }});
  EXPECT_EQ(t.trainer.steps_done(), 512);
  EXPECT_EQ(counts().graphs_queued, 2);
}

TEST(CudaSteps, ReportProgressAfterEachRecording) {
  Training t(bce, {}, 300, 1, 2, 2);
  fake_cuda::pretence().runs_kernels = false;
  t.trainer.epoch();
  std::vector<Index> reported;
  t.trainer.epoch([&](Index, Index steps) { reported.push_back(steps); });
  EXPECT_EQ(reported, (std::vector<Index>{256, 300}));
}

TEST(CudaObjects, AreAllGivenBack) {
  const std::size_t before = fake_cuda::live_allocations();
  const long objects = fake_cuda::live_objects();
  {
    Training t(bce, {.momentum = 0.9}, 64, 32, 2, 2);
    t.trainer.fit(3);
    EXPECT_GT(fake_cuda::live_objects(), objects);
  }
  EXPECT_EQ(fake_cuda::live_allocations(), before);
  EXPECT_EQ(fake_cuda::live_objects(), objects);
}

}  // namespace
}  // namespace tinymlp
