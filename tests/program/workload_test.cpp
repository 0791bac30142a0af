// Tests of experiments/options/workload.h: what --device auto goes by.
#include "options/workload.h"

#include <gtest/gtest.h>

namespace tinymlp::program {
namespace {

TEST(Workload, OfATrainingCountsThreeProductsForEachWeightAndRow) {
  const Workload work = work_of_training({.parameters = 33, .layers = 2}, /*rows*/ 70, /*batch size*/ 32, /*epochs*/ 5);
  EXPECT_EQ(work.multiply_adds, 3.0 * 33 * 70 * 5);
  EXPECT_EQ(work.kernels, (6 * 2 + 2) * 3 * 5);  // three steps an epoch: the last batch is shorter
}

TEST(Workload, OfRowsIsOneProductForEach512) {
  const Workload work = work_of_rows({.parameters = 33, .layers = 2}, /*rows*/ 1025);
  EXPECT_EQ(work.multiply_adds, 33.0 * 1025);
  EXPECT_EQ(work.kernels, 2 * 2 * 3);
  EXPECT_EQ(work_of_rows({.parameters = 33, .layers = 2}, 0).kernels, 0);
}

TEST(Workload, OfMillionsOfRowsDoesNotOverflow) {
  const Workload work = work_of_training({.parameters = 1'000'000'000, .layers = 3}, 10'000'000, 10'000'000, 1'000'000);
  EXPECT_DOUBLE_EQ(work.multiply_adds, 3e22);
}

TEST(Workload, EstimatesTakeWhatDocsDesignSays) {
  const Estimate seconds = estimate({.multiply_adds = 4e12, .kernels = 1e6}, /*threads*/ 8);
  EXPECT_DOUBLE_EQ(seconds.cpu, 5);              // 1e11 a second and thread
  EXPECT_DOUBLE_EQ(seconds.gpu, 1 + 1.8 + 0.8);  // to start; 1.8 µs a kernel; 5e12 a second
}

bool gpu_is_faster(const Workload& work, int threads) {
  const Estimate seconds = estimate(work, threads);
  return seconds.gpu < seconds.cpu;
}

TEST(Workload, SmallNetworksStayOnTheCpuHoweverLongTheyTrain) {
  EXPECT_FALSE(gpu_is_faster(work_of_training({.parameters = 353, .layers = 3}, 500, 32, 1'000'000), 1));
  EXPECT_FALSE(gpu_is_faster({}, 1));
}

TEST(Workload, OfATrainingThatIsToEndEarlierIsWhatTheCpuDoesTillThen) {
  const Workload work{.multiply_adds = 4e12, .kernels = 1e6};  // 5 s with eight threads
  const Workload part = work_in(work, 8, 2);
  EXPECT_DOUBLE_EQ(estimate(part, 8).cpu, 2);
  EXPECT_DOUBLE_EQ(part.kernels, 4e5);
  EXPECT_EQ(work_in(work, 8, 5).kernels, 1e6);
  EXPECT_EQ(work_in(work, 8, 1e300).multiply_adds, 4e12);
  EXPECT_EQ(work_in({}, 8, 0).kernels, 0);
  EXPECT_EQ(work_in(work, 8, 0).multiply_adds, 0);
  // Within its own start a GPU does nothing, however much there is to do.
  const Workload images = work_of_training({.parameters = 203530, .layers = 2}, 60000, 256, 1'000'000);
  EXPECT_TRUE(gpu_is_faster(images, 1));
  EXPECT_FALSE(gpu_is_faster(work_in(images, 1, 0.9), 1));
}

TEST(Workload, ADeepNarrowNetworkStaysOnTheCpu) {  // 64 layers of 64, whose kernels are many and small
  EXPECT_FALSE(gpu_is_faster(work_of_training({.parameters = 266240, .layers = 64}, 1000, 8, 10'000), 1));
}

TEST(Workload, ImagesGoToTheGpuWhereTheCpuHasFewThreads) {
  const Workload book = work_of_training({.parameters = 203530, .layers = 2}, 60000, 256, 10);
  EXPECT_TRUE(gpu_is_faster(book, 1));
  EXPECT_FALSE(gpu_is_faster(book, 16));  // the GPU's start takes longer
  EXPECT_TRUE(gpu_is_faster(work_without_end(), 1024));
  const Workload large = work_of_training({.parameters = 16'800'000, .layers = 3}, 20000, 20000, 1000);
  for (const int threads : {1, 16, 64, 1024}) EXPECT_TRUE(gpu_is_faster(large, threads)) << threads;
}

}  // namespace
}  // namespace tinymlp::program
