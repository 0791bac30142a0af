// The GPU's work on whole rows: each function queues one or two kernels. What they compute stands in tinymlp/device.h.
#pragma once
#include "cuda/queue.h"

TINYMLP_BEGIN

/// xᵢ = inputs[rowsᵢ] and tᵢ = targets[rowsᵢ]; t may have no columns, and is then left out.
void gather_rows(const CudaQueue& queue, ConstMatrixView inputs, ConstMatrixView targets, const std::int32_t* rows,
                 MatrixView x, MatrixView t);
void gather_rows(const CudaQueue& queue, View<const std::uint8_t> inputs, ConstMatrixView targets,
                 const std::int32_t* rows, MatrixView x, MatrixView t);
/// row = Σᵢ aᵢ
void sum_rows(const CudaQueue& queue, ConstMatrixView a, MatrixView row);
/// Each row of c becomes `row`.
void fill_rows(const CudaQueue& queue, ConstMatrixView row, MatrixView c);

void softmax_cross_entropy(const CudaQueue& queue, ConstMatrixView z, ConstMatrixView t, Scalar* value,
                           MatrixView gradient);
void count_correct(const CudaQueue& queue, ConstMatrixView prediction, ConstMatrixView target, Scalar threshold,
                   Scalar* count);

TINYMLP_END
