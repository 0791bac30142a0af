// What the CPU device computes with.
#pragma once
#include <string>

#include "tinymlp/matrix.h"

TINYMLP_BEGIN

struct CpuInfo {
  std::string model;         // "AMD EPYC 9R14"; empty where the system does not tell
  int cores = 1;             // that the system lets run at a time
  std::string instructions;  // the SIMD instructions that the CPU device was compiled for: "avx512bw"
  int lanes = 1;             // numbers in one of their registers
  std::string products;      // what computes matrix products: "our own kernels", "libxsmm for hsw", "Eigen"
};

CpuInfo cpu_info();

TINYMLP_END
