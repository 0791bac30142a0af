// The inner loops that show what a processor can do: multiply-adds in registers, and reading.
#pragma once
#include "tinymlp/matrix.h"

namespace tinymlp {

/// For one set of instructions. The results are of no use but to keep the work from being left out.
struct LimitKernels {
  const char* instructions;
  double operations_per_round;                        // two for each multiply-add
  float (*multiply_add)(Index rounds);                // as many chains of them as hide how long one takes
  float (*read_all)(const float* from, Index count);  // the sum of all numbers
};

/// The widest that the processor has which the program runs on, whatever it was compiled for.
const LimitKernels& limit_kernels();

}  // namespace tinymlp
