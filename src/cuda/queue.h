// What a kernel's launcher needs of its device.
#pragma once
#include <cuda_runtime_api.h>

#include "tinymlp/matrix.h"

TINYMLP_BEGIN

/// The one GPU: the first of those that CUDA_VISIBLE_DEVICES leaves.
constexpr int gpu_number = 0;

/// Kernels that add numbers up run in at most so many blocks.
constexpr int most_blocks = 1024;

struct CudaQueue {
  cudaStream_t stream = nullptr;   // work runs in the order in which it is queued
  Scalar* partial_sums = nullptr;  // (most_blocks), on the device: one a block, until they are added up
};

TINYMLP_END
