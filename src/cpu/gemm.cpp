// Eigen packs its operands on the stack up to this many bytes, more than a tile ever needs: no malloc in a step.
#define EIGEN_STACK_ALLOCATION_LIMIT (1 << 21)
#include "cpu/gemm.h"

#include <Eigen/Core>
#ifdef TINYMLP_LIBXSMM
#include <immintrin.h>
#include <libxsmm.h>
#endif

TINYMLP_BEGIN

namespace {

void eigen_gemm(const GemmShape& s, const void*, const Scalar* a, const Scalar* b, Scalar* c) {
  using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using Stride = Eigen::OuterStride<>;
  Eigen::Map<Matrix, 0, Stride> to(c, s.rows, s.cols, Stride(s.c_stride));
  const Eigen::Map<const Matrix, 0, Stride> right(b, s.depth, s.cols, Stride(s.b_stride));
  const auto multiply = [&](const auto& left) {
    if (s.accumulate)
      to.noalias() += left * right;
    else
      to.noalias() = left * right;
  };
  if (s.a_transposed)
    multiply(Eigen::Map<const Matrix, 0, Stride>(a, s.depth, s.rows, Stride(s.a_stride)).transpose());
  else
    multiply(Eigen::Map<const Matrix, 0, Stride>(a, s.rows, s.depth, Stride(s.a_stride)));
}

#ifdef TINYMLP_LIBXSMM
using XsmmFunction = void (*)(const Scalar*, const Scalar*, Scalar*);

// libxsmm is column-major: it reads our a, b, c as aᵀ, bᵀ, cᵀ and computes cᵀ = bᵀ aᵀ.
void xsmm_gemm(const GemmShape&, const void* code, const Scalar* a, const Scalar* b, Scalar* c) {
  reinterpret_cast<XsmmFunction>(reinterpret_cast<std::uintptr_t>(code))(b, a, c);
#ifdef __AVX__
  _mm256_zeroupper();  // libxsmm 1.17 leaves it to the caller; the SSE code that follows would stall
#endif
}

const void* xsmm_code(const GemmShape& s) {
  const Scalar alpha = 1, beta = s.accumulate ? 1 : 0;
  const int flags = s.a_transposed ? LIBXSMM_GEMM_FLAG_TRANS_B : 0;
#ifdef TINYMLP_DOUBLE
  const auto dispatch = libxsmm_dmmdispatch;
#else
  const auto dispatch = libxsmm_smmdispatch;
#endif
  const auto function =
      dispatch(s.cols, s.rows, s.depth, &s.b_stride, &s.a_stride, &s.c_stride, &alpha, &beta, &flags, nullptr);
  return reinterpret_cast<const void*>(reinterpret_cast<std::uintptr_t>(function));
}
#endif

}  // namespace

GemmPlan make_reference_gemm(const GemmShape& shape) { return {shape, &eigen_gemm, nullptr}; }

GemmPlan make_gemm(const GemmShape& shape) {
#ifdef TINYMLP_LIBXSMM
  if (const void* code = xsmm_code(shape)) return {shape, &xsmm_gemm, code};
#endif
  return make_reference_gemm(shape);
}

TINYMLP_END
