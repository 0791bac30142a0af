#include "cpu/register_gemm.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "cpu/rows.h"
#include "cpu/simd.h"

TINYMLP_BEGIN

namespace {

/// Calls f(0), f(1), …, f(count - 1) with constants, so that arrays indexed by them live in registers.
template <int count, class F>
[[gnu::always_inline]] inline void unrolled(const F& f) {
  [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline)) {
    (f(std::integral_constant<int, i>()), ...);
  }(std::make_integer_sequence<int, count>());
}

// ---- one row, one column ----

/// `across` registers of the only row of c, whose numbers of a are `step` apart. `chains` partial sums each, so that
/// additions need not wait for each other.
template <int across, int chains, bool full>
void part_of_row(Index depth, Index step, Index b_stride, const Scalar* a, const Scalar* b, const Scalar* row,
                 Scalar* c, Index width) {
  const auto get = [&](const Scalar* from, int j) {
    return full || j + 1 < across ? load(from + j * lanes) : load_first(from + j * lanes, width);
  };
  Batch sums[across][chains];
  unrolled<across>([&](auto j) {
    sums[j][0] = row ? get(row, j) : Batch(Scalar(0));
    unrolled<chains - 1>([&](auto p) { sums[j][p + 1] = Batch(Scalar(0)); });
  });
  const auto add = [&](auto p) __attribute__((always_inline)) {
    unrolled<across>([&](auto j) { sums[j][p] = multiply_add(Batch(*a), get(b, j), sums[j][p]); });
    a += step;
    b += b_stride;
  };
  Index k = depth;
  for (; k >= chains; k -= chains) unrolled<chains>(add);
  unrolled<chains - 1>([&](auto p) {
    if (k > p) add(p);
  });
  unrolled<across>([&](auto j) {
    if constexpr (chains == 4) {
      sums[j][0] += sums[j][2];
      sums[j][1] += sums[j][3];
    }
    const Batch total = sums[j][0] + sums[j][1];
    Scalar* const to = c + j * lanes;
    full || j + 1 < across ? store(to, total) : store_first(to, total, width);
  });
}

void one_row(Index cols, Index depth, Index step, Index b_stride, const GemmOperands& o) {
  Index j = 0;
  const auto row_from = [&] { return o.row ? o.row + j : nullptr; };
  for (; j + 4 * lanes <= cols; j += 4 * lanes)
    part_of_row<4, 2, true>(depth, step, b_stride, o.a, o.b + j, row_from(), o.c + j, lanes);
  for (; j + lanes <= cols; j += lanes)
    part_of_row<1, 4, true>(depth, step, b_stride, o.a, o.b + j, row_from(), o.c + j, lanes);
  if (j < cols) part_of_row<1, 4, false>(depth, step, b_stride, o.a, o.b + j, row_from(), o.c + j, cols - j);
}

/// The totals of `count` rows of a times b, both with their numbers side by side; of fewer than four, zeros follow.
template <int count>
std::array<Scalar, 4> dot_products(const Scalar* a, Index a_stride, const Scalar* b, Index depth) {
  Batch even[4], odd[4];
  unrolled<4>([&](auto i) { even[i] = odd[i] = Batch(Scalar(0)); });
  const auto add = [&](Batch* sums, Index k, Batch of_b, const auto& get) __attribute__((always_inline)) {
    unrolled<count>([&](auto i) { sums[i] = multiply_add(get(a + i * a_stride + k), of_b, sums[i]); });
  };
  const auto whole = [](const Scalar* from) { return load(from); };
  Index k = 0;
  for (; k + 2 * lanes <= depth; k += 2 * lanes) {
    add(even, k, load(b + k), whole);
    add(odd, k + lanes, load(b + k + lanes), whole);
  }
  if (k + lanes <= depth) {
    add(even, k, load(b + k), whole);
    k += lanes;
  }
  if (const Index rest = depth - k; rest > 0)
    add(odd, k, load_first(b + k, rest), [rest](const Scalar* from) { return load_first(from, rest); });
  return sums_of_4(even[0] + odd[0], even[1] + odd[1], even[2] + odd[2], even[3] + odd[3]);
}

