// What the tests of the CUDA device run on: the emulated device, with its threads in different orders, or a real GPU.
// Each test program links one of the two.
#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tinymlp/cuda.h"
#include "tinymlp/random.h"

namespace tinymlp {

/// The ways to run: the emulation's orders of threads, or just "gpu".
std::vector<std::string> tested_variants();
/// Why there is no device to test; empty if there is one.
std::string missing_device();
std::unique_ptr<Device> make_tested_device(const std::string& variant, const CudaOptions& options = {});

/// A test that runs once in each way, and is skipped where there is no GPU for it.
class OnCuda : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (const std::string reason = missing_device(); !reason.empty()) GTEST_SKIP() << reason;
    device = make_tested_device(GetParam());
  }
  std::unique_ptr<Device> device;
};
#define TINYMLP_ON_CUDA(Suite) \
  INSTANTIATE_TEST_SUITE_P(Cuda, Suite, testing::ValuesIn(tested_variants()), [](const auto& p) { return p.param; })

/// Numbers on the host, row by row.
template <class T = Scalar>
struct HostMatrix {
  std::vector<T> values;
  Index rows, cols;
  HostMatrix(Index r, Index c) : values(static_cast<std::size_t>(r * c)), rows(r), cols(c) {}
  /// Uniform numbers between the bounds; each stream has its own.
  HostMatrix(Index r, Index c, std::uint32_t stream, double low = -1, double high = 1) : HostMatrix(r, c) {
    Random random(7, Purpose::check, stream);
    for (T& value : values) value = static_cast<T>(random.uniform(low, high));
  }
  T& at(Index i, Index j) { return values[static_cast<std::size_t>(i * cols + j)]; }
  T at(Index i, Index j) const { return values[static_cast<std::size_t>(i * cols + j)]; }
};

/// A matrix on the device. `offset`: how many numbers beyond an aligned address it begins.
template <class T = Scalar>
class DeviceMatrix {
 public:
  DeviceMatrix(Device& device, const HostMatrix<T>& host, Index offset = 0)
      : device_(device),
        memory_(make_buffer<T>(device, host.rows * host.cols + offset)),
        view_(memory_.get() + offset, host.rows, host.cols) {
    device.upload(view_.data, host.values.data(), sizeof(T) * host.values.size());
  }
  HostMatrix<T> download() const {
    HostMatrix<T> host(view_.rows, view_.cols);
    device_.download(host.values.data(), view_.data, sizeof(T) * host.values.size());
    return host;
  }
  operator View<const T>() const { return view_; }
  operator View<T>() { return view_; }
  T* data() { return view_.data; }

 private:
  Device& device_;
  Buffer<T> memory_;
  View<T> view_;
};

/// Each number is the expected one, up to `tolerance` (1 + its size).
inline void expect_near(const HostMatrix<>& got, const std::function<double(Index, Index)>& expected,
                        double tolerance) {
  for (Index i = 0; i < got.rows; ++i)
    for (Index j = 0; j < got.cols; ++j) {
      const double right = expected(i, j), error = std::abs(static_cast<double>(got.at(i, j)) - right);
      ASSERT_TRUE(error <= tolerance * (1 + std::abs(right)))
          << "at " << i << ", " << j << ": " << got.at(i, j) << " instead of " << right;
    }
}

}  // namespace tinymlp
