// The stand-in's device memory.
#pragma once

namespace tinymlp::fake_cuda {

/// While one lives, device memory can be read and written; else it is not there, as on a GPU.
class DeviceMemoryAccess {
 public:
  DeviceMemoryAccess();
  ~DeviceMemoryAccess();
  DeviceMemoryAccess(const DeviceMemoryAccess&) = delete;
  DeviceMemoryAccess& operator=(const DeviceMemoryAccess&) = delete;
};

bool forbidden_while_recording();

}  // namespace tinymlp::fake_cuda
