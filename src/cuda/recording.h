// Work recorded as a CUDA graph: all its kernels are queued by a single call.
#pragma once
#include <cuda_runtime_api.h>

#include <functional>

#include "cuda/flights.h"
#include "tinymlp/device.h"

TINYMLP_BEGIN

class CudaRecording final : public Recording {
 public:
  /// Calls `work`, which queues on `stream`, and keeps what it queues instead of running it. `flights` must outlive it.
  CudaRecording(cudaStream_t stream, CudaFlights& flights, const std::function<void()>& work);
  ~CudaRecording() override;
  CudaRecording(const CudaRecording&) = delete;
  CudaRecording& operator=(const CudaRecording&) = delete;
  void run() override;

 private:
  cudaStream_t stream_;
  CudaFlights& flights_;
  cudaGraphExec_t graph_ = nullptr;
};

TINYMLP_END
