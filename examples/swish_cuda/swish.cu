// What Swish needs to run on a GPU, beside its header: these two lines.
#include "swish.h"

#include "cuda/kernels.cuh"

TINYMLP_CUDA_KERNELS(add) { add.activation<Swish>(); }
