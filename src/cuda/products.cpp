// cublasLt is column-major: it takes our row-major a, b, c for aᵀ, bᵀ, cᵀ. So we ask it for cᵀ = bᵀ aᵀ: b is its first
// factor, a its second, and a column of its result is a row of ours.
#include "cuda/products.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "cuda/check.h"
#include "cuda/rows.h"

TINYMLP_BEGIN

namespace {

constexpr std::size_t workspace_bytes = std::size_t{4} << 20;
// cublasLt's kernels that add a row may load this many bytes of it at once; nothing tells it that a row is less
// aligned.
constexpr std::uint32_t row_alignment = 16;

void check_blas(cublasStatus_t status, const char* what) {
  if (status != CUBLAS_STATUS_SUCCESS)
    throw Error(std::string("cublas: ") + what + ": " + cublasLtGetStatusString(status) + " (" +
                cublasLtGetStatusName(status) + ")");
}

/// A description that cublasLt has made, destroyed with it.
template <class Handle, cublasStatus_t (*destroy)(Handle)>
class Owned {
 public:
  Owned() = default;
  ~Owned() {
    if (handle_) destroy(handle_);
  }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  Handle* place() { return &handle_; }
  Handle get() const { return handle_; }

 private:
  Handle handle_ = nullptr;
};
using Description = Owned<cublasLtMatmulDesc_t, cublasLtMatmulDescDestroy>;
using Layout = Owned<cublasLtMatrixLayout_t, cublasLtMatrixLayoutDestroy>;
using Preference = Owned<cublasLtMatmulPreference_t, cublasLtMatmulPreferenceDestroy>;

template <class T>
void set(const Description& description, cublasLtMatmulDescAttributes_t attribute, const T& value) {
  check_blas(
      cublasLtMatmulDescSetAttribute(description.get(), attribute, static_cast<const void*>(&value), sizeof value),
      "cublasLtMatmulDescSetAttribute");
}
template <class T>
void set(const Preference& preference, cublasLtMatmulPreferenceAttributes_t attribute, const T& value) {
  check_blas(
      cublasLtMatmulPreferenceSetAttribute(preference.get(), attribute, static_cast<const void*>(&value), sizeof value),
      "cublasLtMatmulPreferenceSetAttribute");
}

/// Of a matrix as it lies in memory.
void create(Layout& layout, ConstMatrixView matrix) {
  static_assert(sizeof(Scalar) == sizeof(float));
  check_blas(cublasLtMatrixLayoutCreate(layout.place(), CUDA_R_32F, static_cast<std::uint64_t>(matrix.cols),
                                        static_cast<std::uint64_t>(matrix.rows), matrix.cols),
             "cublasLtMatrixLayoutCreate");
}

/// The largest power of two, up to 256, that divides the address. Parameters lie behind one another: some at
/// multiples of 4 only, where kernels that load 16 bytes at once cannot be used.
std::uint32_t alignment_of(const void* pointer) {
  std::uint32_t alignment = 256;
  while (reinterpret_cast<std::uintptr_t>(pointer) % alignment != 0) alignment /= 2;
  return alignment;
}

}  // namespace

/// A product's description, and the kernel that cublasLt advises for it.
struct CudaProducts::Plan {
  Description description;
  Layout a, b, c;
  cublasLtMatmulAlgo_t algorithm{};
  bool adds_row = false;  // cublasLt adds the row itself; otherwise it adds the product to what is in c
};

CudaProducts::CudaProducts(const CudaOptions& options) : options_(options) {
  check_blas(cublasLtCreate(&handle_), "cublasLtCreate");
  const cudaError_t status = cudaMalloc(&workspace_, workspace_bytes);
  if (status == cudaSuccess) return;
  cublasLtDestroy(handle_);
  check(status, "cudaMalloc for cublas");
}

CudaProducts::~CudaProducts() {
  plans_.clear();
  cudaFree(workspace_);
  cublasLtDestroy(handle_);
}

