// A place to compute, the CPU or one GPU: memory, three matrix products, sums, row-wise and elementwise work. It knows
// nothing of networks.
#pragma once
#include <functional>
#include <memory>
#include <string_view>

#include "tinymlp/matrix.h"

TINYMLP_BEGIN

struct MapOp;    // an elementwise formula, by name: map.h
struct MapCall;  // its arguments
struct Step;     // what changes from step to step: context.h

/// What dropout leaves out: an element whose 32 random bits, drawn for (seed, step, layer, element), are below the
/// threshold.
struct DropoutMask {
  std::uint64_t seed = 0;
  std::uint32_t layer = 0;      // its place in the network
  std::uint64_t threshold = 0;  // p 2³²
  Scalar scale = 1;             // what stays is multiplied by it: 1 / (1 - p)
};

/// Work that a device has recorded, to run it again and again. The device must outlive it.
class Recording {
 public:
  virtual ~Recording() = default;
  Recording() = default;
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;
  /// Queues the work again, on the memory that it was recorded with. May wait for what was queued before.
  virtual void run() = 0;
};

/// Work is queued in order and may still run when a call returns; only upload(), download() and a recording's run()
/// wait. Used by one thread at a time. Views hold this device's pointers. The caller has checked the shapes: only
/// allocate() and map() throw. On a GPU each call may throw Error, also for work that was queued before it.
class Device {
 public:
  virtual ~Device() = default;
  Device() = default;
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  virtual std::string_view name() const = 0;  // "cpu", "cuda"
  /// Whether this device's pointers are the host's: then host memory may be used where it lies, without a copy.
  virtual bool uses_host_memory() const = 0;
  /// For code that touches memory itself, as a layer of your own may: throws Error, naming `what`, on any other device.
  void require_host(std::string_view what) const;

  /// 64-byte aligned and zeroed. Throws Error, with the number of bytes, when there is no memory left.
  virtual void* allocate(std::size_t bytes) = 0;
  virtual void release(void* memory) noexcept = 0;
  virtual void upload(void* to, const void* from_host, std::size_t bytes) = 0;  // `from_host` may change afterwards
  /// Without waiting: `from_host` must stay as it is until the next download() returns.
  virtual void upload_later(void* to, const void* from_host, std::size_t bytes) { upload(to, from_host, bytes); }
  virtual void download(void* to_host, const void* from, std::size_t bytes) = 0;  // waits for all work before it

  virtual void multiply(ConstMatrixView a, ConstMatrixView b, ConstMatrixView row, MatrixView c) = 0;  // c = a b + row
  virtual void multiply_at(ConstMatrixView a, ConstMatrixView b, MatrixView c) = 0;                    // c = aᵀ b
  virtual void multiply_bt(ConstMatrixView a, ConstMatrixView b, MatrixView c) = 0;                    // c = a bᵀ
  virtual void sum_rows(ConstMatrixView a, MatrixView row) = 0;                                        // row = Σᵢ aᵢ
  /// Runs an elementwise formula. Throws Error where this device has no kernel for it. Call it through map() in map.h.
  virtual void map(const MapOp& op, const MapCall& call) = 0;
  /// *value = -Σ t log softmax(z) / batch, gradient = (softmax(z) - t) / batch. z, t, gradient: (batch, classes)
  virtual void softmax_cross_entropy(ConstMatrixView z, ConstMatrixView t, Scalar* value, MatrixView gradient) = 0;
  /// *count = the rows where prediction and target name the same class: the column of the largest value (the first of
  /// equals); with one column, the side of `threshold`. A prediction that is NaN is never right.
  virtual void count_correct(ConstMatrixView prediction, ConstMatrixView target, Scalar threshold, Scalar* count) = 0;
  /// to = from with some elements left out, as many as `from` has. `step` is on the device.
  virtual void dropout(const DropoutMask& mask, const Step* step, ConstMatrixView from, MatrixView to) = 0;
  virtual void gather(ConstMatrixView from, const std::int32_t* rows, MatrixView to) = 0;           // toᵢ = from[rowsᵢ]
  virtual void gather(View<const std::uint8_t> from, const std::int32_t* rows, MatrixView to) = 0;  // the same, / 255
  /// Both parts of a batch by the same rows: xᵢ = inputs[rowsᵢ], or that / 255, and tᵢ = targets[rowsᵢ].
  virtual void gather_batch(ConstMatrixView inputs, ConstMatrixView targets, const std::int32_t* rows, MatrixView x,
                            MatrixView t) {
    gather(inputs, rows, x);
    gather(targets, rows, t);
  }
  virtual void gather_batch(View<const std::uint8_t> inputs, ConstMatrixView targets, const std::int32_t* rows,
                            MatrixView x, MatrixView t) {
    gather(inputs, rows, x);
    gather(targets, rows, t);
  }

  /// Records what `work` queues, which must neither allocate nor copy from or to the host, and does not run it. Null
  /// where a recording would save nothing, as on the CPU: then call the work itself. Work must have run once before it
  /// is recorded.
  virtual std::unique_ptr<Recording> record(const std::function<void()>& /*work*/) { return nullptr; }

  /// Brackets a stretch of work, as an epoch: see Computing.
  virtual void begin() {}
  virtual void end() noexcept {}
};

/// While one lives, its device may change how the calling thread computes: the CPU flushes denormal numbers to zero.
/// The momentum of a dead unit decays into denormals, and its update then took 15 times as long.
class Computing {
 public:
  explicit Computing(Device& device) : device_(device) { device.begin(); }
  ~Computing() { device_.end(); }
  Computing(const Computing&) = delete;
  Computing& operator=(const Computing&) = delete;

 private:
  Device& device_;
};

/// The CPU with this many threads, the calling one included; 0 means one a core. Their number never changes a result.
std::unique_ptr<Device> make_cpu_device(int threads = 1);

/// Gives a buffer's memory back to the device it came from.
struct Release {
  Device* device;
  void operator()(void* memory) const noexcept { device->release(memory); }
};
/// Memory on a device. The device must outlive it.
template <class T>
using Buffer = std::unique_ptr<T[], Release>;

/// `size` zeros on `device`.
template <class T>
Buffer<T> make_buffer(Device& device, Index size) {
  return {static_cast<T*>(device.allocate(sizeof(T) * static_cast<std::size_t>(size))), Release{&device}};
}

TINYMLP_END
