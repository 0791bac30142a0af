// Finds and loads the shared libraries with CUDA code. They stay loaded: devices and kernels live in them.
#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "cuda/library.h"
#include "tinymlp/error.h"

#ifndef TINYMLP_LIBRARY_FOLDER
#define TINYMLP_LIBRARY_FOLDER "lib"
#endif

TINYMLP_BEGIN

namespace {

constexpr const char* library_name = "libtinymlp_cuda.so";
constexpr const char* library_variable = "TINYMLP_CUDA_LIBRARY";

std::string last_dl_error() {
  const char* const text = dlerror();
  return text ? text : "unknown error";
}

/// The first of the folders where CUDA's installers put libraries that has a file of this name; empty if none does.
std::filesystem::path find_in_toolkit(const std::string& name) {
  std::vector<std::filesystem::path> roots;
  for (const char* variable : {"CUDA_PATH", "CUDA_HOME"})
    if (const char* root = std::getenv(variable); root && *root) roots.emplace_back(root);
  roots.emplace_back("/usr/local/cuda");
  std::error_code error;
  std::vector<std::filesystem::path> versions;  // /usr/local/cuda-13.0
  for (const auto& entry : std::filesystem::directory_iterator("/usr/local", error))
    if (entry.path().filename().string().starts_with("cuda-")) versions.push_back(entry.path());
  std::ranges::sort(versions, std::greater{});
  roots.insert(roots.end(), versions.begin(), versions.end());
  for (const auto& root : roots)
    for (const char* folder : {"lib64", "lib", "targets/x86_64-linux/lib", "targets/sbsa-linux/lib"})
      if (root.is_absolute() && std::filesystem::exists(root / folder / name, error)) return root / folder / name;
  return {};
}

/// dlopen. What the library needs of CUDA's own, and the system's loader does not find, is looked for in the toolkit,
/// and what that needs as well.
void* open_library(const std::string& file, int mode, std::set<std::string>& looked_for, std::string& problem) {
  for (;;) {
    if (void* const handle = dlopen(file.c_str(), mode)) return handle;
    problem = last_dl_error();
    const std::string missing =
        problem.substr(0, problem.find(':'));  // "libcublasLt.so.13: cannot open shared object …"
    if (!missing.starts_with("libcu") || !looked_for.insert(missing).second) return nullptr;
    const std::filesystem::path found = find_in_toolkit(missing);
    if (found.empty() || !open_library(found, RTLD_LAZY | RTLD_GLOBAL, looked_for, problem)) return nullptr;
    // The next try finds it loaded, by its name.
  }
}

/// The library's answer by its one function, checked to be for this program. Throws InputError.
template <class Library>
const Library& ask(const std::string& file, const char* function_name, const std::string& advice = "") {
  std::string problem;
  std::set<std::string> looked_for;
  void* const handle = open_library(file, RTLD_NOW | RTLD_LOCAL, looked_for, problem);
  if (!handle) throw InputError("the library " + file + " cannot be loaded: " + problem + advice);
  void* const symbol = dlsym(handle, function_name);
  if (!symbol) throw InputError("the library " + file + " has no function " + function_name + ": is it the right one?");
  const Library& library = *reinterpret_cast<const Library* (*)()>(symbol)();
  constexpr CudaLibraryVersion mine;
  if (library.version.scalar_bytes != mine.scalar_bytes)
    throw InputError("the library " + file + " computes with numbers of " +
                     std::to_string(library.version.scalar_bytes) + " bytes, this program with " +
                     std::to_string(mine.scalar_bytes) + ": on a GPU, use float (tinymlp, not tinymlp_double)");
  if (library.version.interface_version != mine.interface_version)
    throw InputError("the library " + file + " was built for another version of tinymlp: build it again");
  return library;
}

/// Where the library of this program is: in its folder, the one above, or the library folder that belongs to it.
std::string find_library() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path folder = program.parent_path();
  const std::array<std::filesystem::path, 3> folders{folder, folder.parent_path(),
                                                     folder.parent_path() / TINYMLP_LIBRARY_FOLDER};
  for (const auto& candidate : folders)
    if (!error && std::filesystem::exists(candidate / library_name, error)) return candidate / library_name;
  return library_name;  // wherever the system keeps libraries
}

bool has_driver() {
  void* const handle = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (handle) dlclose(handle);
  return handle != nullptr;
}

/// Throws InputError, saying what is missing.
const CudaLibrary& load_library() {
  if (const char* chosen = std::getenv(library_variable); chosen && *chosen)
    return ask<CudaLibrary>(chosen, cuda_library_function);
  // The driver first: where there is none, the program need not load hundreds of megabytes of libraries to know it.
  if (!has_driver()) throw InputError("there is no NVIDIA driver (libcuda.so.1 cannot be loaded): install one");
  return ask<CudaLibrary>(find_library(), cuda_library_function,
                          std::string(": build tinymlp where nvcc is installed, or name the library's place in the "
                                      "environment variable ") +
                              library_variable);
}

}  // namespace

CudaStatus cuda_status() {
  try {
    return load_library().status();
  } catch (const InputError& error) {
    CudaStatus status;
    status.problem = error.what();
    return status;
  }
}

std::unique_ptr<Device> make_cuda_device(CudaOptions options) {
  if (const CudaStatus status = cuda_status(); !status.problem.empty())
    throw InputError("no GPU can be used: " + status.problem);
  const CudaLibrary& library = load_library();
  library.add_kernels(&add_kernel);
  return library.make_device(options, &find_kernel);
}

void load_kernels(const std::filesystem::path& library) {
  // dlopen takes a name without a folder for a library of the system.
  ask<CudaKernelLibrary>(std::filesystem::absolute(library), cuda_kernel_library_function).add_kernels(&add_kernel);
}

TINYMLP_END
