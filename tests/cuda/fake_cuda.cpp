// Streams, graphs, devices and their errors.
#include "fake_cuda.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "cuda_emulation.h"
#include "fake_memory.h"

using tinymlp::fake_cuda::Counts;
using tinymlp::fake_cuda::injected_failure;
using Work = std::function<void()>;

// What the handles of cuda_runtime_api.h point to.
struct CUstream_st {
  int gpu = 0;
  std::vector<Work> queued;
  long begun = 0;  // pieces of work that were taken out of `queued`
  bool recording = false, recording_failed = false;
  std::vector<Work> recorded;
};
struct CUevent_st {
  CUstream_st* stream = nullptr;
  long pieces = 0;  // of the stream's work, that come before it
};
struct CUgraph_st {
  std::vector<Work> nodes;
};
struct CUgraphExec_st {
  std::vector<Work> nodes;
};

namespace tinymlp::fake_cuda {

namespace {

struct Failure {
  int status, calls_before;
};
std::multimap<std::string, Failure> failures;
std::vector<CUstream_st*> streams;
long objects = 0;
cudaError_t broken = cudaSuccess;  // a kernel failed: every call reports it from then on
std::string fault;
thread_local int gpu_of_thread = 0;

/// Runs the first `pieces` of what is queued on the stream.
cudaError_t drain(CUstream_st& stream, long pieces) {
  const auto end = stream.queued.begin() + std::min(pieces, static_cast<long>(stream.queued.size()));
  const std::vector<Work> queued(stream.queued.begin(), end);
  stream.queued.erase(stream.queued.begin(), end);
  stream.begun += static_cast<long>(queued.size());
  const DeviceMemoryAccess access;
  try {
    for (const Work& work : queued)
      if (broken == cudaSuccess) work();
  } catch (const emulation::Fault& error) {
    broken = cudaErrorLaunchFailure;
    fault = error.what();
  }
  return broken;
}
cudaError_t drain(CUstream_st& stream) { return drain(stream, static_cast<long>(stream.queued.size())); }

}  // namespace

int current_gpu() { return gpu_of_thread; }

Counts& counts() {
  static Counts the_counts;
  return the_counts;
}
Pretence& pretence() {
  static Pretence the_pretence;
  return the_pretence;
}

void restart() {
  counts() = {};
  pretence() = {};
  failures.clear();
  broken = cudaSuccess;
}

void fail(const std::string& function, int status, int calls_before) {
  failures.insert({function, {status, calls_before}});
}
bool all_failures_happened() { return failures.empty(); }

int injected_failure(const char* function) {
  const auto [begin, end] = failures.equal_range(function);
  for (auto it = begin; it != end; ++it)
    if (it->second.calls_before-- == 0) {
      const int status = it->second.status;
      failures.erase(it);
      return status;
    }
  return 0;
}

void object_made(int difference) { objects += difference; }
long live_objects() { return objects; }

cudaError_t queue_work(cudaStream_t stream, Work work) {
  if (broken != cudaSuccess) return broken;
  if (stream->gpu != gpu_of_thread) return cudaErrorInvalidResourceHandle;
  if (stream->recording) {
    stream->recorded.push_back(std::move(work));
  } else {
    ++counts().queued;
    stream->queued.push_back(std::move(work));
  }
  return cudaSuccess;
}

/// What a recording stream forbids: it makes the recording fail as well.
bool forbidden_while_recording() {
  bool any = false;
  for (CUstream_st* stream : streams)
    if (stream->recording) stream->recording_failed = any = true;
  return any;
}

cudaError_t drain_all() {
  for (CUstream_st* stream : streams) drain(*stream);
  return broken;
}

}  // namespace tinymlp::fake_cuda

cudaError_t tinymlp::emulation::queue_kernel(cudaStream_t stream, Work kernel) {
  if (const int status = injected_failure("kernel")) return static_cast<cudaError_t>(status);
  return fake_cuda::queue_work(stream, [kernel = std::move(kernel)] {
    if (fake_cuda::pretence().runs_kernels) kernel();
  });
}

using namespace tinymlp::fake_cuda;

#define FAIL_IF_ASKED(function)             \
  if (broken != cudaSuccess) return broken; \
  if (const int status = injected_failure(function)) return static_cast<cudaError_t>(status)

