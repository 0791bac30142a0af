// Runs the kernels of cpu/limit_kernels.h on all threads at once, in short trials, and keeps the best: whatever else
// the machine does can only make a trial slower.
#include "tinymlp/machine_limits.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <new>

#include "cpu/limit_kernels.h"
#include "cpu/threads.h"

namespace tinymlp {

namespace {

constexpr double trial_seconds = 0.002;
constexpr int fewest_trials = 3;

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The shortest time of one round, over trials of so many rounds that each takes a while: work(rounds) does so many.
double best_round_seconds(double seconds, const std::function<void(Index rounds)>& work) {
  work(1);  // threads wake, memory comes into the caches
  Index rounds = 1;
  double best = seconds_of([&] { work(rounds); });
  while (best < trial_seconds && rounds < Index{1} << 40) {
    rounds *= best < trial_seconds / 8 ? 8 : 2;
    best = seconds_of([&] { work(rounds); });
  }
  double spent = best;
  for (int trial = 1; trial < fewest_trials || spent < seconds; ++trial) {
    const double time = seconds_of([&] { work(rounds); });
    best = std::min(best, time);
    spent += time;
  }
  return best / static_cast<double>(rounds);
}

/// Keeps a result from being left out.
void use(float result) {
  static std::atomic<float> last;
  last.store(result, std::memory_order_relaxed);
}

constexpr std::align_val_t line{64};  // bytes that a cache moves at a time
struct Release {
  void operator()(float* numbers) const { ::operator delete[](numbers, line); }
};

/// So many numbers for each thread, which has written its share: no page of it is still to be made.
class Memory {
 public:
  Memory(Threads& threads, Index share)
      : numbers_(new(line) float[static_cast<std::size_t>(share * threads.count())]), share_(share) {
    threads.run(threads.count(), [&](Index i) { std::fill_n(share_of(i), share, 1.0F); });
  }
  float* share_of(Index thread) const { return numbers_.get() + thread * share_; }
  Index share() const { return share_; }

 private:
  std::unique_ptr<float[], Release> numbers_;
  Index share_;
};

double read_all(Threads& pool, const Memory& memory, double seconds) {
  const LimitKernels& kernels = limit_kernels();
  const double round = best_round_seconds(seconds, [&](Index rounds) {
    pool.run(pool.count(), [&](Index i) {
      for (Index k = 0; k < rounds; ++k) use(kernels.read_all(memory.share_of(i), memory.share()));
    });
  });
  return static_cast<double>(memory.share() * pool.count()) * sizeof(float) / round;
}

/// Of three parts of each thread's share.
double triad(Threads& pool, const Memory& memory, double seconds) {
  const Index size = memory.share() / 3;
  const double round = best_round_seconds(seconds, [&](Index rounds) {
    pool.run(pool.count(), [&](Index i) {
      float* const a = memory.share_of(i);
      const float *const b = a + size, *const c = b + size;
      constexpr float s = 3;
      for (Index k = 0; k < rounds; ++k) {
        for (Index j = 0; j < size; ++j) a[j] = b[j] + s * c[j];
        use(a[k % size]);
      }
    });
  });
  return 3 * static_cast<double>(size * pool.count()) * sizeof(float) / round;
}

/// The numbers in a thread's share of so many bytes: whole cache lines, at least a few.
Index share_size(std::size_t bytes, int threads) {
  constexpr Index unit = 128;
  const Index numbers = static_cast<Index>(bytes / sizeof(float)) / threads;
  return std::max<Index>(unit, numbers / unit * unit);
}

}  // namespace

std::string limit_instructions() { return limit_kernels().instructions; }

double multiply_add_rate(int threads, double seconds) {
  const LimitKernels& kernels = limit_kernels();
  constexpr Index step = 1000;  // rounds, so that starting threads costs nothing beside them
  Threads pool(threads);
  const double round = best_round_seconds(
      seconds, [&](Index rounds) { pool.run(threads, [&](Index) { use(kernels.multiply_add(step * rounds)); }); });
  return static_cast<double>(threads) * static_cast<double>(step) * kernels.operations_per_round / round;
}

double read_rate(int threads, std::size_t bytes, double seconds) {
  Threads pool(threads);
  return read_all(pool, Memory(pool, share_size(bytes, threads)), seconds);
}

MemoryRates memory_rates(int threads, std::size_t bytes, double seconds) {
  Threads pool(threads);
  const Memory memory(pool, share_size(bytes, threads));
  return {.read = read_all(pool, memory, seconds), .triad = triad(pool, memory, seconds)};
}

}  // namespace tinymlp
