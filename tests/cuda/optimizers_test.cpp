// The CUDA kernels of every optimizer against its formula in double: several steps with a rate that changes, weights
// penalised and biases not.
#include "tinymlp/optimizers.h"

#include <cmath>
#include <utility>

#include "device_under_test.h"

namespace tinymlp {
namespace {

/// One parameter, and what its optimizer remembers of it, in double.
struct Reference {
  double p, a = 0, b = 0;
};

/// A step's number t = 1, 2, … and rate η; the gradient h with its penalties, the penalty λ that acts on p itself.
struct Move {
  double t, rate, h, decoupled = 0;
};

using Formula = void (*)(Reference&, const Move&, const OptimizerOptions&);

/// v ← μ v + h,  p ← p - η (h + μ v) with Nesterov's momentum, else p - η v
void sgd(Reference& r, const Move& m, const OptimizerOptions& options) {
  r.a = options.momentum * r.a + m.h;
  r.p -= m.rate * (options.nesterov ? m.h + options.momentum * r.a : r.a);
}

/// m ← β₁ m + (1 - β₁) h,  v ← β₂ v + (1 - β₂) h²,  p ← p - η λ p - η m / (1 - β₁ᵗ) / (√(v / (1 - β₂ᵗ)) + ε)
void adam(Reference& r, const Move& m, const OptimizerOptions&) {
  r.a = 0.9 * r.a + 0.1 * m.h;
  r.b = 0.999 * r.b + 0.001 * m.h * m.h;
  r.p -= m.rate * m.decoupled * r.p;
  r.p -= m.rate * r.a / (1 - std::pow(0.9, m.t)) / (std::sqrt(r.b / (1 - std::pow(0.999, m.t))) + 1e-8);
}

/// s ← α s + (1 - α) h²,  u ← μ u + h / (√s + ε),  p ← p - η u
void rmsprop(Reference& r, const Move& m, const OptimizerOptions& options) {
  r.b = 0.99 * r.b + 0.01 * m.h * m.h;
  r.a = options.momentum * r.a + m.h / (std::sqrt(r.b) + 1e-8);
  r.p -= m.rate * r.a;
}

/// s ← s + h²,  p ← p - η h / (√s + ε)
void adagrad(Reference& r, const Move& m, const OptimizerOptions&) {
  r.b += m.h * m.h;
  r.p -= m.rate * m.h / (std::sqrt(r.b) + 1e-10);
}

void expect_steps(Device& device, const std::string& name, Formula formula, const OptimizerOptions& options,
                  Index size) {
  SCOPED_TRACE(name + ", " + std::to_string(size) + " parameters");
  const Index weights = size - size / 3 - 1;
  const HostMatrix start(1, size, 1);
  DeviceMatrix parameters(device, start);
  std::vector<Reference> references;
  for (const Scalar p : start.values) references.push_back({static_cast<double>(p)});
  const auto optimizer = make_optimizer(name, options);
  optimizer->prepare(device, {size, weights});
  for (std::uint32_t number = 1; number <= 3; ++number) {
    const HostMatrix gradients(1, size, 1 + number, 3, 5);  // with its penalties no gradient is near 0
    HostMatrix<Step> step(1, 1);
    step.values[0] = {number, Scalar(0.05) / static_cast<Scalar>(number)};
    DeviceMatrix on_gradients(device, gradients);
    DeviceMatrix<Step> on_step(device, step);
    optimizer->step({device, on_step.data()}, parameters.data(), on_gradients.data());
    for (Index j = 0; j < size; ++j) {
      Reference& r = references[static_cast<std::size_t>(j)];
      const bool penalised = j < weights || options.decay_biases, decoupled = name == "adamw";
      const double decay = penalised ? options.weight_decay.value_or(default_weight_decay(name)) : 0;
      double h = static_cast<double>(gradients.at(0, j));
      if (!decoupled) h += decay * r.p;
      if (penalised && r.p != 0) h += options.l1 * std::copysign(1.0, r.p);
      formula(
          r, {static_cast<double>(number), static_cast<double>(step.values[0].learning_rate), h, decoupled ? decay : 0},
          options);
    }
    expect_near(parameters.download(), [&](Index, Index j) { return references[static_cast<std::size_t>(j)].p; }, 1e-6);
  }
}

class CudaOptimizers : public OnCuda {};

TEST_P(CudaOptimizers, StepAsInDouble) {
  struct Case {
    std::string name;
    Formula formula;
    OptimizerOptions options = {};
  };
  std::vector<Case> cases{{"sgd", sgd, {.momentum = 0.9}},
                          {"sgd", sgd, {.momentum = 0.9, .weight_decay = 0.3}},
                          {"sgd", sgd, {.momentum = 0.7, .nesterov = true, .weight_decay = 0.3}},
                          {"rmsprop", rmsprop, {.momentum = 0.9}},
                          {"rmsprop", rmsprop, {.momentum = 0.9, .weight_decay = 0.3, .l1 = 0.2}}};
  for (const auto& [name, formula] : std::vector<std::pair<std::string, Formula>>{
           {"sgd", sgd}, {"adam", adam}, {"adamw", adam}, {"rmsprop", rmsprop}, {"adagrad", adagrad}})
    for (const OptimizerOptions& options : {OptimizerOptions{},
                                            {.weight_decay = 0.3},
                                            {.weight_decay = 0.3, .decay_biases = true},
                                            {.l1 = 0.2},
                                            {.weight_decay = 0.3, .decay_biases = true, .l1 = 0.2}})
      cases.push_back({name, formula, options});
  for (const Case& c : cases)
    for (const Index size : {2, 257, 5000}) expect_steps(*device, c.name, c.formula, c.options, size);
}

TINYMLP_ON_CUDA(CudaOptimizers);

}  // namespace
}  // namespace tinymlp
