// Lets the host run ahead of the GPU, but not far: what it asks for, progress, a stop, a limit of time, then counts
// soon.
#pragma once
#include <cuda_runtime_api.h>

#include <array>
#include <cstddef>

#include "cuda/check.h"
#include "cuda/queue.h"

TINYMLP_BEGIN

class CudaFlights {
 public:
  CudaFlights() {
    for (cudaEvent_t& event : landed_) {
      const cudaError_t status = cudaEventCreateWithFlags(&event, cudaEventDisableTiming);
      if (status == cudaSuccess) continue;
      destroy();
      check(status, "cudaEventCreate");
    }
  }
  ~CudaFlights() { destroy(); }
  CudaFlights(const CudaFlights&) = delete;
  CudaFlights& operator=(const CudaFlights&) = delete;

  /// Queues the graph. Waits first until at most one of those launched before has not ended.
  void launch(cudaGraphExec_t graph, cudaStream_t stream) {
    check(cudaSetDevice(gpu_number), "cudaSetDevice");
    check(cudaEventSynchronize(landed_[next_]), "waiting for the GPU");  // at once where it was never recorded
    check(cudaGraphLaunch(graph, stream), "cudaGraphLaunch");
    check(cudaEventRecord(landed_[next_], stream), "cudaEventRecord");
    next_ = (next_ + 1) % landed_.size();
  }

 private:
  void destroy() {
    for (cudaEvent_t event : landed_)
      if (event) cudaEventDestroy(event);
  }

  std::array<cudaEvent_t, 2> landed_{};  // as many graphs as may be queued at a time
  std::size_t next_ = 0;
};

TINYMLP_END
