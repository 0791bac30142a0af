// Kernels of your own on the GPU. In a .cu file, built as a shared library for load_kernels():
//   #include "cuda/kernels.cuh"
//   #include "swish.h"
//   TINYMLP_CUDA_KERNELS(add) { add.activation<Swish>(); }
// examples/swish_cuda has it whole.
#pragma once
#include "cuda/library.h"
#include "cuda/map.cuh"
#include "tinymlp/activation.h"
#include "tinymlp/loss.h"

TINYMLP_BEGIN

/// Puts kernels into the program's table.
class KernelAdder {
 public:
  explicit KernelAdder(AddKernel add) : add_(add) {}

  template <class Op>
  void formula() const {
    add_("cuda", Op::name(), sizeof(Op), &cuda_map<Op>);
  }
  template <class F>
  void activation() const {
    formula<ActivationForward<F>>();
    formula<ActivationBackward<F>>();
  }
  template <class F>
  void elementwise_loss() const {
    formula<MeanOverElements<F>>();
  }

 private:
  AddKernel add_;
};

TINYMLP_END

/// The body that follows adds this library's kernels; one use in a shared library.
#define TINYMLP_CUDA_KERNELS(adder)                                                                    \
  static void tinymlp_fill_kernels(const tinymlp::KernelAdder& adder);                                 \
  extern "C" [[gnu::visibility("default")]] const tinymlp::CudaKernelLibrary* tinymlp_cuda_kernels() { \
    static const tinymlp::CudaKernelLibrary library{                                                   \
        {}, [](tinymlp::AddKernel add) { tinymlp_fill_kernels(tinymlp::KernelAdder(add)); }};          \
    return &library;                                                                                   \
  }                                                                                                    \
  static void tinymlp_fill_kernels(const tinymlp::KernelAdder& adder)
