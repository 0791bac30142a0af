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
    const Key key = key_of(shape);
    Entry& entry = entries_[(key[0] * 31 + key[1] * 7 + key[2] * 131 + key[3] + (key[0] >> 29)) % count];
    if (entry.key != key) entry = {key, make_gemm(shape)};
    return entry.plan;
  }

 private:
  /// All of a shape in four words, which stay in registers where the struct would go through memory.
  using Key = std::array<std::uint64_t, 4>;
  struct Entry {
    Key key{};
    GemmPlan plan;
  };
  static Key key_of(const GemmShape& s) {
    const auto pair = [](int low, int high) {
      return std::uint64_t{static_cast<std::uint32_t>(low)} | std::uint64_t{static_cast<std::uint32_t>(high)} << 32;
    };
    return {pair(s.rows, s.cols), pair(s.depth, s.a_stride), pair(s.b_stride, s.c_stride),
            static_cast<std::uint64_t>(s.a_transposed) + 2 * static_cast<std::uint64_t>(s.accumulate)};
  }
  static constexpr std::size_t count = 256;
  std::array<Entry, count> entries_{};
};

TINYMLP_END
