// Matrix products by cuBLAS, through its interface cublasLt, which computes a product and adds the bias in one kernel.
#pragma once
#include <cublasLt.h>

#include <map>
#include <memory>
#include <tuple>

#include "cuda/queue.h"
#include "tinymlp/cuda.h"

TINYMLP_BEGIN

/// How a product c = a b reads its factors.
enum class ProductKind { plain, a_transposed, b_transposed };

class CudaProducts {
 public:
  explicit CudaProducts(const CudaOptions& options);
  ~CudaProducts();
  CudaProducts(const CudaProducts&) = delete;
  CudaProducts& operator=(const CudaProducts&) = delete;

  /// c = a b + row, aᵀ b + row, or a bᵀ + row; a row without data is none.
  void multiply(const CudaQueue& queue, ProductKind kind, ConstMatrixView a, ConstMatrixView b, ConstMatrixView row,
                MatrixView c);

 private:
  struct Plan;
  /// Shape, kind, whether there is a bias, and how the four matrices lie in memory: all that a plan depends on.
  using Key = std::tuple<ProductKind, bool, Index, Index, Index, Index>;

  const Plan& plan_for(ProductKind kind, ConstMatrixView a, ConstMatrixView b, ConstMatrixView row, MatrixView c);

  CudaOptions options_;
  cublasLtHandle_t handle_ = nullptr;
  void* workspace_ = nullptr;
  std::map<Key, std::unique_ptr<Plan>> plans_;
};

TINYMLP_END