const CudaProducts::Plan& CudaProducts::plan_for(ProductKind kind, ConstMatrixView a, ConstMatrixView b,
                                                 ConstMatrixView row, MatrixView c) {
  const std::array<std::uint32_t, 3> alignments{alignment_of(a.data), alignment_of(b.data), alignment_of(c.data)};
  const Index depth = kind == ProductKind::a_transposed ? a.rows : a.cols;
  const bool row_aligned = row.data && alignment_of(row.data) >= row_alignment;
  const Index all_alignments =
      alignments[0] | alignments[1] << 10U | Index{alignments[2]} << 20U | Index{row_aligned} << 30U;
  std::unique_ptr<Plan>& plan = plans_[{kind, row.data != nullptr, c.rows, c.cols, depth, all_alignments}];
  if (plan) return *plan;

  auto made = std::make_unique<Plan>();
  check_blas(cublasLtMatmulDescCreate(made->description.place(),
                                      options_.tf32 ? CUBLAS_COMPUTE_32F_FAST_TF32 : CUBLAS_COMPUTE_32F, CUDA_R_32F),
             "cublasLtMatmulDescCreate");
  // Transposing our a transposes its second factor, and the other way round.
  const auto operation = [](bool transposed) { return transposed ? CUBLAS_OP_T : CUBLAS_OP_N; };
  set(made->description, CUBLASLT_MATMUL_DESC_TRANSA, operation(kind == ProductKind::b_transposed));
  set(made->description, CUBLASLT_MATMUL_DESC_TRANSB, operation(kind == ProductKind::a_transposed));
  create(made->a, a);
  create(made->b, b);
  create(made->c, c);

  Preference preference;
  check_blas(cublasLtMatmulPreferenceCreate(preference.place()), "cublasLtMatmulPreferenceCreate");
  set(preference, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, workspace_bytes);
  // No sum is cut into parts that a second kernel would add: one kernel a product.
  set(preference, CUBLASLT_MATMUL_PREF_REDUCTION_SCHEME_MASK, std::uint32_t{CUBLASLT_REDUCTION_SCHEME_NONE});
  set(preference, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES, alignments[1]);
  set(preference, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES, alignments[0]);
  set(preference, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES, alignments[2]);
  set(preference, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES, alignments[2]);

  const auto find_algorithm = [&] {
    cublasLtMatmulHeuristicResult_t result{};
    int found = 0;
    const cublasStatus_t status =
        cublasLtMatmulAlgoGetHeuristic(handle_, made->description.get(), made->b.get(), made->a.get(), made->c.get(),
                                       made->c.get(), preference.get(), 1, &result, &found);
    if (status != CUBLAS_STATUS_NOT_SUPPORTED) check_blas(status, "cublasLtMatmulAlgoGetHeuristic");
    made->algorithm = result.algo;
    return status == CUBLAS_STATUS_SUCCESS && found > 0 && result.state == CUBLAS_STATUS_SUCCESS;
  };
  bool found = false;
  if (row_aligned) {
    made->adds_row = true;
    set(made->description, CUBLASLT_MATMUL_DESC_EPILOGUE, CUBLASLT_EPILOGUE_BIAS);
    set(made->description, CUBLASLT_MATMUL_DESC_BIAS_POINTER, row.data);
    found = find_algorithm();
  }
  if (!found) {
    made->adds_row = false;
    set(made->description, CUBLASLT_MATMUL_DESC_EPILOGUE, CUBLASLT_EPILOGUE_DEFAULT);
    found = find_algorithm();
  }
  if (!found)
    throw Error("cublas: has no kernel for a product that gives (" + std::to_string(c.rows) + ", " +
                std::to_string(c.cols) + ") by sums of " + std::to_string(depth));
  plan = std::move(made);
  return *plan;
}

void CudaProducts::multiply(const CudaQueue& queue, ProductKind kind, ConstMatrixView a, ConstMatrixView b,
                            ConstMatrixView row, MatrixView c) {
  const Plan& plan = plan_for(kind, a, b, row, c);
  const bool add_to_c = row.data && !plan.adds_row;
  if (plan.adds_row) set(plan.description, CUBLASLT_MATMUL_DESC_BIAS_POINTER, row.data);
  if (add_to_c) fill_rows(queue, row, c);
  const Scalar one = 1, beta = add_to_c ? Scalar(1) : Scalar(0);
  check_blas(
      cublasLtMatmul(handle_, plan.description.get(), &one, b.data, plan.b.get(), a.data, plan.a.get(), &beta, c.data,
                     plan.c.get(), c.data, plan.c.get(), &plan.algorithm, workspace_, workspace_bytes, queue.stream),
      "cublasLtMatmul");
}

TINYMLP_END
