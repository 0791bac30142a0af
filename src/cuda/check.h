// Turns CUDA's status codes into errors. Every call of CUDA goes through here.
#pragma once
#include <cuda_runtime_api.h>

#include <string>

#include "tinymlp/error.h"

namespace tinymlp {

[[noreturn]] inline void cuda_failed(cudaError_t status, const std::string& what) {
  cudaGetLastError();  // CUDA also remembers it, for a later call to report
  throw Error("cuda: " + what + ": " + cudaGetErrorString(status) + " (" + cudaGetErrorName(status) + ")");
}

/// Throws Error unless the status is success.
inline void check(cudaError_t status, const char* what) {
  if (status != cudaSuccess) cuda_failed(status, what);
}

}  // namespace tinymlp
