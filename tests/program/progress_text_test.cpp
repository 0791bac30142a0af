// Tests of experiments/output/progress_text.h: how fast, how long still, and what the bar shows.
#include "output/progress_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "output/text_format.h"

namespace tinymlp::program {
namespace {

TEST(Pace, IsOfThisProcessAlone) {
  // 1000 samples, 400 of them by an earlier process, 100 since in 2 s: 50 a second, 500 are left.
  const Pace pace{.done = 500, .before = 400, .all = 1000, .seconds = 2};
  EXPECT_EQ(samples_a_second(pace), 50);
  EXPECT_EQ(seconds_left(pace), 10);
  EXPECT_EQ(seconds_left({.done = 1000, .before = 0, .all = 1000, .seconds = 4}), 0);
}

TEST(ProgressText, SaysWhatIsKnownOfTheEpochBefore) {
  const Pace pace{.done = 3'000'000, .before = 1'000'000, .all = 10'000'000, .seconds = 4};
  EXPECT_EQ(progress_text(3, 10, {}, pace), "epoch 3/10 500.0 ksamples/s 0:14 left");
  EpochRecord last{};
  last.training.loss = 0.12346;
  EXPECT_EQ(progress_text(3, 10, last, pace), "epoch 3/10 loss 0.1235 500.0 ksamples/s 0:14 left");
  last.training.accuracy = 0.8766;
  last.validation = Metrics{};
  last.validation->loss = 1.5;
  last.test = Metrics{};
  EXPECT_EQ(progress_text(3, 10, last, pace),
            "epoch 3/10 loss 0.1235 accuracy 0.877 validation loss 1.5000 500.0 ksamples/s 0:14 left");
}

TEST(ProgressText, HasNoTimeLeftWhereNothingIsDone) {
  const Pace nothing{.done = 5, .before = 5, .all = 5, .seconds = 0};
  EXPECT_TRUE(progress_text(1, 1, {}, nothing).ends_with(" ?:?? left")) << progress_text(1, 1, {}, nothing);
}

TEST(ProgressBar, IsFilledByTheShare) {
  EXPECT_EQ(progress_bar(0, 11), "[........] ");
  EXPECT_EQ(progress_bar(0.5, 11), "[####....] ");
  EXPECT_EQ(progress_bar(0.99, 11), "[#######.] ");
  EXPECT_EQ(progress_bar(1, 11), "[########] ");
  EXPECT_EQ(progress_bar(7, 11), "[########] ");
  EXPECT_EQ(progress_bar(-1, 11), "[........] ");
}

TEST(ProgressBar, TakesTheRoomThereIs) {
  EXPECT_EQ(progress_bar(1, 7), "[####] ");
  EXPECT_EQ(progress_bar(1, 6), "");
  EXPECT_EQ(progress_bar(1, 27).size(), 27U);
  EXPECT_EQ(progress_bar(1, 1000).size(), 27U);
}

TEST(ProgressLines, AreTwentyOrOneForEachOfFewerEpochs) {
  for (const Index epochs : {1, 2, 19, 20, 21, 57, 100, 12345}) {
    Index lines = 0;
    for (Index epoch = 1; epoch <= epochs; ++epoch) lines += is_line_due(epoch, epochs, 20);
    EXPECT_EQ(lines, std::min<Index>(epochs, 20)) << epochs;
    EXPECT_TRUE(is_line_due(epochs, epochs, 20)) << "the last: " << epochs;
  }
  EXPECT_FALSE(is_line_due(4, 100, 20));
  EXPECT_TRUE(is_line_due(5, 100, 20));
  EXPECT_FALSE(is_line_due(6, 100, 20));
}

TEST(Duration, IsAsOnAClock) {
  EXPECT_EQ(duration(0), "0:00");
  EXPECT_EQ(duration(59.4), "0:59");
  EXPECT_EQ(duration(59.6), "1:00");
  EXPECT_EQ(duration(187), "3:07");
  EXPECT_EQ(duration(3599.6), "1:00:00");
  EXPECT_EQ(duration(3723), "1:02:03");
  EXPECT_EQ(duration(-5), "0:00");
  EXPECT_EQ(duration(std::numeric_limits<double>::infinity()), "277777:46:40");
  EXPECT_EQ(duration(std::nan("")), "?:??");
}

}  // namespace
}  // namespace tinymlp::program
