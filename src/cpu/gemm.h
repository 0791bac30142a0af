// One tile of a matrix product, c = a b or aᵀ b, on top of what c holds if asked: by libxsmm where it is installed, by
// Eigen where not.
#pragma once
#include <array>

#include "tinymlp/matrix.h"

TINYMLP_BEGIN

struct GemmShape {
  int rows = 0, cols = 0, depth = 0;             // of c, and the summed dimension
  int a_stride = 0, b_stride = 0, c_stride = 0;  // from row to row
  bool a_transposed = false, accumulate = false;
  bool operator==(const GemmShape&) const = default;
};

using GemmKernel = void (*)(const GemmShape& shape, const void* code, const Scalar* a, const Scalar* b, Scalar* c);

/// A shape with the kernel chosen for it.
struct GemmPlan {
  GemmShape shape;
  GemmKernel kernel = nullptr;
  const void* code = nullptr;  // libxsmm's, made for this shape
  void operator()(const Scalar* a, const Scalar* b, Scalar* c) const { kernel(shape, code, a, b, c); }
};
GemmPlan make_gemm(const GemmShape& shape);
/// By Eigen, whatever is installed: the reference.
GemmPlan make_reference_gemm(const GemmShape& shape);

/// The plans made so far, for one thread. Asking libxsmm each time would take 30 to 140 ns.
class GemmCache {
 public:
  const GemmPlan& operator[](const GemmShape& shape) {
    GemmPlan& plan = plans_[place(shape)];
    if (!(plan.shape == shape)) plan = make_gemm(shape);
    return plan;
  }

 private:
  static std::size_t place(const GemmShape& s) {
    const auto u = [](int value) { return static_cast<unsigned>(value); };
    return (u(s.rows) * 31U + u(s.cols) * 131U + u(s.depth) * 7U + u(s.c_stride) + 2U * u(s.a_transposed) +
            u(s.accumulate)) %
           count;
  }
  static constexpr std::size_t count = 256;
  std::array<GemmPlan, count> plans_{};
};

TINYMLP_END
