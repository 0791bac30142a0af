// A few threads that run the tasks 0, 1, 2, … of one job at a time.
#pragma once
#include <atomic>
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
#else
inline unsigned float_mode() { return 0; }
inline void set_float_mode(unsigned) {}
constexpr unsigned flush_denormals = 0;
inline void pause_briefly() {}
#endif

class Threads {
 public:
  /// `count` threads in all, the calling one included.
  explicit Threads(int count) {
    workers_.reserve(static_cast<std::size_t>(count));
    for (int i = 1; i < count; ++i) workers_.emplace_back([this, i] { work(i); });
  }
  ~Threads() {
    stop_ = true;
    job_.fetch_add(1);
    job_.notify_all();
    for (auto& worker : workers_) worker.join();
  }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  int count() const { return static_cast<int>(workers_.size()) + 1; }

  /// Calls task(i) for each i in [0, count) once, on any thread, in the caller's floating-point mode; returns when all
  /// are done. A task must not throw.
  template <class Task>
  void run(Index count, const Task& task) {
    if (workers_.empty() || count < 2) {
      for (Index i = 0; i < count; ++i) task(i);
      return;
    }
    call_ = [](const void* f, Index i) { (*static_cast<const Task*>(f))(i); };
    task_ = &task;
    count_ = count;
    mode_ = float_mode();
    busy_.store(static_cast<int>(workers_.size()), std::memory_order_relaxed);
    job_.fetch_add(1, std::memory_order_release);
    job_.notify_all();
    take(0);
    for (int spin = 0; busy_.load(std::memory_order_acquire) != 0; ++spin)
      spin < patience ? pause_briefly() : std::this_thread::yield();
  }

 private:
  static constexpr int patience = 4000;  // how often to look again before the core is given away

  /// The same share of neighbouring tasks each time: what a core wrote in one job is in its cache for the next.
  void take(Index self) {
    const Index total = count();
    for (Index i = count_ * self / total; i < count_ * (self + 1) / total; ++i) call_(task_, i);
  }
  void work(int self) {
    for (unsigned seen = 0;; ++seen) {
      for (int spin = 0; spin < patience && job_.load(std::memory_order_acquire) == seen; ++spin) pause_briefly();
      job_.wait(seen, std::memory_order_acquire);
      if (stop_) return;
      if (float_mode() != mode_) set_float_mode(mode_);
      take(self);
      busy_.fetch_sub(1, std::memory_order_release);
    }
  }

  void (*call_)(const void*, Index) = nullptr;  // of the current job
  const void* task_ = nullptr;
  Index count_ = 0;
  unsigned mode_ = 0;
  alignas(64) std::atomic<int> busy_{0};
  alignas(64) std::atomic<unsigned> job_{0};
  std::atomic<bool> stop_{false};
  std::vector<std::thread> workers_;
};

}  // namespace tinymlp
