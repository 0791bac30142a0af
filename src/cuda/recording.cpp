#include "cuda/recording.h"

#include "cuda/check.h"

TINYMLP_BEGIN

namespace {

/// What `work` queues on `stream`, as a graph that the caller destroys.
cudaGraph_t capture(cudaStream_t stream, const std::function<void()>& work) {
  check(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal), "cudaStreamBeginCapture");
  cudaGraph_t graph = nullptr;
  try {
    work();
  } catch (...) {
    cudaStreamEndCapture(stream, &graph);  // the stream must run again what is queued
    if (graph) cudaGraphDestroy(graph);
    cudaGetLastError();
    throw;
  }
  check(cudaStreamEndCapture(stream, &graph), "cudaStreamEndCapture");
  return graph;
}

}  // namespace

CudaRecording::CudaRecording(cudaStream_t stream, CudaFlights& flights, const std::function<void()>& work)
    : stream_(stream), flights_(flights) {
  cudaGraph_t graph = capture(stream, work);
  const cudaError_t status = cudaGraphInstantiate(&graph_, graph, 0);
  cudaGraphDestroy(graph);
  check(status, "cudaGraphInstantiate");
}

CudaRecording::~CudaRecording() { cudaGraphExecDestroy(graph_); }

void CudaRecording::run() { flights_.launch(graph_, stream_); }

TINYMLP_END
