// The CUDA device: one GPU, one queue of work.
#pragma once
#include "cuda/library.h"

TINYMLP_BEGIN

/// The first GPU. `find_kernel` looks into the program's table of kernels. Throws Error where CUDA reports one.
std::unique_ptr<Device> make_cuda_device_here(const CudaOptions& options, FindKernel find_kernel);

TINYMLP_END
