// One tile of a matrix product, c = a b + row, aᵀ b + row or a bᵀ + row: by code of our own (register_gemm.h), by
// libxsmm or by Eigen, whichever is fastest in this build.
#pragma once
#include <string>

#include "tinymlp/matrix.h"

TINYMLP_BEGIN

struct GemmShape {
  int rows = 0, cols = 0, depth = 0;             // of c, and the summed dimension
  int a_stride = 0, b_stride = 0, c_stride = 0;  // from row to row
  bool a_transposed = false, b_transposed = false, adds_row = false;
  bool operator==(const GemmShape&) const = default;
  Index size() const { return Index{rows} * cols * depth; }  // multiply-adds
};

struct GemmOperands {
  const Scalar *a, *b;
  const Scalar* row;  // (cols), added to each row of c; null for none
  Scalar* c;
};

using GemmKernel = void (*)(const GemmShape& shape, const void* code, const GemmOperands& operands);

/// A shape with the kernel chosen for it.
struct GemmPlan {
  GemmShape shape;
  GemmKernel kernel = nullptr;
  const void* code = nullptr;  // libxsmm's, made for this shape
  void operator()(const GemmOperands& operands) const { kernel(shape, code, operands); }
};
GemmPlan make_gemm(const GemmShape& shape);
/// By Eigen, whatever is installed: the reference.
GemmPlan make_reference_gemm(const GemmShape& shape);

/// What computes most products of this build on this processor: "libxsmm for hsw".
std::string gemm_description();

/// Whether b should be transposed beforehand: libxsmm takes no other.
bool gemm_wants_plain_b();

TINYMLP_END
