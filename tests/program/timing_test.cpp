// How calls are timed, with calls that take a known time of the processor's clock.
#include "bench/timing.h"

#include <chrono>

#include <gtest/gtest.h>

namespace tinymlp::program {
namespace {

/// Counts how often it is called, and takes so many seconds each time.
struct Work {
  double seconds;
  int calls = 0;
  void operator()() {
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() < seconds) continue;
    ++calls;
  }
};

TEST(Timing, FillsTheTimeWithFifteenRepetitions) {
  Work work{1e-4};
  const Timing timing = time_calls([&] { work(); }, 0.15);  // fifteen times 100 calls; some 15 more to find that out
  EXPECT_EQ(timing.repetitions, 15);
  EXPECT_GT(work.calls, 300);  // fewer where other programs take the processor away
  EXPECT_LT(work.calls, 1700);
  EXPECT_GE(timing.median, 1e-4);
  EXPECT_LT(timing.median, 5e-4);
  EXPECT_LE(timing.quartile1, timing.median);
  EXPECT_LE(timing.median, timing.quartile3);
}

TEST(Timing, OfWhatTakesLongIsThreeCalls) {
  Work work{0.01};
  const Timing timing = time_calls([&] { work(); }, 0.001);
  EXPECT_EQ(timing.repetitions, 3);
  EXPECT_EQ(work.calls, 2 + 3);  // to warm up, to see how long it takes
  EXPECT_GE(timing.median, 0.01);
}

TEST(Timing, SpreadIsTheQuartilesDistance) { EXPECT_DOUBLE_EQ((Timing{4, 3, 5, 9}.spread()), 0.5); }

}  // namespace
}  // namespace tinymlp::program
