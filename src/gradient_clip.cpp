#include "tinymlp/gradient_clip.h"

#include "clip_formulas.h"
#include "penalty.h"

TINYMLP_BEGIN

GradientClip::GradientClip(Device& device, Index size, double limit)
    : device_(device), size_(size), limit_(static_cast<Scalar>(limit)), squares_(make_buffer<Scalar>(device, 1)) {
  check_positive("the largest norm of the gradients", limit);
}

void GradientClip::apply(Scalar* gradients) {
  map(device_, SumOfSquares{}, {}, {gradients}, size_, squares_.get());
  map(device_, ClipToNorm{squares_.get(), limit_}, {gradients}, {gradients}, size_);
}

TINYMLP_END
