// Trains 2-8-1 on xor with an activation of its own, through the public headers alone.
#include "learn_xor.h"

#include <tinymlp/tinymlp.h>

#include <cmath>
#include <string>

namespace {

/// y = x / (1 + e⁻ˣ). Without a name outside this file, it may be linked in both precisions.
struct Swish {
  static std::string name() { return "consumer.swish"; }
  template <class T>
  T value(T x) const {
    return x / (T(1) + std::exp(-x));
  }
  template <class T>
  T derivative(T x, T y) const {
    return y + (T(1) - y) / (T(1) + std::exp(-x));
  }
};

}  // namespace

#ifdef TINYMLP_DOUBLE
Learnt in_double::learn_xor() {
#else
Learnt in_float::learn_xor() {
#endif
  using namespace tinymlp;
  const auto device = make_cpu_device();
  const DataSet host = generate("xor");
  const DeviceDataSet data(*device, host, {});
  Network network(*device, data.features(), /*seed*/ 1, Dense(2, 8), Activation<Swish>(), Dense(8, 1));
  const BinaryCrossEntropy loss;
  Sgd optimizer({.learning_rate = 0.1, .momentum = 0.9});
  Trainer trainer(network, loss, optimizer, data, {.batch_size = 16});
  trainer.fit(50);

  Learnt learnt{Evaluator(network, loss, data, /*threshold*/ 0.0).evaluate().accuracy.value(), {}};
  for (const Tensor& tensor : network.parameter_tensors())
    learnt.parameters.insert(learnt.parameters.end(), tensor.values.begin(), tensor.values.end());
  return learnt;
}
