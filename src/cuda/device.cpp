// All work is queued on one stream, in order. Only upload(), download() and recordings wait for it; so an error of a
// kernel that runs later than the call that queued it shows there.
#include "cuda/device.h"

#include <unordered_map>

#include "cuda/check.h"
#include "cuda/dropout.h"
#include "cuda/products.h"
#include "cuda/recording.h"
#include "cuda/rows.h"

TINYMLP_BEGIN

namespace {

/// The stream and the memory for blocks' sums.
class OwnedQueue {
 public:
  OwnedQueue() {
    check(cudaStreamCreateWithFlags(&queue_.stream, cudaStreamNonBlocking), "cudaStreamCreate");
    void* memory = nullptr;
    const cudaError_t status = cudaMalloc(&memory, sizeof(Scalar) * most_blocks);
    queue_.partial_sums = static_cast<Scalar*>(memory);
    if (status == cudaSuccess) return;
    cudaStreamDestroy(queue_.stream);
    check(status, "cudaMalloc for sums");
  }
  ~OwnedQueue() {
    cudaFree(queue_.partial_sums);
    cudaStreamDestroy(queue_.stream);
  }
  OwnedQueue(const OwnedQueue&) = delete;
  OwnedQueue& operator=(const OwnedQueue&) = delete;
  CudaQueue& get() { return queue_; }

 private:
  CudaQueue queue_;
};

class CudaDevice final : public Device {
 public:
  CudaDevice(const CudaOptions& options, FindKernel find_kernel) : products_(options), find_kernel_(find_kernel) {}

  std::string_view name() const override { return "cuda"; }
  bool uses_host_memory() const override { return false; }

  void* allocate(std::size_t bytes) override {
    void* memory = nullptr;
    cudaStream_t stream = queue().stream;
    const cudaError_t status = cudaMalloc(&memory, bytes > 0 ? bytes : 1);  // at multiples of 256
    if (status == cudaErrorMemoryAllocation) throw Error(out_of_memory(bytes));
    check(status, "cudaMalloc");
    const cudaError_t filled = cudaMemsetAsync(memory, 0, bytes, stream);
    if (filled == cudaSuccess) return memory;
    cudaFree(memory);
    cuda_failed(filled, "cudaMemsetAsync");
  }
  void release(void* memory) noexcept override { cudaFree(memory); }  // waits for work that may still use it

  void upload(void* to, const void* from, std::size_t bytes) override {
    if (bytes == 0) return;
    cudaStream_t stream = queue().stream;
    copy_up(to, from, bytes, stream);
    wait(stream);  // with nothing in between that can fail: the host's memory is read until then
  }
  void upload_later(void* to, const void* from, std::size_t bytes) override {
    if (bytes > 0) copy_up(to, from, bytes, queue().stream);
  }
  void download(void* to, const void* from, std::size_t bytes) override {
    cudaStream_t stream = queue().stream;
    if (bytes > 0) check(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToHost, stream), "copy from the GPU");
    wait(stream);
  }

  void multiply(ConstMatrixView a, ConstMatrixView b, ConstMatrixView row, MatrixView c) override {
    products_.multiply(queue(), ProductKind::plain, a, b, row, c);
  }
  void multiply_at(ConstMatrixView a, ConstMatrixView b, MatrixView c) override {
    products_.multiply(queue(), ProductKind::a_transposed, a, b, {}, c);
  }
  void multiply_bt(ConstMatrixView a, ConstMatrixView b, MatrixView c) override {
    products_.multiply(queue(), ProductKind::b_transposed, a, b, {}, c);
  }

  void sum_rows(ConstMatrixView a, MatrixView row) override { tinymlp::sum_rows(queue(), a, row); }
  void softmax_cross_entropy(ConstMatrixView z, ConstMatrixView t, Scalar* value, MatrixView gradient) override {
    tinymlp::softmax_cross_entropy(queue(), z, t, value, gradient);
  }
  void count_correct(ConstMatrixView prediction, ConstMatrixView target, Scalar threshold, Scalar* count) override {
    tinymlp::count_correct(queue(), prediction, target, threshold, count);
  }
  void dropout(const DropoutMask& mask, const Step* step, ConstMatrixView from, MatrixView to) override {
    tinymlp::dropout(queue(), mask, step, from, to);
  }
  void gather(ConstMatrixView from, const std::int32_t* rows, MatrixView to) override {
    gather_rows(queue(), from, {}, rows, to, {});
  }
  void gather(View<const std::uint8_t> from, const std::int32_t* rows, MatrixView to) override {
    gather_rows(queue(), from, {}, rows, to, {});
  }
  void gather_batch(ConstMatrixView inputs, ConstMatrixView targets, const std::int32_t* rows, MatrixView x,
                    MatrixView t) override {
    gather_rows(queue(), inputs, targets, rows, x, t);
  }
  void gather_batch(View<const std::uint8_t> inputs, ConstMatrixView targets, const std::int32_t* rows, MatrixView x,
                    MatrixView t) override {
    gather_rows(queue(), inputs, targets, rows, x, t);
  }

  void map(const MapOp& op, const MapCall& call) override {
    MapKernel& kernel = kernels_[&op];
    if (!kernel) kernel = find_kernel_("cuda", op);
    if (!kernel)
      throw Error("formula \"" + op.name +
                  "\" has no CUDA kernel: add it to a .cu file with TINYMLP_CUDA_KERNELS, as examples/swish_cuda "
                  "shows, and load that library with load_kernels(); or use the CPU");
    kernel(call, &queue());
  }

  std::unique_ptr<Recording> record(const std::function<void()>& work) override {
    return std::make_unique<CudaRecording>(queue().stream, flights_, work);
  }

 private:
  /// Where work is queued. The calling thread may have used another GPU meanwhile, or be another than the
  /// constructor's.
  CudaQueue& queue() {
    check(cudaSetDevice(gpu_number), "cudaSetDevice");
    return queue_.get();
  }

  static void copy_up(void* to, const void* from, std::size_t bytes, cudaStream_t stream) {
    check(cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, stream), "copy to the GPU");
  }
  static void wait(cudaStream_t stream) { check(cudaStreamSynchronize(stream), "waiting for the GPU"); }

  static std::string out_of_memory(std::size_t bytes) {
    cudaGetLastError();
    std::string text = "out of memory: " + std::to_string(bytes) + " bytes were asked for (cuda";
    std::size_t free = 0, total = 0;
    if (cudaMemGetInfo(&free, &total) == cudaSuccess)
      text += ": " + std::to_string(free) + " of " + std::to_string(total) + " are free";
    return text + ")";
  }

  OwnedQueue queue_;
  CudaFlights flights_;
  CudaProducts products_;
  FindKernel find_kernel_;
  std::unordered_map<const MapOp*, MapKernel> kernels_;  // what the table answered
};

}  // namespace

std::unique_ptr<Device> make_cuda_device_here(const CudaOptions& options, FindKernel find_kernel) {
  check(cudaSetDevice(gpu_number), "cudaSetDevice");
  return std::make_unique<CudaDevice>(options, find_kernel);
}

TINYMLP_END
