// The stand-in's device memory.
#pragma once
#include <cuda_runtime_api.h>

namespace tinymlp::fake_cuda {

/// While one lives, device memory can be read and written; else it is not there, as on a GPU.
class DeviceMemoryAccess {
 public:
  DeviceMemoryAccess();
  ~DeviceMemoryAccess();
  DeviceMemoryAccess(const DeviceMemoryAccess&) = delete;
  DeviceMemoryAccess& operator=(const DeviceMemoryAccess&) = delete;
};

// From the stand-in's streams:
bool forbidden_while_recording();
cudaError_t drain_all();

}  // namespace tinymlp::fake_cuda
