// Eigen packs its operands on the stack up to this many bytes, more than a tile ever needs: no malloc in a step.
#define EIGEN_STACK_ALLOCATION_LIMIT (1 << 21)
// For own_eigen.h's reasons, and apart from that, for this file is compiled for the processor at hand.
#define Eigen tinymlp_kernels_eigen
#include "cpu/gemm.h"

#include <Eigen/Core>
#ifdef TINYMLP_LIBXSMM
#include <libxsmm.h>
#ifdef __AVX__
#include <immintrin.h>
#endif
#endif

#include "cpu/gemm_cache.h"
#include "cpu/register_gemm.h"
#include "cpu/rows.h"

TINYMLP_BEGIN

namespace {

void eigen_gemm(const GemmShape& s, const void*, const GemmOperands& o) {
  using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using Stride = Eigen::OuterStride<>;
  using Operand = Eigen::Map<const Matrix, 0, Stride>;
  Eigen::Map<Matrix, 0, Stride> to(o.c, s.rows, s.cols, Stride(s.c_stride));
  const auto multiply = [&](const auto& left, const auto& right) {
    if (o.row)
      to.noalias() += left * right;
    else
      to.noalias() = left * right;
  };
  if (o.row) fill_rows(o.row, o.c, s.rows, s.cols, s.c_stride);
  const Operand a(o.a, s.a_transposed ? s.depth : s.rows, s.a_transposed ? s.rows : s.depth, Stride(s.a_stride));
  const Operand b(o.b, s.b_transposed ? s.cols : s.depth, s.b_transposed ? s.depth : s.cols, Stride(s.b_stride));
  if (s.a_transposed)
    multiply(a.transpose(), b);
  else if (s.b_transposed)
    multiply(a, b.transpose());
  else
    multiply(a, b);
}

#ifdef TINYMLP_LIBXSMM
using XsmmFunction = void (*)(const Scalar*, const Scalar*, Scalar*);

// libxsmm is column-major: it reads our a, b, c as aᵀ, bᵀ, cᵀ and computes cᵀ = bᵀ aᵀ.
void xsmm_gemm(const GemmShape& s, const void* code, const GemmOperands& o) {
  if (o.row) fill_rows(o.row, o.c, s.rows, s.cols, s.c_stride);
  reinterpret_cast<XsmmFunction>(reinterpret_cast<std::uintptr_t>(code))(o.b, o.a, o.c);
#ifdef __AVX__
  _mm256_zeroupper();  // libxsmm 1.17 leaves it to the caller; the SSE code that follows would stall
#endif
}

const void* xsmm_code(const GemmShape& s) {
  const Scalar alpha = 1, beta = s.adds_row ? 1 : 0;
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

std::string gemm_description() {
  if (suits_registers()) return "our own kernels";
#ifdef TINYMLP_LIBXSMM
  return std::string("libxsmm for ") + libxsmm_get_target_arch();
#else
  return "Eigen";
#endif
}

bool gemm_wants_plain_b() {
#ifdef TINYMLP_LIBXSMM
  return !suits_registers();
#else
  return false;
#endif
}

GemmPlan make_gemm(const GemmShape& shape) {
  if (suits_registers()) return {shape, &register_gemm, nullptr};
#ifdef TINYMLP_LIBXSMM
  if (const void* code = shape.b_transposed ? nullptr : xsmm_code(shape)) return {shape, &xsmm_gemm, code};
#endif
  return make_reference_gemm(shape);
}

TINYMLP_END
