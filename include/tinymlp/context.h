// What a pass through the network computes with, beside its matrices: the device, and in training the step.
#pragma once
#include "tinymlp/device.h"

TINYMLP_BEGIN

/// The numbers that change from one training step to the next. They are read on the device when the step runs, so that
/// a recorded step (a CUDA graph) can run again with new ones.
struct Step {
  std::uint64_t number;  // 1, 2, 3, … over the whole training
  Scalar learning_rate;
};

struct Context {
  Device& device;
  const Step* step = nullptr;  // on the device; null outside of training, as in evaluation and prediction
};

TINYMLP_END
