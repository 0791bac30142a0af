#include "cpu/rows.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "cpu/simd.h"

TINYMLP_BEGIN

Scalar softmax_cross_entropy_rows(ConstMatrixView z, ConstMatrixView t, Scalar scale, MatrixView gradient, Index begin,
                                  Index end) {
  Scalar total = 0;
  for (Index i = begin; i < end; ++i) {
    const Scalar *zi = z.data + i * z.cols, *ti = t.data + i * z.cols;
    Scalar* gi = gradient.data + i * z.cols;
    Scalar largest = zi[0];  // subtracted from all, so that exp cannot overflow
    for (Index j = 1; j < z.cols; ++j) largest = std::max(largest, zi[j]);
    Batch sums(Scalar(0));
    for (Index j = 0; j < z.cols; j += lanes) {
      const Index width = std::min<Index>(lanes, z.cols - j);
      store_up_to(gi + j, xsimd::exp(load_up_to(zi + j, width) - Batch(largest)), width);
      sums += load_up_to(gi + j, width);
    }
    const Scalar norm = total_of(sums), log_norm = std::log(norm) + largest, inverse = 1 / norm;
    for (Index j = 0; j < z.cols; ++j) {
      total += ti[j] * (log_norm - zi[j]);
      gi[j] = scale * (gi[j] * inverse - ti[j]);
    }
  }
  return total;
}

Index count_correct_rows(ConstMatrixView prediction, ConstMatrixView target, Scalar threshold, Index begin, Index end) {
  if (prediction.cols == 1) {
    Batch right(Scalar(0));
    for (Index i = begin; i < end; i += lanes) {
      const Index count = std::min<Index>(lanes, end - i);
      const Batch p = load_up_to(prediction.data + i, count), t = load_up_to(target.data + i, count), limit(threshold);
      const Batch one = xsimd::select(xsimd::isnan(p), Batch(Scalar(0)), Batch(Scalar(1)));
      const Batch agrees = xsimd::select(p > limit, xsimd::select(t > limit, one, Batch(Scalar(0))),
                                         xsimd::select(t > limit, Batch(Scalar(0)), one));
      right += count == lanes ? agrees : keep_first(agrees, count);
    }
    return static_cast<Index>(total_of(right));
  }
  Index correct = 0;
  const auto largest = [](const Scalar* row, Index cols) {
    Index best = 0;
    for (Index j = 1; j < cols; ++j)
      if (row[j] > row[best]) best = j;
    return best;
  };
  for (Index i = begin; i < end; ++i) {
    const Scalar *p = prediction.data + i * prediction.cols, *t = target.data + i * target.cols;
    const Index best = largest(p, prediction.cols);
    correct += best == largest(t, target.cols) && !std::isnan(p[best]);
  }
  return correct;
}

namespace {
template <std::size_t bytes>  // rows of a few numbers: a copy of known size is one or two instructions
void gather_small(ConstMatrixView from, const std::int32_t* rows, MatrixView to, Index begin, Index end) {
  for (Index i = begin; i < end; ++i) std::memcpy(to.data + i * to.cols, from.data + Index{rows[i]} * from.cols, bytes);
}
}  // namespace

void gather_rows(ConstMatrixView from, const std::int32_t* rows, MatrixView to, Part part) {
  switch (to.cols) {
    case 1:
      return gather_small<sizeof(Scalar)>(from, rows, to, part.begin_row, part.end_row);
    case 2:
      return gather_small<2 * sizeof(Scalar)>(from, rows, to, part.begin_row, part.end_row);
    default:
      for (Index i = part.begin_row; i < part.end_row; ++i)
        std::copy_n(from.data + Index{rows[i]} * from.cols + part.begin_col, part.end_col - part.begin_col,
                    to.data + i * to.cols + part.begin_col);
  }
}

void gather_rows(View<const std::uint8_t> from, const std::int32_t* rows, MatrixView to, Part part) {
  constexpr Index ahead = 8, cache_line = 64;  // rows lie anywhere in memory: ask for them before they are needed
  for (Index i = part.begin_row; i < part.end_row; ++i) {
    const std::uint8_t* source = from.data + Index{rows[i]} * from.cols;
    const std::uint8_t* later = from.data + Index{rows[std::min(i + ahead, Index{to.rows} - 1)]} * from.cols;
    for (Index j = part.begin_col; j < part.end_col; j += cache_line) __builtin_prefetch(later + j);
    Scalar* target = to.data + i * to.cols;
    for (Index j = part.begin_col; j < part.end_col; ++j) target[j] = static_cast<Scalar>(source[j]) / Scalar(255);
  }
}