extern "C" {

cudaError_t cudaRuntimeGetVersion(int* version) {
  FAIL_IF_ASKED("cudaRuntimeGetVersion");
  *version = CUDART_VERSION;
  return cudaSuccess;
}
cudaError_t cudaDriverGetVersion(int* version) {
  FAIL_IF_ASKED("cudaDriverGetVersion");
  *version = pretence().driver_version;
  return cudaSuccess;
}
cudaError_t cudaGetDeviceCount(int* count) {
  FAIL_IF_ASKED("cudaGetDeviceCount");
  *count = 0;
  if (pretence().driver_version < CUDART_VERSION) return cudaErrorInsufficientDriver;
  *count = static_cast<int>(pretence().gpus.size());
  return *count > 0 ? cudaSuccess : cudaErrorNoDevice;
}
cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int number) {
  FAIL_IF_ASKED("cudaGetDeviceProperties");
  const Gpu& gpu = pretence().gpus.at(static_cast<std::size_t>(number));
  *properties = {};
  gpu.name.copy(properties->name, sizeof properties->name - 1);
  properties->totalGlobalMem = gpu.memory;
  properties->major = gpu.capability_major;
  properties->minor = gpu.capability_minor;
  properties->multiProcessorCount = 1;
  return cudaSuccess;
}
cudaError_t cudaSetDevice(int number) {
  FAIL_IF_ASKED("cudaSetDevice");
  gpu_of_thread = number;
  return cudaSuccess;
}
cudaError_t cudaGetLastError() { return broken; }
const char* cudaGetErrorName(cudaError_t status) {
  return status == cudaErrorMemoryAllocation ? "cudaErrorMemoryAllocation" : "cudaErrorOfTheStandIn";
}
const char* cudaGetErrorString(cudaError_t status) {
  return status == cudaErrorLaunchFailure && !fault.empty() ? fault.c_str() : "the stand-in was told to fail";
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned) {
  FAIL_IF_ASKED("cudaStreamCreateWithFlags");
  streams.push_back(*stream = new CUstream_st);
  (*stream)->gpu = gpu_of_thread;
  object_made(1);
  return cudaSuccess;
}
cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  drain(*stream);
  std::erase(streams, stream);
  delete stream;
  object_made(-1);
  return cudaSuccess;
}
cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  if (broken != cudaSuccess) return broken;
  if (const int status = injected_failure("cudaStreamSynchronize")) {  // a GPU that fails does not go on with its work
    stream->queued.clear();
    return static_cast<cudaError_t>(status);
  }
  if (forbidden_while_recording()) return cudaErrorStreamCaptureUnsupported;
  ++counts().waits;
  return drain(*stream);
}

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned) {
  *event = nullptr;
  FAIL_IF_ASKED("cudaEventCreateWithFlags");
  *event = new CUevent_st;
  object_made(1);
  return cudaSuccess;
}
cudaError_t cudaEventDestroy(cudaEvent_t event) {
  delete event;
  object_made(-1);
  return cudaSuccess;
}
cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  FAIL_IF_ASKED("cudaEventRecord");
  *event = {stream, stream->begun + static_cast<long>(stream->queued.size())};
  return cudaSuccess;
}
cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  FAIL_IF_ASKED("cudaEventSynchronize");
  if (forbidden_while_recording()) return cudaErrorStreamCaptureUnsupported;
  if (!event->stream || event->pieces <= event->stream->begun) return broken;
  return drain(*event->stream, event->pieces - event->stream->begun);
}

cudaError_t cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode) {
  FAIL_IF_ASKED("cudaStreamBeginCapture");
  if (stream->recording) return cudaErrorIllegalState;
  stream->recording = true;
  stream->recording_failed = false;
  stream->recorded.clear();
  return cudaSuccess;
}
cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* graph) {
  *graph = nullptr;
  if (!stream->recording) return cudaErrorIllegalState;
  stream->recording = false;
  FAIL_IF_ASKED("cudaStreamEndCapture");
  if (stream->recording_failed) return cudaErrorStreamCaptureInvalidated;
  *graph = new CUgraph_st{std::exchange(stream->recorded, {})};
  object_made(1);
  return cudaSuccess;
}
cudaError_t cudaGraphInstantiate(cudaGraphExec_t* executable, cudaGraph_t graph, unsigned long long) {
  *executable = nullptr;
  FAIL_IF_ASKED("cudaGraphInstantiate");
  *executable = new CUgraphExec_st{graph->nodes};
  ++counts().graphs_made;
  counts().graph_nodes += static_cast<long>(graph->nodes.size());
  object_made(1);
  return cudaSuccess;
}
cudaError_t cudaGraphLaunch(cudaGraphExec_t executable, cudaStream_t stream) {
  FAIL_IF_ASKED("cudaGraphLaunch");
  if (stream->gpu != gpu_of_thread) return cudaErrorInvalidResourceHandle;
  ++counts().graphs_queued;
  counts().most_graphs_in_flight = std::max(counts().most_graphs_in_flight, ++counts().graphs_in_flight);
  stream->queued.insert(stream->queued.end(), executable->nodes.begin(), executable->nodes.end());
  stream->queued.emplace_back([] { --counts().graphs_in_flight; });
  return cudaSuccess;
}
cudaError_t cudaGraphDestroy(cudaGraph_t graph) {
  delete graph;
  object_made(-1);
  return cudaSuccess;
}
cudaError_t cudaGraphExecDestroy(cudaGraphExec_t executable) {
  if (executable) object_made(-1);
  delete executable;
  return cudaSuccess;
}

}  // extern "C"
