// The one function that the CUDA device's library exports, and what it knows of the GPUs here.
#include "cuda/library.h"

#include <cuda_runtime_api.h>

#include "cuda/builtin_kernels.h"
#include "cuda/check.h"
#include "cuda/device.h"

TINYMLP_BEGIN

namespace {

GpuInfo gpu_info(int number) {
  cudaDeviceProp properties{};
  check(cudaGetDeviceProperties(&properties, number), "cudaGetDeviceProperties");
  return {properties.name, properties.totalGlobalMem, properties.major, properties.minor,
          properties.multiProcessorCount};
}

/// Why there is no GPU to use; empty if there is one.
std::string problem_of(const CudaStatus& status, cudaError_t count_status) {
  if (status.driver_version == 0) return "there is no NVIDIA driver: install one";
  if (count_status == cudaErrorInsufficientDriver)
    return "the NVIDIA driver supports CUDA " + cuda_version_text(status.driver_version) +
           ", but tinymlp was built with CUDA " + cuda_version_text(status.runtime_version) +
           ": install a newer driver";
  if (count_status == cudaErrorNoDevice || (count_status == cudaSuccess && status.gpus.empty()))
    return "the NVIDIA driver knows no GPU: is one built in, and does CUDA_VISIBLE_DEVICES name it?";
  if (count_status != cudaSuccess)
    return std::string("CUDA cannot be used: ") + cudaGetErrorString(count_status) + " (" +
           cudaGetErrorName(count_status) + ")";
  constexpr int least_major = 7, least_minor = 5;
  const GpuInfo& gpu = status.gpus.front();
  if (gpu.capability_major < least_major || (gpu.capability_major == least_major && gpu.capability_minor < least_minor))
    return "the GPU \"" + gpu.name + "\" has compute capability " + std::to_string(gpu.capability_major) + "." +
           std::to_string(gpu.capability_minor) + ": at least 7.5 is needed";
  return "";
}

CudaStatus status() {
  CudaStatus status;
  try {
    check(cudaRuntimeGetVersion(&status.runtime_version), "cudaRuntimeGetVersion");
    check(cudaDriverGetVersion(&status.driver_version), "cudaDriverGetVersion");
    int count = 0;
    const cudaError_t count_status = cudaGetDeviceCount(&count);
    cudaGetLastError();
    if (count_status == cudaSuccess)
      for (int number = 0; number < count; ++number) status.gpus.push_back(gpu_info(number));
    status.problem = problem_of(status, count_status);
  } catch (const Error& error) {
    status.problem = error.what();
  }
  return status;
}

}  // namespace

TINYMLP_END

extern "C" [[gnu::visibility("default")]] const tinymlp::CudaLibrary* tinymlp_cuda_library() {
  static const tinymlp::CudaLibrary library{
      {}, &tinymlp::status, &tinymlp::make_cuda_device_here, &tinymlp::add_builtin_kernels};
  return &library;
}
