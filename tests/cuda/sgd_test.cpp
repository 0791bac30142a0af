// The CUDA kernels of SGD against double: several steps with a rate that changes, weights decayed and biases not.
#include "tinymlp/sgd.h"
#include "device_under_test.h"

namespace tinymlp {
namespace {

/// One parameter and its velocity, in double.
struct Reference {
  double p, v;

  /// h = g + λ p,  v ← μ v + h,  p ← p - η (h + μ v) with Nesterov's momentum, else p - η v.
  void step(double rate, double g, const SgdOptions& options, double weight_decay) {
    const double h = g + weight_decay * p;
    v = options.momentum * v + h;
    p -= rate * (options.nesterov ? h + options.momentum * v : v);
  }
};

class CudaSgd : public OnCuda {};

TEST_P(CudaSgd, StepsAsInDouble) {
  for (const SgdOptions& options : {SgdOptions{},
                                    {.weight_decay = 0.3},
                                    {.weight_decay = 0.3, .decay_biases = true},
                                    {.momentum = 0.9},
                                    {.momentum = 0.9, .weight_decay = 0.3},
                                    {.momentum = 0.7, .nesterov = true, .weight_decay = 0.3}})
    for (const Index size : {2, 257, 5000}) {
      SCOPED_TRACE(size);
      const Index weights = size - size / 3 - 1;
      const HostMatrix start(1, size, 1);
      DeviceMatrix parameters(*device, start);
      std::vector<Reference> references;
      for (const Scalar p : start.values) references.push_back({static_cast<double>(p), 0});
      Sgd optimizer(options);
      optimizer.prepare(*device, {size, weights});
      for (std::uint32_t number = 1; number <= 3; ++number) {
        const HostMatrix gradients(1, size, 1 + number);
        HostMatrix<Step> step(1, 1);
        step.values[0] = {number, Scalar(0.5) / static_cast<Scalar>(number)};
        DeviceMatrix on_gradients(*device, gradients);
        DeviceMatrix<Step> on_step(*device, step);
        optimizer.step({*device, on_step.data()}, parameters.data(), on_gradients.data());
        for (Index j = 0; j < size; ++j)
          references[static_cast<std::size_t>(j)].step(static_cast<double>(step.values[0].learning_rate),
                                                       static_cast<double>(gradients.at(0, j)), options,
                                                       j < weights || options.decay_biases ? options.weight_decay : 0);
        expect_near(
            parameters.download(), [&](Index, Index j) { return references[static_cast<std::size_t>(j)].p; }, 1e-6);
      }
    }
}

TINYMLP_ON_CUDA(CudaSgd);

}  // namespace
}  // namespace tinymlp