void sum_row_columns(ConstMatrixView a, MatrixView row, Index begin, Index end) {
  for (Index j = begin; j < end; j += lanes) {
    const Index width = std::min<Index>(lanes, end - j);
    Batch even(Scalar(0)), odd(Scalar(0));
    const auto at = [&](Index i) { return load_up_to(a.data + i * a.cols + j, width); };
    Index i = 0;
    for (; i + 1 < a.rows; i += 2) {
      even += at(i);
      odd += at(i + 1);
    }
    if (i < a.rows) even += at(i);
    store_up_to(row.data + j, even + odd, width);
  }
}

namespace {

#if defined(__AVX512F__) && !defined(TINYMLP_DOUBLE)
constexpr Index square = 16;
/// The transpose of `rows` of 16 rows of `cols` of 16 numbers. Rows change places with columns in blocks of 1, 2, 4
/// and 8.
void transpose_square(const Scalar* from, Index rows, Index cols, Index from_stride, Scalar* to, Index to_stride) {
  __m512 x[16], y[16];
  for (int i = 0; i < 16; ++i) x[i] = i < rows ? load_up_to(from + i * from_stride, cols) : Batch(Scalar(0));
  for (int i = 0; i < 16; i += 2) {
    y[i] = _mm512_unpacklo_ps(x[i], x[i + 1]);
    y[i + 1] = _mm512_unpackhi_ps(x[i], x[i + 1]);
  }
  const auto low = [](__m512 a, __m512 b) {
    return _mm512_castpd_ps(_mm512_unpacklo_pd(_mm512_castps_pd(a), _mm512_castps_pd(b)));
  };
  const auto high = [](__m512 a, __m512 b) {
    return _mm512_castpd_ps(_mm512_unpackhi_pd(_mm512_castps_pd(a), _mm512_castps_pd(b)));
  };
  for (int i = 0; i < 16; i += 4) {
    x[i] = low(y[i], y[i + 2]);
    x[i + 1] = high(y[i], y[i + 2]);
    x[i + 2] = low(y[i + 1], y[i + 3]);
    x[i + 3] = high(y[i + 1], y[i + 3]);
  }
  for (int i = 0; i < 16; i += 8)
    for (int j = i; j < i + 4; ++j) {
      y[j] = _mm512_shuffle_f32x4(x[j], x[j + 4], 0x88);
      y[j + 4] = _mm512_shuffle_f32x4(x[j], x[j + 4], 0xdd);
    }
  for (int j = 0; j < 8; ++j) {
    x[j] = _mm512_shuffle_f32x4(y[j], y[j + 8], 0x88);
    x[j + 8] = _mm512_shuffle_f32x4(y[j], y[j + 8], 0xdd);
  }
  for (int j = 0; j < 16; ++j)
    if (j < cols) store_up_to(to + j * to_stride, Batch(x[j]), rows);
}
#else
constexpr Index square = 16;  // both sides of it stay in cache
void transpose_square(const Scalar* from, Index rows, Index cols, Index from_stride, Scalar* to, Index to_stride) {
  for (Index j = 0; j < cols; ++j)
    for (Index i = 0; i < rows; ++i) to[j * to_stride + i] = from[i * from_stride + j];
}
#endif

}  // namespace

void transpose(const Scalar* from, Index rows, Index cols, Index from_stride, Scalar* to, Index to_stride) {
  for (Index i = 0; i < rows; i += square)
    for (Index j = 0; j < cols; j += square)
      transpose_square(from + i * from_stride + j, std::min(square, rows - i), std::min(square, cols - j), from_stride,
                       to + j * to_stride + i, to_stride);
}

void fill_rows(const Scalar* row, Scalar* c, Index rows, Index cols, Index c_stride) {
  for (Index j = 0; j < cols; j += lanes) {
    const Index width = std::min<Index>(lanes, cols - j);
    const Batch values = load_up_to(row + j, width);
    for (Index i = 0; i < rows; ++i) store_up_to(c + i * c_stride + j, values, width);
  }
}

TINYMLP_END
