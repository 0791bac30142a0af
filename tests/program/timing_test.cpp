// How calls are timed, with calls that take a known time of the processor's clock.
#include "bench/timing.h"

#include <algorithm>
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
  int most_calls = 0;
  for (int i = 0; i < 5; ++i) {  // where other programs take the processor away, there are fewer
    Work work{1e-4};
    const Timing timing = time_calls([&] { work(); }, 0.15);  // 15 times 100 calls; some 17 more to find that out
    EXPECT_EQ(timing.repetitions, 15);
    EXPECT_GE(timing.median, 1e-4);
    EXPECT_LE(timing.quartile1, timing.median);
    EXPECT_LE(timing.median, timing.quartile3);
    most_calls = std::max(most_calls, work.calls);
  }
  EXPECT_GT(most_calls, 300);
  EXPECT_LT(most_calls, 1600);
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
