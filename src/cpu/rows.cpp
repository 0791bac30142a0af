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
    const Scalar norm = xsimd::hadd(sums), log_norm = std::log(norm) + largest, inverse = 1 / norm;
    for (Index j = 0; j < z.cols; ++j) {
      total += ti[j] * (log_norm - zi[j]);
      gi[j] = scale * (gi[j] * inverse - ti[j]);
    }
  }
  return total;
}

Index count_correct_rows(ConstMatrixView prediction, ConstMatrixView target, Scalar threshold, Index begin, Index end) {
  Index correct = 0;
  if (prediction.cols == 1) {
    for (Index i = begin; i < end; ++i) {
      const Scalar p = prediction.data[i];
      correct += (p > threshold) == (target.data[i] > threshold) && !std::isnan(p);
    }
    return correct;
  }
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

void gather_rows(ConstMatrixView from, const std::int32_t* rows, MatrixView to, Index begin, Index end) {
  switch (to.cols) {
    case 1:
      return gather_small<sizeof(Scalar)>(from, rows, to, begin, end);
    case 2:
      return gather_small<2 * sizeof(Scalar)>(from, rows, to, begin, end);
    default:
      for (Index i = begin; i < end; ++i)
        std::copy_n(from.data + Index{rows[i]} * from.cols, to.cols, to.data + i * to.cols);
  }
}

void gather_rows(View<const std::uint8_t> from, const std::int32_t* rows, MatrixView to, Index begin, Index end) {
  constexpr Index ahead = 4, cache_line = 64;  // rows lie anywhere in memory: ask for them before they are needed
  for (Index i = begin; i < end; ++i) {
    const std::uint8_t* source = from.data + Index{rows[i]} * from.cols;
    const std::uint8_t* later = from.data + Index{rows[std::min(i + ahead, end - 1)]} * from.cols;
    for (Index j = 0; j < to.cols; j += cache_line) __builtin_prefetch(later + j);
    Scalar* target = to.data + i * to.cols;
    for (Index j = 0; j < to.cols; ++j) target[j] = static_cast<Scalar>(source[j]) / Scalar(255);
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

void transpose(ConstMatrixView from, Scalar* to) {
  constexpr Index block = 16;  // both sides of a block stay in cache
  for (Index i0 = 0; i0 < from.rows; i0 += block)
    for (Index j0 = 0; j0 < from.cols; j0 += block)
      for (Index j = j0; j < std::min<Index>(from.cols, j0 + block); ++j)
        for (Index i = i0; i < std::min<Index>(from.rows, i0 + block); ++i)
          to[j * from.rows + i] = from.data[i * from.cols + j];
}

void fill_rows(const Scalar* row, Scalar* c, Index rows, Index cols, Index c_stride) {
  for (Index j = 0; j < cols; j += lanes) {
    const Index width = std::min<Index>(lanes, cols - j);
    const Batch values = load_up_to(row + j, width);
    for (Index i = 0; i < rows; ++i) store_up_to(c + i * c_stride + j, values, width);
  }
}

TINYMLP_END
