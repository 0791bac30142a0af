// A training step allocates nothing: malloc, its relatives and operator new are counted over 100 steps.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/dropout.h"
#include "tinymlp/losses.h"
#include "tinymlp/optimizers.h"
#include "tinymlp/trainer.h"

namespace {
std::atomic<long> allocations{0};
}

// glibc lets a program replace malloc; the real ones are still there under these names. operator new calls malloc.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) {
  ++allocations;
  return __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  ++allocations;
  *memory = __libc_memalign(alignment, size);
  return *memory ? 0 : 12;
}
}

namespace tinymlp {
namespace {

TEST(Allocation, IsCounted) {
  const long before = allocations;
  std::free(std::malloc(10));
  delete new int(1);
  EXPECT_GE(allocations - before, 1);
  std::unique_ptr<int> kept = std::make_unique<int>(2);
  EXPECT_GE(allocations - before, 2) << *kept;
}

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

long allocations_in_100_steps(Network& network, const Loss& loss, Optimizer& optimizer, const DeviceDataSet& data,
                              Index batch) {
  Trainer trainer(network, loss, optimizer, data, {.batch_size = batch, .threshold = 0.0, .clip_norm = 0.5});
  trainer.epoch();  // the first steps choose kernels for the shapes
  const long before = allocations;
  for (Index k = 0; k < 100; ++k) trainer.step(k % trainer.steps_per_epoch());
  return allocations - before;
}

long allocations_in_100_steps(Network& network, const Loss& loss, SgdOptions options, const DeviceDataSet& data,
                              Index batch) {
  Sgd optimizer(options);
  return allocations_in_100_steps(network, loss, optimizer, data, batch);
}

TEST(Allocation, NoneInAStepOfASmallNetwork) {
  const auto device = make_cpu_device();
  const DataSet host = random_data(100, 2, 2, false);
  const DeviceDataSet data(*device, host, {});
  Network network(*device, 2, 1, Dense(2, 16), Activation<Tanh>(), Dense(16, 16), Activation<GELU>(), Dense(16, 1));
  EXPECT_EQ(allocations_in_100_steps(network, BinaryCrossEntropy(), SgdOptions{}, data, 32), 0);
  EXPECT_EQ(allocations_in_100_steps(network, MeanSquaredError(),
                                     SgdOptions{.momentum = 0.9, .nesterov = true, .weight_decay = 0.1}, data, 7),
            0);
}

TEST(Allocation, NoneInAStepOfALargeNetworkOnTwoThreads) {
  const auto device = make_cpu_device(2);
  const DataSet host = random_data(600, 784, 10, true);
  const DeviceDataSet data(*device, host, {.outputs = 10});
  Network network(*device, 784, 1, Dense(784, 256), Activation<ReLU>(), Dense(256, 10));
  EXPECT_EQ(allocations_in_100_steps(network, SoftmaxCrossEntropy(), SgdOptions{.momentum = 0.9}, data, 256), 0);
}

TEST(Allocation, NoneInAStepOfAnyOptimizerOrLossOrOfDropout) {
  const auto device = make_cpu_device(2);
  const DataSet host = random_data(100, 2, 2, false);
  const DeviceDataSet data(*device, host, {});
  Network network(*device, 2, 1, Dense(2, 16), Activation<Tanh>(), Dropout(0.5), Dense(16, 1));
  for (const std::string& name : optimizer_names()) {
    const auto optimizer = make_optimizer(name, {.learning_rate = 0.01, .weight_decay = 0.1, .l1 = 0.1});
    EXPECT_EQ(allocations_in_100_steps(network, BinaryCrossEntropy(), *optimizer, data, 32), 0) << name;
  }
  for (const char* loss : {"mae", "huber", "hinge"})
    EXPECT_EQ(allocations_in_100_steps(network, *make_loss(loss), SgdOptions{}, data, 32), 0) << loss;
}

TEST(Allocation, NoneInAnEpoch) {
  const auto device = make_cpu_device();
  const DataSet host = random_data(100, 2, 2, false);
  const DeviceDataSet data(*device, host, {});
  Network network(*device, 2, 1, Dense(2, 16), Activation<Tanh>(), Dense(16, 1));
  const BinaryCrossEntropy loss;
  Sgd optimizer({.momentum = 0.9});
  const auto schedule = make_schedule("cosine");
  Trainer trainer(network, loss, optimizer, data,
                  {.threshold = 0.0, .schedule = schedule.get(), .warmup_epochs = 3, .planned_epochs = 90});
  trainer.epoch();
  const long before = allocations;
  for (int i = 0; i < 100; ++i) trainer.epoch();
  EXPECT_EQ(allocations - before, 0);
}

}  // namespace
}  // namespace tinymlp
