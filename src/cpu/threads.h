// A few threads that run the tasks 0, 1, 2, … of one job at a time.
#pragma once
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>
#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "tinymlp/matrix.h"

namespace tinymlp {

/// The calling thread's floating-point mode: rounding, and whether denormals are flushed to zero.
#ifdef __SSE2__
inline unsigned float_mode() { return _mm_getcsr(); }
inline void set_float_mode(unsigned mode) { _mm_setcsr(mode); }
constexpr unsigned flush_denormals = 0x8040;
inline void pause_briefly() { _mm_pause(); }
#elif defined(__aarch64__)
inline unsigned float_mode() {
  std::uint64_t mode = 0;
  asm volatile("mrs %0, fpcr" : "=r"(mode));
  return static_cast<unsigned>(mode);
}
inline void set_float_mode(unsigned mode) { asm volatile("msr fpcr, %0" : : "r"(std::uint64_t{mode})); }
constexpr unsigned flush_denormals = 1U << 24;  // FZ
inline void pause_briefly() { asm volatile("yield"); }
#else
inline unsigned float_mode() { return 0; }
inline void set_float_mode(unsigned) {}
constexpr unsigned flush_denormals = 0;
inline void pause_briefly() {}
#endif

/// Every thread first takes its own share of the tasks, the same neighbouring ones each time: what a core wrote in one
/// job is in its cache for the next. Who is done takes what is left of the others' shares, so that a thread that the
/// operating system holds back costs little.
class Threads {
 public:
  /// `count` threads in all, the calling one included.
  explicit Threads(int count) : shares_(static_cast<std::size_t>(count)) {
    workers_.reserve(shares_.size());
    for (std::size_t i = 1; i < shares_.size(); ++i) workers_.emplace_back([this, i] { work(i); });
  }
  ~Threads() {
    stop_ = true;
    job_.fetch_add(1);
    job_.notify_all();
    for (auto& worker : workers_) worker.join();
  }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  int count() const { return static_cast<int>(shares_.size()); }

  /// Calls task(i) for each i in [0, count) once, on any thread, in the caller's floating-point mode; returns when all
  /// are done. A task must not throw. `together`: so many neighbouring tasks belong to the same share; `count` is a
  /// multiple of it.
  template <class Task>
  void run(Index count, const Task& task, Index together = 1) {
    if (workers_.empty() || count < 2) {
      for (Index i = 0; i < count; ++i) task(i);
      return;
    }
    call_ = [](const void* f, Index i) { (*static_cast<const Task*>(f))(i); };
    task_ = &task;
    mode_ = float_mode();
    unfinished_.store(count, std::memory_order_relaxed);
    const auto threads = static_cast<Index>(shares_.size());
    const auto cut = [&](Index i) { return count / together * i / threads * together; };
    for (Index i = 0; i < threads; ++i)
      shares_[static_cast<std::size_t>(i)].left.store(range(cut(i), cut(i + 1)), std::memory_order_release);
    job_.fetch_add(1, std::memory_order_release);
    job_.notify_all();
    take(0);
    for (int spin = 0; unfinished_.load(std::memory_order_acquire) != 0; ++spin)
      spin < patience ? pause_briefly() : std::this_thread::yield();
  }

 private:
  static constexpr int patience = 4000;  // how often to look again before the core is given away

  /// Tasks that nobody has taken yet, [begin, end), in one word: whoever takes the first exchanges it for the rest.
  static std::uint64_t range(Index begin, Index end) {
    return static_cast<std::uint64_t>(begin) << 32 | static_cast<std::uint64_t>(end);
  }
  struct alignas(64) Share {
    std::atomic<std::uint64_t> left{0};
  };

  void take(std::size_t self) {
    for (std::size_t i = 0; i < shares_.size(); ++i) take_share(shares_[(self + i) % shares_.size()]);
  }
  /// A task that was taken keeps its job from ending. Hence the job's call_, task_ and mode_ are read after taking:
  /// they are those of the task even if an earlier job ended while this thread was held back.
  void take_share(Share& share) {
    std::uint64_t left = share.left.load(std::memory_order_acquire);
    while (left >> 32 < (left & 0xffffffffU)) {
      if (!share.left.compare_exchange_weak(left, left + (std::uint64_t{1} << 32), std::memory_order_acq_rel)) continue;
      if (float_mode() != mode_) set_float_mode(mode_);
      call_(task_, static_cast<Index>(left >> 32));
      unfinished_.fetch_sub(1, std::memory_order_release);
      left = share.left.load(std::memory_order_acquire);
    }
  }
  void work(std::size_t self) {
    for (unsigned seen = 0;;) {
      for (int spin = 0; spin < patience && job_.load(std::memory_order_acquire) == seen; ++spin) pause_briefly();
      job_.wait(seen, std::memory_order_acquire);
      seen = job_.load(std::memory_order_acquire);
      if (stop_) return;
      take(self);
    }
  }

  void (*call_)(const void*, Index) = nullptr;  // of the current job
  const void* task_ = nullptr;
  unsigned mode_ = 0;
  std::vector<Share> shares_;
  alignas(64) std::atomic<Index> unfinished_{0};
  alignas(64) std::atomic<unsigned> job_{0};
  std::atomic<bool> stop_{false};
  std::vector<std::thread> workers_;
};

}  // namespace tinymlp
