// The emulated device as the one under test.
#include "cuda/library.h"
#include "cuda_emulation.h"
#include "device_under_test.h"
#include "fake_cuda.h"

extern "C" const tinymlp::CudaLibrary* tinymlp_cuda_library();

namespace tinymlp {

std::vector<std::string> tested_variants() { return {"forward", "reversed", "shuffled"}; }
std::string missing_device() { return ""; }

std::unique_ptr<Device> make_tested_device(const std::string& variant, const CudaOptions& options) {
  using emulation::Order;
  emulation::set_order(variant == "forward"    ? Order::forward
                       : variant == "reversed" ? Order::reversed
                                               : Order::shuffled);
  fake_cuda::restart();
  tinymlp_cuda_library()->add_kernels(&add_kernel);
  return tinymlp_cuda_library()->make_device(options, &find_kernel);
}

}  // namespace tinymlp
