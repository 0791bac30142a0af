// Puts the CUDA kernels of the built-in formulas into the program's table.
#pragma once
#include "cuda/library.h"

TINYMLP_BEGIN

void add_builtin_kernels(AddKernel add);

TINYMLP_END
