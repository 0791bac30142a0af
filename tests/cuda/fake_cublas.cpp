// cublasLt's products, by three loops. It refuses what the real one would refuse, or be slow or wrong with: a pointer
// less aligned than promised, a bias that cannot be loaded 16 bytes at a time, a workspace that is too small,
// descriptions that do not fit together.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

#include "fake_cuda.h"

using namespace tinymlp::fake_cuda;

namespace {

struct Description {
  cublasComputeType_t compute;
  cublasOperation_t transpose_a = CUBLAS_OP_N, transpose_b = CUBLAS_OP_N;
  cublasLtEpilogue_t epilogue = CUBLASLT_EPILOGUE_DEFAULT;
  const float* bias = nullptr;
};
struct Layout {
  std::uint64_t rows, cols;
  std::int64_t stride;
};
struct Preference {
  std::size_t workspace = 0;
  std::uint32_t reductions = CUBLASLT_REDUCTION_SCHEME_MASK;
  std::uint32_t alignments[4] = {256, 256, 256, 256};  // of a, b, c, d
};
/// What an advised algorithm relies on.
struct Algorithm {
  std::uint32_t alignments[4];
  cublasLtEpilogue_t epilogue;
};
static_assert(sizeof(Algorithm) <= sizeof(cublasLtMatmulAlgo_t));

Description& of(cublasLtMatmulDesc_t handle) { return *reinterpret_cast<Description*>(handle); }
Layout& of(cublasLtMatrixLayout_t handle) { return *reinterpret_cast<Layout*>(handle); }
Preference& of(cublasLtMatmulPreference_t handle) { return *reinterpret_cast<Preference*>(handle); }

template <class Object, class Handle>
cublasStatus_t make(Handle* handle, Object object, const char* function) {
  if (const int status = injected_failure(function)) return static_cast<cublasStatus_t>(status);
  *handle = reinterpret_cast<Handle>(new Object(object));
  object_made(1);
  return CUBLAS_STATUS_SUCCESS;
}
template <class Object, class Handle>
cublasStatus_t destroy(Handle handle) {
  delete reinterpret_cast<Object*>(handle);
  object_made(-1);
  return CUBLAS_STATUS_SUCCESS;
}
template <class T>
cublasStatus_t store(T& to, const void* from, std::size_t bytes) {
  if (bytes != sizeof(T)) return CUBLAS_STATUS_INVALID_VALUE;
  std::memcpy(static_cast<void*>(&to), from, bytes);
  return CUBLAS_STATUS_SUCCESS;
}

/// A column-major matrix, as it is or transposed.
struct Matrix {
  const float* data;
  std::uint64_t rows, cols;
  std::int64_t stride;
  bool transposed;
  Matrix(const void* memory, const Layout& layout, cublasOperation_t operation)
      : data(static_cast<const float*>(memory)),
        rows(layout.rows),
        cols(layout.cols),
        stride(layout.stride),
        transposed(operation == CUBLAS_OP_T) {
    if (transposed) std::swap(rows, cols);
  }
  double at(std::uint64_t i, std::uint64_t j, bool rounded) const {
    if (transposed) std::swap(i, j);
    float value = data[i + j * static_cast<std::uint64_t>(stride)];
    if (rounded) {  // to the 10 bits of TensorFloat-32
      int exponent = 0;
      const float part = std::frexp(value, &exponent);
      value = std::ldexp(std::round(std::ldexp(part, 11)), exponent - 11);
    }
    return static_cast<double>(value);
  }
};

bool fit(const Description& description, const Layout& a, const Layout& b, const Layout& c) {
  const Matrix left(nullptr, a, description.transpose_a), right(nullptr, b, description.transpose_b);
  return left.rows == c.rows && right.cols == c.cols && left.cols == right.rows &&
         a.stride >= static_cast<std::int64_t>(a.rows) && b.stride >= static_cast<std::int64_t>(b.rows) &&
         c.stride >= static_cast<std::int64_t>(c.rows);
}

}  // namespace

