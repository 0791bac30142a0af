// Every way in which CUDA can fail becomes an error that says what failed, and nothing is leaked.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <thread>

#include "cuda/library.h"
#include "device_under_test.h"
#include "fake_cuda.h"
#include "state_formulas.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/error.h"
#include "tinymlp/losses.h"
#include "tinymlp/sgd.h"
#include "tinymlp/trainer.h"

extern "C" const tinymlp::CudaLibrary* tinymlp_cuda_library();

namespace tinymlp {
namespace {

using fake_cuda::pretence;

/// The message of the Error that the work ends with; empty if it does not.
std::string error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

/// Everything that a training asks of a device. Returns why its steps were not recorded; empty if they were.
std::string train() {
  tinymlp_cuda_library()->add_kernels(&add_kernel);
  const auto device = tinymlp_cuda_library()->make_device({}, &find_kernel);
  DataSet host;
  host.task = Task::classification;
  host.feature_names = {"a", "b"};
  host.class_names = {"0", "1", "2"};
  for (int i = 0; i < 20; ++i) {
    host.inputs.insert(host.inputs.end(), {std::sin(i), std::cos(i)});
    host.targets.push_back(i % 3);
  }
  const DeviceDataSet data(*device, host, {.outputs = 3});
  Network network(*device, 2, 1, Dense(2, 4), Activation<Tanh>(), Dense(4, 3));
  const SoftmaxCrossEntropy loss;
  Sgd optimizer({});
  Trainer trainer(network, loss, optimizer, data, {.batch_size = 8, .threshold = 0.0});
  trainer.fit(3);
  return trainer.recording_problem();
}

struct Failing {
  std::string function;
  int status;
};
void PrintTo(const Failing& failing, std::ostream* out) { *out << failing.function; }

class CudaErrors : public testing::TestWithParam<Failing> {};

TEST_P(CudaErrors, AreReportedAndLeakNothing) {
  const auto& [function, status] = GetParam();
  const std::size_t memory = fake_cuda::live_allocations();
  const long objects = fake_cuda::live_objects();
  for (int calls_before = 0;; ++calls_before) {  // each call of the function fails once
    SCOPED_TRACE(calls_before);
    fake_cuda::restart();
    pretence().runs_kernels = false;
    fake_cuda::fail(function, status, calls_before);
    std::string problem;
    const std::string error = error_of([&] { problem = train(); });
    const std::string message = error + problem;  // a failure to record costs time, no more
    EXPECT_EQ(fake_cuda::live_allocations(), memory);
    EXPECT_EQ(fake_cuda::live_objects(), objects);
    if (!fake_cuda::all_failures_happened()) {
      EXPECT_GT(calls_before, 0) << "it is never called";
      break;
    }
    ASSERT_TRUE(message.starts_with("cuda: ") || message.starts_with("cublas: ") ||
                message.starts_with("out of memory: "))
        << "\"" << message << "\"";
  }
  fake_cuda::restart();
  EXPECT_EQ(error_of([] { EXPECT_EQ(train(), ""); }), "") << "later devices are not affected";
}

const auto failures = testing::Values(
    Failing{"cudaSetDevice", cudaErrorDevicesUnavailable}, Failing{"cudaStreamCreateWithFlags", cudaErrorUnknown},
    Failing{"cudaMalloc", cudaErrorMemoryAllocation}, Failing{"cudaMalloc", cudaErrorUnknown},
    Failing{"cudaMemsetAsync", cudaErrorUnknown}, Failing{"cudaMemcpyAsync", cudaErrorUnknown},
    Failing{"cudaStreamSynchronize", cudaErrorIllegalAddress},
    Failing{"cudaEventCreateWithFlags", cudaErrorMemoryAllocation}, Failing{"cudaEventRecord", cudaErrorUnknown},
    Failing{"cudaEventSynchronize", cudaErrorIllegalAddress}, Failing{"cudaStreamBeginCapture", cudaErrorUnknown},
    Failing{"cudaStreamEndCapture", cudaErrorUnknown}, Failing{"cudaGraphInstantiate", cudaErrorMemoryAllocation},
    Failing{"cudaGraphLaunch", cudaErrorUnknown}, Failing{"kernel", cudaErrorLaunchOutOfResources},
    Failing{"cublasLtCreate", CUBLAS_STATUS_NOT_INITIALIZED},
    Failing{"cublasLtMatmulDescCreate", CUBLAS_STATUS_ALLOC_FAILED},
    Failing{"cublasLtMatmulDescSetAttribute", CUBLAS_STATUS_INVALID_VALUE},
    Failing{"cublasLtMatrixLayoutCreate", CUBLAS_STATUS_ALLOC_FAILED},
    Failing{"cublasLtMatmulPreferenceCreate", CUBLAS_STATUS_ALLOC_FAILED},
    Failing{"cublasLtMatmulPreferenceSetAttribute", CUBLAS_STATUS_INVALID_VALUE},
    Failing{"cublasLtMatmulAlgoGetHeuristic", CUBLAS_STATUS_INTERNAL_ERROR},
    Failing{"cublasLtMatmul", CUBLAS_STATUS_EXECUTION_FAILED});
INSTANTIATE_TEST_SUITE_P(Each, CudaErrors, failures,
                         [](const auto& p) { return p.param.function + "_" + std::to_string(p.param.status); });

TEST(CudaMemory, OutOfItNamesTheBytesAskedFor) {
  const auto device = make_tested_device("forward");
  const std::string message = error_of([&] { device->allocate(std::size_t{1} << 40); });
  EXPECT_NE(message.find("out of memory: 1099511627776 bytes were asked for"), std::string::npos) << message;
  EXPECT_NE(message.find("of 1073741824 are free"), std::string::npos) << message;
  fake_cuda::fail("cudaMemGetInfo", cudaErrorUnknown);
  EXPECT_NE(error_of([&] { device->allocate(std::size_t{1} << 40); }).find("were asked for (cuda)"), std::string::npos);
}

TEST(CudaMemory, IsZeroedAndAligned) {
  const auto device = make_tested_device("forward");
  for (const std::size_t bytes : {0U, 1U, 63U, 1000U}) {
    void* const memory = device->allocate(bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory) % 64, 0U);
    std::vector<unsigned char> host(bytes + 1, 7);
    device->download(host.data(), memory, bytes);
    for (std::size_t i = 0; i < bytes; ++i) ASSERT_EQ(host[i], 0);
    EXPECT_EQ(host[bytes], 7);
    device->release(memory);
  }
  device->release(nullptr);
}

TEST(CudaDevice, IsNotTheHost) {
  const auto device = make_tested_device("forward");
  EXPECT_EQ(device->name(), "cuda");
  EXPECT_FALSE(device->uses_host_memory());
  EXPECT_NE(error_of([&] { device->require_host("MyLayer"); }).find("MyLayer"), std::string::npos);
}

struct Unknown {
  static std::string name() { return "mine.unknown"; }
  template <class T>
  TINYMLP_HD T operator()(T x) const {
    return x;
  }
};

TEST(CudaDevice, SaysHowAFormulaGetsItsKernel) {
  const auto device = make_tested_device("forward");
  for (int time = 0; time < 2; ++time) {
    const std::string message = error_of([&] { map(*device, Unknown{}, {nullptr}, {nullptr}, 0); });
    for (const char* part : {"\"mine.unknown\"", "TINYMLP_CUDA_KERNELS", "load_kernels", "examples/swish_cuda", "CPU"})
      EXPECT_NE(message.find(part), std::string::npos) << message;
  }
}

TEST(CudaProductsFallback, AddTheRowThemselvesWhereCublasDoesNot) {
  const auto device = make_tested_device("forward");
  pretence().adds_bias = false;
  const HostMatrix a(5, 3, 1), b(3, 40, 2), row(1, 40, 3);
  DeviceMatrix c(*device, HostMatrix(5, 40, 4));
  const DeviceMatrix da(*device, a), db(*device, b), drow(*device, row);
  device->multiply(da, db, drow, c);
  expect_near(
      c.download(),
      [&](Index i, Index j) {
        double sum = static_cast<double>(row.at(0, j));
        for (Index k = 0; k < 3; ++k) sum += static_cast<double>(a.at(i, k)) * static_cast<double>(b.at(k, j));
        return sum;
      },
      1e-5);
  pretence().has_products = false;
  EXPECT_NE(error_of([&] { device->multiply_at(da, da, c); }).find("no kernel for a product"), std::string::npos);
}

TEST(CudaRecordings, RefuseWhatCannotBeRecorded) {
  const auto device = make_tested_device("forward");
  DeviceMatrix x(*device, HostMatrix(1, 8, 1));
  EXPECT_NE(error_of([&] { device->record([&] { x.download(); }); }), "");
  EXPECT_NE(error_of([&] { device->record([&] { device->allocate(8); }); }), "");
  EXPECT_THROW(device->record([] { throw std::logic_error("of the work"); }), std::logic_error);
  EXPECT_EQ(x.download().values.size(), 8U) << "the device goes on";
}

TEST(CudaRecordings, ThatFailLeaveStepsOneByOne) {
  for (const char* function : {"cudaStreamBeginCapture", "cudaStreamEndCapture", "cudaGraphInstantiate"}) {
    fake_cuda::restart();
    fake_cuda::fail(function, cudaErrorMemoryAllocation);
    std::string problem;
    EXPECT_EQ(error_of([&] { problem = train(); }), "");
    EXPECT_TRUE(problem.starts_with("cuda: cudaS") || problem.starts_with("cuda: cudaG")) << problem;
    EXPECT_EQ(fake_cuda::counts().graphs_queued, 0);
  }
  fake_cuda::restart();
}

TEST(CudaDevice, WorksFromAThreadThatUsesAnotherGpu) {
  fake_cuda::restart();
  pretence().gpus.push_back({});
  const auto device = make_tested_device("forward");
  const HostMatrix numbers(3, 4, 1);
  std::thread([&] {
    cudaSetDevice(1);
    DeviceMatrix x(*device, numbers), y(*device, HostMatrix(3, 4));
    map(*device, Copy{}, {y.data()}, {x.data()}, 12);
    EXPECT_EQ(y.download().values, numbers.values);
    cudaSetDevice(1);
    const auto recording = device->record([&] { map(*device, Copy{}, {x.data()}, {y.data()}, 12); });
    cudaSetDevice(1);
    recording->run();
    EXPECT_EQ(x.download().values, numbers.values);
  }).join();
  fake_cuda::restart();
}

TEST(CudaMemory, MayBeOverwrittenOnTheHostAfterAnUpload) {
  const auto device = make_tested_device("forward");
  HostMatrix numbers(1, 8, 1);
  const HostMatrix before = numbers;
  const DeviceMatrix x(*device, numbers);
  for (Scalar& number : numbers.values) number = 0;
  EXPECT_EQ(x.download().values, before.values);
}

TEST(CudaStatus, SaysWhyThereIsNoGpu) {
  const auto status = [] { return tinymlp_cuda_library()->status(); };
  fake_cuda::restart();
  pretence().gpus = {{"First", 1000, 8, 6}, {"Second", 2000, 9, 0}};
  EXPECT_EQ(status().problem, "");
  ASSERT_EQ(status().gpus.size(), 2U);
  EXPECT_EQ(status().gpus[0].name, "First");
  EXPECT_EQ(status().gpus[0].memory, 1000U);
  EXPECT_EQ(status().gpus[0].capability_major, 8);
  EXPECT_EQ(status().gpus[0].capability_minor, 6);
  EXPECT_EQ(status().runtime_version, CUDART_VERSION);
  EXPECT_EQ(status().driver_version, CUDART_VERSION);

  const auto expect_problem = [&](const char* part) {
    EXPECT_NE(status().problem.find(part), std::string::npos) << status().problem;
  };
  pretence().gpus[0].capability_major = 6;
  expect_problem("compute capability 6.6");
  pretence().gpus.clear();
  expect_problem("knows no GPU");
  pretence().driver_version = 12020;
  expect_problem("supports CUDA 12.2");
  pretence().driver_version = 0;
  expect_problem("no NVIDIA driver");
  for (const char* function :
       {"cudaRuntimeGetVersion", "cudaDriverGetVersion", "cudaGetDeviceCount", "cudaGetDeviceProperties"}) {
    fake_cuda::restart();
    fake_cuda::fail(function, cudaErrorUnknown);
    EXPECT_NE(status().problem, "") << function;
  }
  fake_cuda::restart();
}

}  // namespace
}  // namespace tinymlp
