// The CUDA device: training on an NVIDIA GPU, by a shared library that is loaded when a GPU is asked for. Programs run
// without it, and without CUDA installed.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tinymlp/device.h"

namespace tinymlp {

/// A GPU that the driver knows.
struct GpuInfo {
  std::string name;                                // "NVIDIA H200"
  std::uint64_t memory = 0;                        // bytes
  int capability_major = 0, capability_minor = 0;  // 9, 0: which instructions it has
  int multiprocessors = 0;
};

/// What can compute with CUDA here, or why nothing can.
struct CudaStatus {
  std::string problem;  // empty if the first GPU can be used; else what is missing and how to mend it
  std::vector<GpuInfo> gpus;
  int driver_version = 0;   // the newest CUDA that the driver supports, 13000 for 13.0; 0 if there is no driver
  int runtime_version = 0;  // the CUDA that the library was built with; 0 if the library is missing
};

/// 13000 → "13.0"
inline std::string cuda_version_text(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

struct CudaOptions {
  /// Lets products round their factors to the 10 bits of TensorFloat-32, which is faster; sums stay in float.
  bool tf32 = false;
};

}  // namespace tinymlp

TINYMLP_BEGIN

/// Loads the library if need be. Never throws for what is missing: that is its answer.
CudaStatus cuda_status();

/// The first GPU; the environment variable CUDA_VISIBLE_DEVICES chooses another. Throws InputError, with the problem,
/// where none can be used.
std::unique_ptr<Device> make_cuda_device(CudaOptions options = {});

/// Loads the CUDA kernels of formulas of your own, from a shared library made as examples/swish_cuda shows. Call it
/// once, before such a formula runs on the GPU. Throws InputError if the file cannot be loaded or is no such library.
void load_kernels(const std::filesystem::path& library);

TINYMLP_END