/// cᵢ = the sum over k of aᵢₖ bₖ, for b's numbers in a row; cᵢ are `c_step` apart, numbers of the row added `row_step`.
void one_column(Index rows, Index depth, Index a_stride, Index row_step, Index c_step, const GemmOperands& o) {
  const auto put = [&](Index i, Scalar total) { o.c[i * c_step] = (o.row ? o.row[i * row_step] : Scalar(0)) + total; };
  Index i = 0;
  for (; i + 4 <= rows; i += 4) {
    const auto totals = dot_products<4>(o.a + i * a_stride, a_stride, o.b, depth);
    unrolled<4>([&](auto j) { put(i + j, totals[j]); });
  }
  for (; i < rows; ++i) put(i, dot_products<1>(o.a + i * a_stride, a_stride, o.b, depth)[0]);
}

// ---- blocks ----

constexpr Index panel_cols = 2 * lanes;

/// A piece of a product: `depth` terms of the sums of `rows` rows of a panel, which is at most two registers wide.
struct Piece {
  /// All rows and terms of the panel that begins at column j.
  Piece(const GemmShape& s, const GemmOperands& o, Index j)
      : rows(s.rows),
        depth(s.depth),
        a_stride(s.a_stride),
        b_stride(s.b_stride),
        c_stride(s.c_stride),
        a(o.a),
        b(o.b + j * (s.b_transposed ? s.b_stride : 1)),
        row(o.row ? o.row + j : nullptr),
        c(o.c + j),
        cols(std::min(panel_cols, s.cols - j)),
        across(cols > lanes ? 2 : 1),
        width(cols - (across - 1) * lanes) {}

  Index rows, depth, a_stride, b_stride, c_stride;
  const Scalar *a, *b;
  const Scalar* row;  // what the sums begin with, the same for all rows; null for zeros
  Scalar* c;
  bool go_on = false;  // the sums begin with what c holds
  Index cols;
  Index across, width;  // registers, and columns in the last one
};

/// `height` rows and `across` registers of columns. Each has `chains` partial sums.
template <bool transposed, int height, int across, int chains, bool full>
void block(const Piece& piece) {
  const Index a_stride = piece.a_stride, b_stride = piece.b_stride, c_stride = piece.c_stride, width = piece.width;
  const auto get = [&](const Scalar* from, auto j) {
    return full || j + 1 < across ? load(from + j * lanes) : load_first(from + j * lanes, width);
  };
  Batch sums[chains][height][across];
  unrolled<across>([&](auto j) {
    const Batch first = piece.row ? get(piece.row, j) : Batch(Scalar(0));
    unrolled<height>([&](auto i) {
      sums[0][i][j] = piece.go_on ? get(piece.c + i * c_stride, j) : first;
      unrolled<chains - 1>([&](auto p) { sums[p + 1][i][j] = Batch(Scalar(0)); });
    });
  });
  // Four rows of a have a pointer in common: sixteen would not fit in registers.
  constexpr int groups = transposed ? 1 : (height + 3) / 4;
  const Scalar *b = piece.b, *a[groups];
  unrolled<groups>([&](auto g) { a[g] = piece.a + g * 4 * a_stride; });
  const auto add = [&](auto p) __attribute__((always_inline)) {
    Batch row_of_b[across];  // NOLINT(misc-const-correctness): written in the next line
    unrolled<across>([&](auto j) { row_of_b[j] = get(b, j); });
    unrolled<height>([&](auto i) {
      const Batch one(transposed ? a[0][i] : a[i / 4][i % 4 * a_stride]);
      unrolled<across>([&](auto j) { sums[p][i][j] = multiply_add(one, row_of_b[j], sums[p][i][j]); });
    });
    unrolled<groups>([&](auto g) { a[g] += transposed ? a_stride : 1; });
    b += b_stride;
  };
  Index k = piece.depth;
  for (; k >= chains; k -= chains) unrolled<chains>(add);
  for (; k > 0; --k) add(std::integral_constant<int, 0>());
  unrolled<height>([&](auto i) {
    unrolled<across>([&](auto j) {
      Batch total = sums[0][i][j];
      unrolled<chains - 1>([&](auto p) { total += sums[p + 1][i][j]; });
      Scalar* const to = piece.c + i * c_stride + j * lanes;
      full || j + 1 < across ? store(to, total) : store_first(to, total, width);
    });
  });
}

