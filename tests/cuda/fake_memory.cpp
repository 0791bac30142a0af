// Device memory is a stretch of addresses that the host cannot touch, except while queued work runs. Fresh memory holds
// NaN. Copies from the host take what it holds at once, as CUDA does with ordinary memory; copies to it come late.
#include "fake_memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <stdexcept>

#include "fake_cuda.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size)
#define ASAN_UNPOISON_MEMORY_REGION(address, size)
#endif

namespace tinymlp::fake_cuda {

namespace {

constexpr std::size_t alignment = 256;

class Memory {
 public:
  Memory() {
    void* const place = mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (place == MAP_FAILED) throw std::runtime_error("no addresses for the stand-in's memory");
    begin_ = static_cast<std::byte*>(place);
    ASAN_POISON_MEMORY_REGION(begin_, size);
  }

  void* take(std::size_t bytes) {
    // A gap behind each piece, so that going beyond its end is noticed.
    const std::size_t whole = (bytes / alignment + 2) * alignment;
    std::size_t offset = 0;
    for (const auto& [start, piece] : pieces_) {
      if (start - offset >= whole) break;
      offset = start + piece.whole;
    }
    if (whole > size || offset > size - whole) return nullptr;
    pieces_[offset] = {bytes, whole};
    std::byte* const place = begin_ + offset;
    ASAN_UNPOISON_MEMORY_REGION(place, bytes);
    const DeviceMemoryAccess access;
    allow(true);  // to the new end
    std::memset(place, 0xff, bytes);
    return place;
  }
  bool give_back(void* place) {
    const auto found = pieces_.find(offset_of(place));
    if (found == pieces_.end()) return false;
    ASAN_POISON_MEMORY_REGION(place, found->second.bytes);
    pieces_.erase(found);
    return true;
  }
  /// Whether these bytes belong to one piece.
  bool holds(const void* place, std::size_t bytes) const {
    const std::size_t offset = offset_of(place);
    auto found = pieces_.upper_bound(offset);
    if (offset >= size || found == pieces_.begin()) return false;
    --found;
    return offset + bytes <= found->first + found->second.bytes;
  }
  void allow(bool access) noexcept {
    if (access) {  // what lies behind all pieces stays closed: opening takes a time for each page that was ever written
      const auto last = pieces_.rbegin();
      const std::size_t end = last == pieces_.rend() ? 0 : last->first + last->second.whole;
      open_ = std::max(open_, std::min(size, (end + page - 1) / page * page));
    }
    if (open_ > 0 && mprotect(begin_, open_, access ? PROT_READ | PROT_WRITE : PROT_NONE) != 0) std::abort();
    if (!access) open_ = 0;
  }
  std::size_t used() const {
    std::size_t bytes = 0;
    for (const auto& [start, piece] : pieces_) bytes += piece.bytes;
    return bytes;
  }
  std::size_t pieces() const { return pieces_.size(); }

 private:
  static constexpr std::size_t size = std::size_t{1} << 30, page = std::size_t{64} << 10;  // the largest of any system
  struct Piece {
    std::size_t bytes, whole;
  };
  std::size_t offset_of(const void* place) const {
    return static_cast<std::size_t>(static_cast<const std::byte*>(place) - begin_);
  }
  std::byte* begin_;
  std::size_t open_ = 0;                 // bytes from the beginning that can be read and written
  std::map<std::size_t, Piece> pieces_;  // by offset
};

Memory& memory() {
  static Memory the_memory;
  return the_memory;
}
int accesses = 0;

}  // namespace

DeviceMemoryAccess::DeviceMemoryAccess() {
  if (accesses++ == 0) memory().allow(true);
}
DeviceMemoryAccess::~DeviceMemoryAccess() {
  if (--accesses == 0) memory().allow(false);
}

std::size_t live_allocations() { return memory().pieces(); }

}  // namespace tinymlp::fake_cuda

using namespace tinymlp::fake_cuda;

#define FAIL_IF_ASKED(function) \
  if (const int status = injected_failure(function)) return static_cast<cudaError_t>(status)

extern "C" {

cudaError_t cudaMalloc(void** place, std::size_t bytes) {
  *place = nullptr;
  FAIL_IF_ASKED("cudaMalloc");
  if (forbidden_while_recording()) return cudaErrorStreamCaptureUnsupported;
  if (current_gpu() != 0) return cudaErrorInvalidDevice;  // memory of another GPU is of no use to the device
  const std::size_t all = pretence().gpus.at(0).memory;
  if (bytes > all || memory().used() > all - bytes) return cudaErrorMemoryAllocation;
  *place = memory().take(bytes);
  if (!*place) return cudaErrorMemoryAllocation;
  ++counts().allocations;
  return cudaSuccess;
}
cudaError_t cudaFree(void* place) {
  if (!place) return cudaSuccess;
  FAIL_IF_ASKED("cudaFree");
  if (forbidden_while_recording()) return cudaErrorStreamCaptureUnsupported;
  drain_all();
  ++counts().releases;
  return memory().give_back(place) ? cudaSuccess : cudaErrorInvalidValue;
}
cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  FAIL_IF_ASKED("cudaMemGetInfo");
  *total = pretence().gpus.at(0).memory;
  *free = *total - memory().used();
  return cudaSuccess;
}
cudaError_t cudaMemsetAsync(void* place, int value, std::size_t bytes, cudaStream_t stream) {
  FAIL_IF_ASKED("cudaMemsetAsync");
  if (!memory().holds(place, bytes)) return cudaErrorInvalidValue;
  return queue_work(stream, [=] { std::memset(place, value, bytes); });
}
cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind, cudaStream_t stream) {
  FAIL_IF_ASKED("cudaMemcpyAsync");
  if (forbidden_while_recording()) return cudaErrorStreamCaptureUnsupported;
  const bool up = kind == cudaMemcpyHostToDevice;
  if (!memory().holds(up ? to : from, bytes) || memory().holds(up ? from : to, 1)) return cudaErrorInvalidValue;
  --counts().queued;  // it is counted as a copy instead
  if (up) {
    ++counts().uploads;
    return queue_work(stream, [=] { std::memcpy(to, from, bytes); });  // as it is then: nothing is promised of `from`
  }
  ++counts().downloads;
  return queue_work(stream, [=] { std::memcpy(to, from, bytes); });
}

}  // extern "C"
