// A stand-in for CUDA's runtime and cublasLt, linked instead of them: it does on the processor what they would do on a
// GPU, counts what it is asked for, and fails when told to. Its device memory cannot be touched from the outside, and
// queued work runs only when the host waits, so that code that would be wrong on a GPU is wrong here, too.
#pragma once
#include <cublasLt.h>
#include <cuda_runtime_api.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace tinymlp::fake_cuda {

struct Counts {
  long allocations = 0, releases = 0;
  long uploads = 0, downloads = 0;
  long waits = 0;
  long queued = 0;         // pieces of work that were queued one by one: kernels, products, memory set
  long graphs_made = 0;    // of which each is instantiated once
  long graph_nodes = 0;    // in all of them together
  long graphs_queued = 0;  // how often one was launched
  long graphs_in_flight = 0, most_graphs_in_flight = 0;  // launched and not yet run
};
Counts& counts();

struct Gpu {
  std::string name = "Imaginary GPU";
  std::size_t memory = std::size_t{1} << 30;
  int capability_major = 9, capability_minor = 0;
};

/// What the stand-in pretends. restart() sets all back, and the counts to 0.
struct Pretence {
  int driver_version = CUDART_VERSION;
  std::vector<Gpu> gpus = {Gpu{}};
  bool adds_bias = true;     // cublasLt has kernels that add a bias
  bool has_products = true;  // cublasLt has kernels at all
  bool runs_kernels = true;  // otherwise they are only counted
};
Pretence& pretence();
void restart();

/// The next call of this function fails with this status, or the one after `calls_before` more. The status is a
/// cudaError_t or a cublasStatus_t.
void fail(const std::string& function, int status, int calls_before = 0);
/// Whether each failure that was asked for has happened.
bool all_failures_happened();

/// Pieces of memory that were allocated and not released.
std::size_t live_allocations();
/// Streams, graphs, handles and descriptions that were made and not destroyed.
long live_objects();

// Between the stand-in's own files:
int injected_failure(const char* function);  // the status to fail with, or 0
int current_gpu();                           // the calling thread's: cudaSetDevice
void object_made(int difference);
/// Queues work, or adds it to the graph that the stream records.
cudaError_t queue_work(cudaStream_t stream, std::function<void()> work);

}  // namespace tinymlp::fake_cuda
