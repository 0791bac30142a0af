// Eigen in a namespace of our own. How it lays out and frees memory depends on the processor that a file is compiled
// for, but its functions' names do not, so that the linker would take one file's for another's: what the one allocated
// the other could not free. src/cpu/gemm.cpp, compiled for another processor than the rest, has another one; users' own
// Eigen is none of them.
#pragma once
#ifdef EIGEN_WORLD_VERSION
#error "Eigen is included already"
#endif
#define Eigen tinymlp_eigen
#include <Eigen/Dense>
