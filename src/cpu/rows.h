// The CPU's work on whole rows: softmax cross-entropy, counting right predictions, gathering, sums, transposes. Each
// function does a range of rows, so that threads can share them.
#pragma once
#include "tinymlp/matrix.h"

TINYMLP_BEGIN

/// gradient = scale (softmax(z) - t) for rows [begin, end); returns -Σ t log softmax(z) over them.
Scalar softmax_cross_entropy_rows(ConstMatrixView z, ConstMatrixView t, Scalar scale, MatrixView gradient, Index begin,
                                  Index end);
/// How many of the rows [begin, end) name the same class in both: see Device::count_correct.
Index count_correct_rows(ConstMatrixView prediction, ConstMatrixView target, Scalar threshold, Index begin, Index end);
/// Part of a matrix: rows [begin_row, end_row), columns [begin_col, end_col).
struct Part {
  int begin_row, end_row, begin_col, end_col;
};
/// That part of `to`, all columns where there are one or two: toᵢ = from[rowsᵢ], or that / 255.
void gather_rows(ConstMatrixView from, const std::int32_t* rows, MatrixView to, Part part);
void gather_rows(View<const std::uint8_t> from, const std::int32_t* rows, MatrixView to, Part part);
/// row = Σᵢ aᵢ, columns [begin, end) of it.
void sum_row_columns(ConstMatrixView a, MatrixView row, Index begin, Index end);
/// to = fromᵀ; from: (rows, cols), to: (cols, rows), each with its step from row to row.
void transpose(const Scalar* from, Index rows, Index cols, Index from_stride, Scalar* to, Index to_stride);
/// Rows [0, rows) of c, cols columns of each, become copies of `row`; c_stride from row to row.
void fill_rows(const Scalar* row, Scalar* c, Index rows, Index cols, Index c_stride);

TINYMLP_END