extern "C" {

cublasStatus_t cublasLtCreate(cublasLtHandle_t* handle) { return make(handle, int{}, "cublasLtCreate"); }
cublasStatus_t cublasLtDestroy(cublasLtHandle_t handle) { return destroy<int>(handle); }
const char* cublasLtGetStatusName(cublasStatus_t) { return "CUBLAS_STATUS_OF_THE_STAND_IN"; }
const char* cublasLtGetStatusString(cublasStatus_t) { return "the stand-in was told to fail"; }

cublasStatus_t cublasLtMatmulDescCreate(cublasLtMatmulDesc_t* handle, cublasComputeType_t compute, cudaDataType_t) {
  return make(handle, Description{compute}, "cublasLtMatmulDescCreate");
}
cublasStatus_t cublasLtMatmulDescDestroy(cublasLtMatmulDesc_t handle) { return destroy<Description>(handle); }
cublasStatus_t cublasLtMatmulDescSetAttribute(cublasLtMatmulDesc_t handle, cublasLtMatmulDescAttributes_t attribute,
                                              const void* value, std::size_t bytes) {
  if (const int status = injected_failure("cublasLtMatmulDescSetAttribute")) return static_cast<cublasStatus_t>(status);
  switch (attribute) {
    case CUBLASLT_MATMUL_DESC_TRANSA:
      return store(of(handle).transpose_a, value, bytes);
    case CUBLASLT_MATMUL_DESC_TRANSB:
      return store(of(handle).transpose_b, value, bytes);
    case CUBLASLT_MATMUL_DESC_EPILOGUE:
      return store(of(handle).epilogue, value, bytes);
    case CUBLASLT_MATMUL_DESC_BIAS_POINTER:
      return store(of(handle).bias, value, bytes);
    default:
      return CUBLAS_STATUS_INVALID_VALUE;
  }
}

cublasStatus_t cublasLtMatrixLayoutCreate(cublasLtMatrixLayout_t* handle, cudaDataType type, std::uint64_t rows,
                                          std::uint64_t cols, std::int64_t stride) {
  if (type != CUDA_R_32F) return CUBLAS_STATUS_NOT_SUPPORTED;
  return make(handle, Layout{rows, cols, stride}, "cublasLtMatrixLayoutCreate");
}
cublasStatus_t cublasLtMatrixLayoutDestroy(cublasLtMatrixLayout_t handle) { return destroy<Layout>(handle); }

cublasStatus_t cublasLtMatmulPreferenceCreate(cublasLtMatmulPreference_t* handle) {
  return make(handle, Preference{}, "cublasLtMatmulPreferenceCreate");
}
cublasStatus_t cublasLtMatmulPreferenceDestroy(cublasLtMatmulPreference_t handle) {
  return destroy<Preference>(handle);
}
cublasStatus_t cublasLtMatmulPreferenceSetAttribute(cublasLtMatmulPreference_t handle,
                                                    cublasLtMatmulPreferenceAttributes_t attribute, const void* value,
                                                    std::size_t bytes) {
  if (const int status = injected_failure("cublasLtMatmulPreferenceSetAttribute"))
    return static_cast<cublasStatus_t>(status);
  switch (attribute) {
    case CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES:
      return store(of(handle).workspace, value, bytes);
    case CUBLASLT_MATMUL_PREF_REDUCTION_SCHEME_MASK:
      return store(of(handle).reductions, value, bytes);
    case CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES:
      return store(of(handle).alignments[0], value, bytes);
    case CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES:
      return store(of(handle).alignments[1], value, bytes);
    case CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES:
      return store(of(handle).alignments[2], value, bytes);
    case CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES:
      return store(of(handle).alignments[3], value, bytes);
    default:
      return CUBLAS_STATUS_INVALID_VALUE;
  }
}

cublasStatus_t cublasLtMatmulAlgoGetHeuristic(cublasLtHandle_t, cublasLtMatmulDesc_t description,
                                              cublasLtMatrixLayout_t a, cublasLtMatrixLayout_t b,
                                              cublasLtMatrixLayout_t c, cublasLtMatrixLayout_t d,
                                              cublasLtMatmulPreference_t preference, int,
                                              cublasLtMatmulHeuristicResult_t* results, int* count) {
  if (const int status = injected_failure("cublasLtMatmulAlgoGetHeuristic")) return static_cast<cublasStatus_t>(status);
  *count = 0;
  const bool bias = of(description).epilogue == CUBLASLT_EPILOGUE_BIAS;
  if (!pretence().has_products || (bias && !pretence().adds_bias)) return CUBLAS_STATUS_NOT_SUPPORTED;
  if (c != d || !fit(of(description), of(a), of(b), of(c)) || of(preference).reductions != 0)
    return CUBLAS_STATUS_INVALID_VALUE;
  Algorithm algorithm{};
  std::memcpy(algorithm.alignments, of(preference).alignments, sizeof algorithm.alignments);
  algorithm.epilogue = of(description).epilogue;
  std::memcpy(&results->algo, &algorithm, sizeof algorithm);
  results->workspaceSize = of(preference).workspace;
  results->state = CUBLAS_STATUS_SUCCESS;
  *count = 1;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmul(cublasLtHandle_t, cublasLtMatmulDesc_t description_handle, const void* alpha,
                              const void* a, cublasLtMatrixLayout_t a_layout, const void* b,
                              cublasLtMatrixLayout_t b_layout, const void* beta, const void* c,
                              cublasLtMatrixLayout_t c_layout, void* d, cublasLtMatrixLayout_t d_layout,
                              const cublasLtMatmulAlgo_t* algorithm_memory, void* workspace,
                              std::size_t workspace_bytes, cudaStream_t stream) {
  if (const int status = injected_failure("cublasLtMatmul")) return static_cast<cublasStatus_t>(status);
  const Description description = of(description_handle);  // what it says now counts
  Algorithm algorithm{};
  std::memcpy(&algorithm, algorithm_memory, sizeof algorithm);
  const auto aligned = [&](const void* pointer, int which) {
    return reinterpret_cast<std::uintptr_t>(pointer) % algorithm.alignments[which] == 0;
  };
  const Layout layout = of(c_layout);
  const bool adds_bias = description.epilogue == CUBLASLT_EPILOGUE_BIAS;
  if (adds_bias && reinterpret_cast<std::uintptr_t>(description.bias) % 16 != 0) return CUBLAS_STATUS_INVALID_VALUE;
  if (!aligned(a, 0) || !aligned(b, 1) || !aligned(c, 2) || !aligned(d, 3) || c != d || c_layout != d_layout ||
      !workspace || workspace_bytes == 0 || algorithm.epilogue != description.epilogue ||
      !fit(description, of(a_layout), of(b_layout), layout))
    return CUBLAS_STATUS_INVALID_VALUE;
  const Matrix left(a, of(a_layout), description.transpose_a), right(b, of(b_layout), description.transpose_b);
  const double scale = static_cast<double>(*static_cast<const float*>(alpha));
  const double keep = static_cast<double>(*static_cast<const float*>(beta));
  const bool rounded = description.compute == CUBLAS_COMPUTE_32F_FAST_TF32;
  const auto product = [=] {
    if (!pretence().runs_kernels) return;
    for (std::uint64_t j = 0; j < layout.cols; ++j)
      for (std::uint64_t i = 0; i < layout.rows; ++i) {
        double sum = 0;
        for (std::uint64_t k = 0; k < left.cols; ++k) sum += left.at(i, k, rounded) * right.at(k, j, rounded);
        float& to = static_cast<float*>(d)[i + j * static_cast<std::uint64_t>(layout.stride)];
        to = static_cast<float>(scale * sum + (keep == 0 ? 0 : keep * static_cast<double>(to)) +
                                (adds_bias ? static_cast<double>(description.bias[i]) : 0));
      }
  };
  return queue_work(stream, product) == cudaSuccess ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_EXECUTION_FAILED;
}

}  // extern "C"
