// Finding and loading the CUDA device's library, and libraries of one's own kernels: what goes right, and what is said
// when something is missing.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>

#include "../../examples/swish_cuda/swish.h"
#include "tinymlp/cuda.h"
#include "tinymlp/dense.h"
#include "tinymlp/error.h"
#include "tinymlp/network.h"

namespace tinymlp {
namespace {

/// Sets an environment variable, or removes it, for as long as it lives.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) { value ? setenv(name, value, 1) : unsetenv(name); }
  ~Environment() { unsetenv(name_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
};
constexpr const char* variable = "TINYMLP_CUDA_LIBRARY";

template <class E>
std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const E& error) {
    return error.what();
  }
  return "";
}

/// Asks for a device with this library, and expects to be told why there is none.
void expect_problem(const char* library, const std::string& part) {
  const Environment environment(variable, library);
  const std::string problem = cuda_status().problem;
  EXPECT_NE(problem.find(part), std::string::npos) << problem;
  const std::string message = message_of<InputError>([] { make_cuda_device(); });
  EXPECT_EQ(message, "no GPU can be used: " + problem);
}

TEST(CudaLoader, LoadsTheDeviceAndItsErrors) {
  const Environment environment(variable, EMULATED_LIBRARY);
  EXPECT_EQ(cuda_status().problem, "");
  EXPECT_EQ(cuda_status().gpus.at(0).name, "Imaginary GPU");
  const auto device = make_cuda_device();
  EXPECT_EQ(device->name(), "cuda");
  const Network network(*device, 2, 1, Dense(2, 3));
  EXPECT_EQ(network.parameter_tensors().size(), 2U);
  const std::string message = message_of<Error>([&] { device->allocate(std::size_t{1} << 40); });
  EXPECT_TRUE(message.starts_with("out of memory: 1099511627776 bytes")) << message;
}

TEST(CudaLoader, SaysWhatIsMissing) {
  expect_problem("/nowhere/libtinymlp_cuda.so", "the library /nowhere/libtinymlp_cuda.so cannot be loaded: ");
  expect_problem(NEEDY_LIBRARY, "libtinymlp_absent.so: cannot open shared object file");
  expect_problem(SWISH_LIBRARY, "has no function tinymlp_cuda_library");
  expect_problem(OLD_LIBRARY, "was built for another version of tinymlp: build it again");
  expect_problem(DOUBLE_LIBRARY, "computes with numbers of 8 bytes, this program with 4");
}

TEST(CudaLoader, LooksIntoTheToolkitForCudasOwnLibraries) {
  expect_problem(LACKING_LIBRARY, "libcutinymlp.so: cannot open shared object file");
  {
    const Environment path("CUDA_PATH", "toolkit");  // not from wherever the program happens to run
    expect_problem(LACKING_LIBRARY, "libcutinymlp.so: cannot open shared object file");
  }
  const Environment path("CUDA_PATH", TOOLKIT);
  expect_problem(LACKING_LIBRARY, "was built for another version of tinymlp: build it again");  // so it was loaded
}

TEST(CudaLoader, SaysThatThereIsNoDriver) {
  if (void* const driver = dlopen("libcuda.so.1", RTLD_LAZY)) {
    dlclose(driver);
    GTEST_SKIP() << "there is a driver";
  }
  expect_problem(nullptr, "there is no NVIDIA driver (libcuda.so.1 cannot be loaded): install one");
  expect_problem("", "there is no NVIDIA driver");
  expect_problem(REAL_LIBRARY, "there is no NVIDIA driver: install one");  // the real one says the same
}

TEST(LoadKernels, AddsThoseOfTheLibrary) {
  const MapOp forward{ActivationForward<Swish>::name(), sizeof(ActivationForward<Swish>), nullptr, {}};
  const MapOp backward{ActivationBackward<Swish>::name(), sizeof(ActivationBackward<Swish>), nullptr, {}};
  EXPECT_EQ(find_kernel("cuda", forward), nullptr);
  load_kernels(SWISH_LIBRARY);
  EXPECT_NE(find_kernel("cuda", forward), nullptr);
  EXPECT_NE(find_kernel("cuda", backward), nullptr);
}

TEST(LoadKernels, RefusesWhatIsNoSuchLibrary) {
  for (const auto& [file, part] : {std::pair{"nowhere.so", "nowhere.so cannot be loaded"},
                                   {OLD_LIBRARY, "has no function tinymlp_cuda_kernels"}}) {
    const std::string message = message_of<InputError>([&] { load_kernels(file); });
    EXPECT_NE(message.find(part), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace tinymlp
