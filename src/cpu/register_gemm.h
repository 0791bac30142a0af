// Matrix products by SIMD code of our own: a few rows and two registers of columns of c at a time stay in registers
// while the summed dimension goes by. On processors with 32 registers of 512 bits it is as fast as libxsmm's code, for
// one column or one row two to five times as fast, and needs no code made at run time, which takes a fifth of a
// millisecond a shape.
#pragma once
#include "cpu/gemm.h"

TINYMLP_BEGIN

/// A GemmKernel: c = a b + row, aᵀ b + row or a bᵀ + row. The order of each sum depends on the shape alone.
void register_gemm(const GemmShape& shape, const void* code, const GemmOperands& operands);

TINYMLP_END
