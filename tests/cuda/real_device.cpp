// A GPU as the device under test, where there is one.
#include "device_under_test.h"

namespace tinymlp {

std::vector<std::string> tested_variants() { return {"gpu"}; }
std::string missing_device() {
  const std::string problem = cuda_status().problem;
  return problem.empty() ? "" : "no GPU: " + problem;
}
std::unique_ptr<Device> make_tested_device(const std::string&, const CudaOptions& options) {
  return make_cuda_device(options);
}

}  // namespace tinymlp
