// An optimizer: moves the parameters a little against their gradient, once a step.
#pragma once
#include <string>
#include <vector>

#include "tinymlp/context.h"

TINYMLP_BEGIN

/// How many parameters a network has. Its arrays hold all weights first, then all that weight decay spares: the biases.
struct ParameterCounts {
  Index all = 0, weights = 0;
};

class Optimizer {
 public:
  virtual ~Optimizer() = default;
  virtual std::string describe() const = 0;  // "sgd"
  /// The rate that training starts with; each step reads its own from context.step.
  virtual double learning_rate() const = 0;

  /// Takes the memory it needs, zeroed. Called once, before the first step.
  virtual void prepare(Device& device, ParameterCounts counts) = 0;
  /// parameters, gradients: (counts.all), on the device.
  virtual void step(const Context& context, Scalar* parameters, const Scalar* gradients) = 0;

  /// What it remembers from step to step, as momentum: enough to go on from a file as if nothing had happened.
  struct Memory {
    std::string name;
    Scalar* values;  // on the device
    Index size;
  };
  virtual std::vector<Memory> memory() { return {}; }
};

TINYMLP_END
