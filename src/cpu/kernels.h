// Puts the SIMD kernels of the built-in formulas into the CPU's table.
#pragma once
#include "tinymlp/matrix.h"

TINYMLP_BEGIN

/// An explicit call: the linker drops those files of a static library that only register themselves.
void add_cpu_kernels();

TINYMLP_END
