// The example of an activation of one's own: its kernels, compiled from the example's very file.
#include "../../examples/swish_cuda/swish.h"

#include "cuda/library.h"
#include "device_under_test.h"

extern "C" const tinymlp::CudaKernelLibrary* tinymlp_cuda_kernels();

namespace tinymlp {
namespace {

class CudaSwish : public OnCuda {};

TEST_P(CudaSwish, HasTheKernelsThatItsLibraryAdds) {
  const HostMatrix x(4, 9, 1, -3, 3), dy(4, 9, 2);
  const DeviceMatrix on_x(*device, x), on_dy(*device, dy);
  DeviceMatrix y(*device, HostMatrix(4, 9)), dx(*device, HostMatrix(4, 9));
  tinymlp_cuda_kernels()->add_kernels(&add_kernel);
  const Activation<Swish> layer(Swish{2});
  layer.forward({*device, nullptr}, on_x, y);
  layer.backward({*device, nullptr}, on_x, y, on_dy, dx);
  const auto value = [](double v) { return v / (1 + std::exp(-2 * v)); };
  expect_near(y.download(), [&](Index i, Index j) { return value(static_cast<double>(x.at(i, j))); }, 1e-6);
  expect_near(
      dx.download(),
      [&](Index i, Index j) {
        const double at = static_cast<double>(x.at(i, j)), h = 1e-5;
        return static_cast<double>(dy.at(i, j)) * (value(at + h) - value(at - h)) / (2 * h);
      },
      1e-6);
}

TINYMLP_ON_CUDA(CudaSwish);

}  // namespace
}  // namespace tinymlp