// Rows of a block: as many sums as hide the time that an addition takes, and leave registers for a and b.
constexpr int registers = lanes * Index{sizeof(Scalar)} == 64 ? 32 : 16;
template <int across>
constexpr int tallest = registers == 32 ? (across == 1 ? 16 : 8) : (across == 1 ? 8 : 4);

/// The rows that are left in blocks of `height`, then what remains in lower ones, which have more chains each.
template <bool transposed, int across, bool full, int height = tallest<across>>
void rows_of_blocks(Piece& piece) {
  constexpr int chains = std::max(1, std::min(4, 8 / (height * across)));
  while (piece.rows >= height) {
    block<transposed, height, across, chains, full>(piece);
    piece.rows -= height;
    piece.a += height * (transposed ? 1 : piece.a_stride);
    piece.c += height * piece.c_stride;
  }
  if constexpr (height > 1)
    if (piece.rows > 0) rows_of_blocks<transposed, across, full, height / 2>(piece);
}

template <bool transposed>
void panel(Piece& piece) {
  const bool full = piece.width == lanes;
  if (piece.across == 2)
    full ? rows_of_blocks<transposed, 2, true>(piece) : rows_of_blocks<transposed, 2, false>(piece);
  else
    full ? rows_of_blocks<transposed, 1, true>(piece) : rows_of_blocks<transposed, 1, false>(piece);
}

void multiply(bool a_transposed, Piece& piece) { a_transposed ? panel<true>(piece) : panel<false>(piece); }

// A panel of b that is used often is first copied: its rows then follow each other and stay in the nearest cache.
constexpr Index panel_depth = 192;

/// Where b's rows lie 2 KiB apart or more, they displace each other from the nearest cache.
bool is_worth_copying(const GemmShape& s) {
  return s.b_stride * Index{sizeof(Scalar)} >= 2048 && s.rows >= 32 && s.depth >= 32;
}

[[gnu::noinline]] void copying(const GemmShape& s, const GemmOperands& o) {
  alignas(64) Scalar copied[panel_depth * panel_cols];
  for (Index k = 0; k < s.depth; k += panel_depth)
    for (Index j = 0; j < s.cols; j += panel_cols) {
      Piece piece(s, o, j);
      piece.depth = std::min(panel_depth, s.depth - k);
      piece.a += k * (s.a_transposed ? s.a_stride : 1);
      piece.b += k * (s.b_transposed ? 1 : s.b_stride);
      piece.go_on = k > 0;
      const Index stride = piece.across * lanes;
      if (s.b_transposed)
        transpose(piece.b, piece.cols, piece.depth, s.b_stride, copied, stride);
      else
        for (Index i = 0; i < piece.depth; ++i) {
          const Scalar* const from = piece.b + i * s.b_stride;
          if (piece.across == 2) store(copied + i * stride, load(from));
          store(copied + (i + 1) * stride - lanes, load_up_to(from + stride - lanes, piece.width));
        }
      piece.b = copied;
      piece.b_stride = stride;
      multiply(s.a_transposed, piece);
    }
}

}  // namespace

void register_gemm(const GemmShape& s, const void*, const GemmOperands& o) {
  if (s.cols == 1 && (s.b_stride == 1 || s.b_transposed) && !s.a_transposed)
    return one_column(s.rows, s.depth, s.a_stride, 0, s.c_stride, o);
  if (s.cols == 1 && s.c_stride == 1 && s.a_transposed && !s.b_transposed && !o.row)  // cᵀ = bᵀ a
    return one_row(s.rows, s.depth, s.b_stride, s.a_stride, {o.b, o.a, nullptr, o.c});
  if (s.rows == 1 && s.b_transposed && !s.a_transposed)  // cᵀ = b aᵀ
    return one_column(s.cols, s.depth, s.b_stride, 1, 1, {o.b, o.a, o.row, o.c});
  if (s.rows == 1 && !s.b_transposed) return one_row(s.cols, s.depth, s.a_transposed ? s.a_stride : 1, s.b_stride, o);

  if (s.b_transposed || is_worth_copying(s)) return copying(s, o);
  for (Index j = 0; j < s.cols; j += panel_cols) {
    Piece piece(s, o, j);
    multiply(s.a_transposed, piece);
  }
}

TINYMLP_END
