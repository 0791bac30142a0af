// Matrix products by SIMD code of our own: a few rows and two registers of columns of c at a time stay in registers
// while the summed dimension goes by. With 32 registers of 512 bits it is as fast as libxsmm's code, for one column or
// one row two to five times as fast, and nothing is generated at the start, which took libxsmm 12 ms for a small
// network. With fewer and smaller registers libxsmm, which uses what the processor has whatever the build asks for, or
// Eigen are faster.
#pragma once
#include "cpu/gemm.h"

TINYMLP_BEGIN

/// A GemmKernel: c = a b + row, aᵀ b + row or a bᵀ + row. The order of each sum depends on the shape alone.
void register_gemm(const GemmShape& shape, const void* code, const GemmOperands& operands);

TINYMLP_END
