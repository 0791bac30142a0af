// Tests of experiments/options/workload.h: what --device auto goes by.
#include "options/workload.h"

#include <gtest/gtest.h>

namespace tinymlp::program {
namespace {

TEST(Workload, OfATrainingCountsThreeProductsForEachWeightAndRow) {
  const Workload work = work_of_training(/*parameters*/ 33, /*rows*/ 70, /*batch size*/ 32, /*epochs*/ 5);
  EXPECT_EQ(work.multiply_adds, 3.0 * 33 * 70 * 5);
  EXPECT_EQ(work.steps, 3 * 5);  // the last batch is shorter
}

TEST(Workload, OfRowsIsOneProductAndAStepForEach512) {
  const Workload work = work_of_rows(/*parameters*/ 33, /*rows*/ 1025);
  EXPECT_EQ(work.multiply_adds, 33.0 * 1025);
  EXPECT_EQ(work.steps, 3);
  EXPECT_EQ(work_of_rows(33, 0).steps, 0);
}

TEST(Workload, OfMillionsOfRowsDoesNotOverflow) {
  const Workload work = work_of_training(1'000'000'000, 10'000'000, 10'000'000, 1'000'000);
  EXPECT_DOUBLE_EQ(work.multiply_adds, 3e22);
}

TEST(Workload, EstimatesTakeWhatDocsDesignSays) {
  const Estimate seconds = estimate({.multiply_adds = 4e12, .steps = 1e5}, /*threads*/ 8);
  EXPECT_DOUBLE_EQ(seconds.cpu, 5);              // 1e11 a second and thread
  EXPECT_DOUBLE_EQ(seconds.gpu, 1 + 3.5 + 0.8);  // to start; 35 µs a step; 5e12 a second
}

bool gpu_is_faster(const Workload& work, int threads) {
  const Estimate seconds = estimate(work, threads);
  return seconds.gpu < seconds.cpu;
}

TEST(Workload, SmallNetworksStayOnTheCpuHoweverLongTheyTrain) {
  EXPECT_FALSE(gpu_is_faster(work_of_training(2 * 16 + 16 * 16 + 16 + 33, 500, 32, 1'000'000), 1));
  EXPECT_FALSE(gpu_is_faster({}, 1));
}

TEST(Workload, ImagesGoToTheGpuWhereTheCpuHasFewThreads) {
  const Workload book = work_of_training(784 * 256 + 256 + 2570, 60000, 256, 10);
  EXPECT_TRUE(gpu_is_faster(book, 1));
  EXPECT_FALSE(gpu_is_faster(book, 16));  // the GPU's start takes longer
  EXPECT_TRUE(gpu_is_faster(work_without_end(), 1024));
}

}  // namespace
}  // namespace tinymlp::program
