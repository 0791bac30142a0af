// Tests of tinymlp/model_description.h: where the border between two classes lies.
#include "tinymlp/model_description.h"

#include <gtest/gtest.h>

namespace tinymlp {
namespace {

ModelDescription description(Task task, const std::string& loss, double low, double high) {
  ModelDescription made;
  made.task = task;
  made.loss = loss;
  made.low = low;
  made.high = high;
  return made;
}

TEST(ModelDescription, RegressionHasNoThreshold) {
  for (const std::string loss : {"mse", "bce"})
    EXPECT_FALSE(description(Task::regression, loss, 0, 1).threshold().has_value());
}

TEST(ModelDescription, LogitsAreCutAtZeroWhateverTheTargets) {
  for (const std::string loss : {"bce", "cross-entropy"})
    EXPECT_EQ(description(Task::classification, loss, 0, 1).threshold(), 0);
}

TEST(ModelDescription, OtherOutputsAreCutHalfwayBetweenTheTargets) {
  EXPECT_EQ(description(Task::classification, "mse", 0, 1).threshold(), 0.5);
  EXPECT_EQ(description(Task::classification, "half-mse", -1, 1).threshold(), 0);
  EXPECT_EQ(description(Task::classification, "mse", 2, 5).threshold(), 3.5);
}

TEST(ModelDescription, KnowsWhichLossesAreForClasses) {
  for (const char* loss : {"bce", "cross-entropy"}) EXPECT_TRUE(takes_logits(loss) && is_for_classes(loss)) << loss;
  EXPECT_TRUE(is_for_classes("hinge"));
  EXPECT_FALSE(takes_logits("hinge"));
  for (const char* loss : {"mse", "half-mse", "mae", "huber"})
    EXPECT_FALSE(takes_logits(loss) || is_for_classes(loss)) << loss;
}

TEST(ModelDescription, IsARegressionOfOneNumberUntilToldOtherwise) {
  const ModelDescription fresh;
  EXPECT_EQ(fresh.task, Task::regression);
  EXPECT_EQ(fresh.loss, "mse");
  EXPECT_TRUE(fresh.layers.empty());
  EXPECT_TRUE(fresh.scaling.mean.empty());
}

}  // namespace
}  // namespace tinymlp
