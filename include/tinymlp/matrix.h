// Views of row-major matrices, one sample a row: the same bytes as NumPy and PyTorch. A view owns nothing.
#pragma once
#include <cstddef>
#include <cstdint>
#include <type_traits>

// What computes with Scalar is built twice from the same sources: in float (namespace f32) to train, in double (f64) to
// check gradients and closed forms. The inline namespaces keep the two apart, so that one program may hold both; what
// does not depend on Scalar stands in plain namespace tinymlp and is one thing in both.
#ifdef TINYMLP_DOUBLE
#define TINYMLP_BEGIN    \
  namespace tinymlp {    \
  inline namespace f64 { \
  using Scalar = double;
#else
#define TINYMLP_BEGIN    \
  namespace tinymlp {    \
  inline namespace f32 { \
  using Scalar = float;
#endif
#define TINYMLP_END \
  }                 \
  }

// Stands in front of what runs on a GPU as well.
#ifdef __CUDACC__
#define TINYMLP_HD __host__ __device__
#else
#define TINYMLP_HD
#endif

namespace tinymlp {

using Index = std::ptrdiff_t;

/// A matrix somewhere in memory, row after row. 16 bytes, so that it travels in two registers: with 64-bit sizes a step
/// of a 2-8-1 network took 1.3 times as long. Hence at most 2^31 - 1 rows or columns.
template <class T>
struct View {
  T* data = nullptr;
  std::int32_t rows = 0, cols = 0;

  View() = default;
  View(T* first, Index row_count, Index col_count)
      : data(first), rows(static_cast<std::int32_t>(row_count)), cols(static_cast<std::int32_t>(col_count)) {}
  template <class U>
    requires std::is_same_v<const U, T>
  View(View<U> view) : data(view.data), rows(view.rows), cols(view.cols) {}  // implicit: a view may always become const

  Index size() const { return Index{rows} * cols; }
  /// The first `count` rows, as in an epoch's last, shorter batch.
  View first(Index count) const { return {data, count, cols}; }
  /// `count` rows from row `begin` on.
  View middle(Index begin, Index count) const { return {data + begin * cols, count, cols}; }
};

}  // namespace tinymlp

TINYMLP_BEGIN
using MatrixView = View<Scalar>;
using ConstMatrixView = View<const Scalar>;
TINYMLP_END
