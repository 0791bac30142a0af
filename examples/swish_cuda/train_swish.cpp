// Trains a network with an activation of one's own, on a GPU if there is one. On the CPU it needs no kernels.
//   train_swish LIBRARY    the shared library made from swish.cu
#include <cstdio>

#include "swish.h"
#include "tinymlp/cuda.h"
#include "tinymlp/dense.h"
#include "tinymlp/generators.h"
#include "tinymlp/losses.h"
#include "tinymlp/sgd.h"
#include "tinymlp/trainer.h"

using namespace tinymlp;

int main(int count, char** words) try {
  if (count != 2) throw InputError("usage: train_swish LIBRARY");
  load_kernels(words[1]);
  const std::string problem = cuda_status().problem;
  if (!problem.empty()) std::printf("on the CPU, since no GPU can be used: %s\n", problem.c_str());
  const auto device = problem.empty() ? make_cuda_device() : make_cpu_device();

  const DeviceDataSet data(*device, generate("circle"), {});
  Network network(*device, 2, 1, Dense(2, 16), Activation<Swish>(), Dense(16, 1));
  const BinaryCrossEntropy loss;
  Sgd optimizer({.learning_rate = 0.1});
  Trainer trainer(network, loss, optimizer, data, {.threshold = 0.0});
  double accuracy = 0;
  trainer.fit(30, {.epoch_done =
                       [&](const EpochResult& epoch) {
                         accuracy = epoch.accuracy.value();
                         return true;
                       },
                   .progress = {}});
  std::printf("accuracy after 30 epochs: %.2f\n", accuracy);
  return accuracy > 0.9 ? 0 : 1;
} catch (const Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 2;
}
