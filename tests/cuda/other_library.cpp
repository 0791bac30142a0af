// Libraries that the program must refuse: built for another version, or for other numbers.
#include "cuda/library.h"

extern "C" [[gnu::visibility("default")]] const tinymlp::CudaLibrary* tinymlp_cuda_library() {
  static const tinymlp::CudaLibrary library{{OTHER_VERSION, OTHER_BYTES}, nullptr, nullptr, nullptr};
  return &library;
}
