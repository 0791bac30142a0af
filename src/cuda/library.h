// What the program and the shared libraries with CUDA code tell each other: the one exported function of each.
#pragma once
#include "tinymlp/cuda.h"
#include "tinymlp/map.h"

TINYMLP_BEGIN

/// Changes whenever a type that crosses the border does, so that libraries of another version are refused.
constexpr int cuda_interface_version = 2;

/// The program's table of kernels. The libraries have none of their own: see map.h.
using AddKernel = void (*)(std::string_view device, const std::string& op, std::size_t bytes, MapKernel kernel);
using FindKernel = MapKernel (*)(std::string_view device, const MapOp& op);

/// Whom a library was built for; its first answer.
struct CudaLibraryVersion {
  int interface_version = cuda_interface_version;
  int scalar_bytes = sizeof(Scalar);
};

/// What the CUDA device's library, libtinymlp_cuda.so, can do.
struct CudaLibrary {
  CudaLibraryVersion version;
  CudaStatus (*status)();
  std::unique_ptr<Device> (*make_device)(const CudaOptions& options, FindKernel find_kernel);
  void (*add_kernels)(AddKernel add);  // those of the built-in formulas
};
using CudaLibraryFunction = const CudaLibrary* (*)();
constexpr const char* cuda_library_function = "tinymlp_cuda_library";

/// What a library of a user's own kernels can do.
struct CudaKernelLibrary {
  CudaLibraryVersion version;
  void (*add_kernels)(AddKernel add);
};
using CudaKernelLibraryFunction = const CudaKernelLibrary* (*)();
constexpr const char* cuda_kernel_library_function = "tinymlp_cuda_kernels";

TINYMLP_END
