// Steps a second: of the library, and of whole runs of the program, start and files included.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/generators.h"
#include "tinymlp/losses.h"
#include "tinymlp/sgd.h"
#include "tinymlp/trainer.h"

namespace {

using namespace tinymlp;

/// Epochs of a trainer; an iteration is one epoch, the rate is in steps.
void run_epochs(benchmark::State& state, Network& network, const Loss& loss, SgdOptions options, const DataSet& host,
                TargetCoding coding, Index batch_size) {
  const DeviceDataSet data(network.device(), host, coding);
  Sgd optimizer(options);
  Trainer trainer(network, loss, optimizer, data, {.batch_size = batch_size, .threshold = 0.0});
  trainer.epoch();
  for (auto iteration : state) trainer.epoch();
  state.counters["steps/s"] = benchmark::Counter(static_cast<double>(state.iterations() * trainer.steps_per_epoch()),
                                                 benchmark::Counter::kIsRate);
}

DataSet spiral(Index rows) { return generate("spiral", {.samples = rows, .noise = {}, .seed = 0}); }

/// Random images: speed does not depend on what they show.
DataSet images(Index rows) {
  DataSet data;
  data.task = Task::classification;
  data.feature_names.resize(784);
  data.class_names.resize(10);
  Random random(0, Purpose::check);
  for (Index i = 0; i < rows * 784; ++i) data.bytes.push_back(static_cast<std::uint8_t>(random.bits()));
  for (Index i = 0; i < rows; ++i) data.targets.push_back(static_cast<double>(i % 10));
  return data;
}

void small_tanh(benchmark::State& state) {
  const auto device = make_cpu_device(1);
  Network network(*device, 2, 1, Dense(2, 16), Activation<Tanh>(), Dense(16, 16), Activation<Tanh>(), Dense(16, 1));
  run_epochs(state, network, BinaryCrossEntropy(), {.learning_rate = 0.03}, spiral(2048), {}, 32);
}
BENCHMARK(small_tanh)->Name("library: 2-16-16-1 tanh, batch 32, bce, sgd, 1 thread");

void tiny_sigmoid(benchmark::State& state) {
  const auto device = make_cpu_device(1);
  Network network(*device, 2, 1, Dense(2, 8), Activation<Sigmoid>(), Dense(8, 1));
  run_epochs(state, network, BinaryCrossEntropy(), {.learning_rate = 0.5}, spiral(2048), {}, 4);
}
BENCHMARK(tiny_sigmoid)->Name("library: 2-8-1 sigmoid, batch 4, bce, sgd, 1 thread");

void fashion_mnist_size(benchmark::State& state) {
  const auto device = make_cpu_device(static_cast<int>(state.range(0)));
  Network network(*device, 784, 1, Dense(784, 256), Activation<ReLU>(), Dense(256, 10));
  run_epochs(state, network, SoftmaxCrossEntropy(), {.learning_rate = 0.01}, images(10240), {.outputs = 10}, 256);
}
BENCHMARK(fashion_mnist_size)
    ->Name("library: 784-256-10 relu, batch 256, cross-entropy, sgd, threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

#ifdef TINYMLP_PROGRAM
/// 2000 epochs of 64 steps by the program, timed from its start to its end. It keeps nothing: figures take longer.
void program_small_tanh(benchmark::State& state) {
  const std::string command = std::string(TINYMLP_PROGRAM) +
                              " train --data spiral --samples 2048 --test-fraction 0 --hidden 16,16 --activation tanh"
                              " --batch-size 32 --epochs 2000 --threads 1 --quiet > /dev/null";
  constexpr double steps = 2000.0 * 64;
  double runs = 0;
  for (auto iteration : state) {
    if (std::system(command.c_str()) != 0) {
      state.SkipWithError("the program failed");
      break;
    }
    ++runs;
  }
  state.counters["steps/s"] = benchmark::Counter(runs * steps, benchmark::Counter::kIsRate);
}
BENCHMARK(program_small_tanh)
    ->Name("tinymlp train: 2-16-16-1 tanh, batch 32, bce, sgd, 1 thread")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
#endif

}  // namespace

BENCHMARK_MAIN();
