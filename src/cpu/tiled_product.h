// A product cut into tiles of c, for several threads. Where the sums are long, the summed dimension is cut as well,
// into two parts, so that of two threads each works on what it has written itself, and only sums of c cross from one
// core to the other: in x w on its half of the features and of the weights, in xᵀ dy, where dy is narrow, on its half
// of the samples.
#pragma once
#include <algorithm>

#include "cpu/gemm_cache.h"
#include "cpu/simd.h"

TINYMLP_BEGIN

constexpr int tile_rows = 64, tile_cols = 128;

// From how many multiply-adds on several threads are worth it. To hand out work takes a microsecond or two, and what
// one core has written must come to the other: below the first number a whole training step is faster on one.
constexpr Index large_product = 8 << 20;   // of the largest product at work
constexpr Index shared_product = 1 << 19;  // and, where that is large, of any product

/// Where the first part of so many rows or terms ends: as two threads share out rows of tiles.
constexpr int first_part(int size) { return (size + tile_rows - 1) / tile_rows / 2 * tile_rows; }
/// Whether rows are so long that sums over them may be cut into parts.
constexpr bool is_long(int size) { return size >= 512; }

class TiledProduct {
 public:
  /// Looks up the kernels in the cache, which belongs to the calling thread: at most four for each part.
  TiledProduct(const GemmShape& whole, const GemmOperands& operands, GemmCache& cache)
      : whole_(whole),
        operands_(operands),
        down_(count(whole.rows, tile_rows)),
        across_(count(whole.cols, tile_cols)),
        in_parts_(is_summed_in_parts(whole)),
        depth_(in_parts_ ? first_part(whole.depth) : whole.depth) {
    for (const Index i : {Index{0}, down_ - 1})
      for (const Index j : {Index{0}, across_ - 1}) {
        GemmShape tile = whole;
        tile.rows = static_cast<int>(rows_of(i));
        tile.cols = static_cast<int>(cols_of(j));
        tile.depth = depth_;
        plan(0, i, j) = cache[tile];
        if (!in_parts_) continue;
        tile.depth = whole.depth - depth_;
        tile.adds_row = false;
        plan(1, i, j) = cache[tile];
      }
  }

  static bool is_cut(const GemmShape& whole) { return whole.rows > tile_rows || whole.cols > tile_cols; }
  bool in_parts() const { return in_parts_; }
  Index tiles() const { return down_ * across_; }
  Index rows_of_tiles() const { return down_; }

  /// One tile's sums over the first part, or the whole, of the summed dimension.
  void compute(Index tile) const { run(0, tile, operands_.c); }
  /// Its sums over the second part, to its place in `sums`, which is laid out as c.
  void compute_second_part(Index tile, Scalar* sums) const { run(1, tile, sums); }
  /// Adds them to c.
  void add_second_part(Index tile, const Scalar* sums) const {
    const Index i = tile / across_, j = tile % across_, first = at(i, j), cols = cols_of(j);
    for (Index k = 0; k < rows_of(i); ++k) {
      Scalar* const c = operands_.c + first + k * whole_.c_stride;
      const Scalar* const added = sums + first + k * whole_.c_stride;
      for (Index l = 0; l < cols; l += lanes) {
        const Index width = std::min<Index>(lanes, cols - l);
        store_up_to(c + l, load_up_to(c + l, width) + load_up_to(added + l, width), width);
      }
    }
  }

 private:
  static bool is_summed_in_parts(const GemmShape& s) {
    // The rows · cols sums of c are fewer than the depth · rows numbers of a that would cross instead.
    if (s.a_transposed) return s.size() >= shared_product && s.depth >= std::max(128, 4 * s.cols);
    // The same, compared with the depth · cols numbers of b.
    return s.size() >= large_product && !s.b_transposed && is_long(s.depth) && s.depth >= 2 * s.rows;
  }
  static Index count(Index size, Index of_tile) { return (size + of_tile - 1) / of_tile; }
  Index rows_of(Index i) const { return std::min<Index>(tile_rows, whole_.rows - i * tile_rows); }
  Index cols_of(Index j) const { return std::min<Index>(tile_cols, whole_.cols - j * tile_cols); }
  Index at(Index i, Index j) const { return i * tile_rows * whole_.c_stride + j * tile_cols; }
  GemmPlan& plan(std::size_t part, Index i, Index j) { return plans_[part][i == down_ - 1][j == across_ - 1]; }
  const GemmPlan& plan(std::size_t part, Index i, Index j) const {
    return plans_[part][i == down_ - 1][j == across_ - 1];
  }

  void run(std::size_t part, Index tile, Scalar* to) const {
    const Index i = tile / across_, j = tile % across_, first_row = i * tile_rows, first_col = j * tile_cols;
    const Scalar* const a = operands_.a + first_row * (whole_.a_transposed ? 1 : whole_.a_stride);
    const Scalar* const b = operands_.b + first_col * (whole_.b_transposed ? whole_.b_stride : 1);
    if (part == 0)
      plan(0, i, j)({a, b, operands_.row ? operands_.row + first_col : nullptr, to + at(i, j)});
    else
      plan(1, i, j)({a + depth_ * (whole_.a_transposed ? Index{whole_.a_stride} : 1),
                     b + Index{depth_} * whole_.b_stride, nullptr, to + at(i, j)});
  }

  GemmShape whole_;
  GemmOperands operands_;
  Index down_, across_;  // tiles
  bool in_parts_;
  int depth_;                // of the first part
  GemmPlan plans_[2][2][2];  // of a part, in the last row of tiles or before, in the last column or before
};

TINYMLP_END
