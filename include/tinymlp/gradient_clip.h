// Gradient clipping: all gradients together are made no longer than a limit.
#pragma once
#include "tinymlp/map.h"

TINYMLP_BEGIN

/// g ← g min(1, limit / (‖g‖ + 10⁻⁶)), where ‖g‖ is the root of the sum of the squares of all gradients:
/// torch.nn.utils.clip_grad_norm_. The sum stays on the device; nothing waits for it. Pascanu, Mikolov, Bengio 2013.
class GradientClip {
 public:
  /// For so many gradients. Throws InputError unless the limit is positive and finite.
  GradientClip(Device& device, Index size, double limit);

  /// gradients: (size), on the device.
  void apply(Scalar* gradients);

 private:
  Device& device_;
  Index size_;
  Scalar limit_;
  Buffer<Scalar> squares_;  // their sum: (1)
};

TINYMLP_END
