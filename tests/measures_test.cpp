// The measures against numbers worked out by hand.
#include "tinymlp/measures.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tinymlp/error.h"

namespace tinymlp {
namespace {

TEST(MeasureClasses, CountsTruthsByRowAndPredictionsByColumn) {
  const std::vector<Index> truth{0, 0, 0, 1, 1, 2, 2}, prediction{0, 1, 1, 1, 0, 2, 0};
  const ClassificationMeasures measures = measure_classes(truth, prediction, 3);
  EXPECT_EQ(measures.confusion, (std::vector<std::vector<Index>>{{1, 2, 0}, {1, 1, 0}, {1, 0, 1}}));
  EXPECT_DOUBLE_EQ(measures.accuracy, 3.0 / 7);
  EXPECT_DOUBLE_EQ(measures.classes[0].precision, 1.0 / 3);  // of the 3 rows taken for class 0
  EXPECT_DOUBLE_EQ(measures.classes[0].recall, 1.0 / 3);     // of its 3 rows
  EXPECT_DOUBLE_EQ(measures.classes[1].precision, 1.0 / 3);
  EXPECT_DOUBLE_EQ(measures.classes[1].recall, 1.0 / 2);
  EXPECT_DOUBLE_EQ(measures.classes[1].f1, 2.0 / 5);
  EXPECT_DOUBLE_EQ(measures.classes[2].precision, 1);
  EXPECT_DOUBLE_EQ(measures.classes[2].recall, 1.0 / 2);
  EXPECT_DOUBLE_EQ(measures.classes[2].f1, 2.0 / 3);
  EXPECT_EQ(measures.classes[0].rows, 3);
  EXPECT_DOUBLE_EQ(measures.macro.precision, (1.0 / 3 + 1.0 / 3 + 1) / 3);
  EXPECT_DOUBLE_EQ(measures.macro.recall, (1.0 / 3 + 1.0 / 2 + 1.0 / 2) / 3);
  EXPECT_DOUBLE_EQ(measures.macro.f1, (1.0 / 3 + 2.0 / 5 + 2.0 / 3) / 3);
  EXPECT_EQ(measures.macro.rows, 7);
}

TEST(MeasureClasses, LeavesClassesThatDoNotOccurOutOfTheMeans) {
  const std::vector<Index> labels{1, 3, 3};
  const ClassificationMeasures measures = measure_classes(labels, labels, 5);
  EXPECT_EQ(measures.accuracy, 1);
  EXPECT_EQ(measures.macro.f1, 1);
  EXPECT_EQ(measures.classes[0].f1, 0);
  EXPECT_EQ(measures.classes[0].rows, 0);
}

TEST(MeasureClasses, CountsAClassThatWasOnlyPredicted) {
  const std::vector<Index> truth{0, 0}, prediction{0, 1};
  const ClassificationMeasures measures = measure_classes(truth, prediction, 2);
  EXPECT_DOUBLE_EQ(measures.macro.recall, 0.25);
  EXPECT_EQ(measures.classes[1].precision, 0);
}

TEST(MeasureClasses, RefusesWhatDoesNotFit) {
  const std::vector<Index> one{0}, two{0, 1}, none;
  EXPECT_THROW(measure_classes(one, two, 2), ShapeError);
  EXPECT_THROW(measure_classes(none, none, 2), InputError);
  EXPECT_THROW(measure_classes(two, two, 1), InputError);
  const std::vector<Index> negative{-1};
  EXPECT_THROW(measure_classes(negative, one, 2), InputError);
  EXPECT_THROW(measure_classes(one, negative, 2), InputError);
}

TEST(MeasureRegression, MeanAbsoluteErrorAndR2) {
  const std::vector<double> truth{3, -0.5, 2, 7}, prediction{2.5, 0, 2, 8};
  const RegressionMeasures measures = measure_regression(truth, prediction);
  EXPECT_DOUBLE_EQ(measures.mae, 0.5);
  ASSERT_TRUE(measures.r2);
  EXPECT_NEAR(*measures.r2, 1 - 1.5 / 29.1875, 1e-15);
}

TEST(MeasureRegression, TheMeanAsPredictionHasR2Zero) {
  const std::vector<double> truth{1, 2, 6}, prediction{3, 3, 3};
  EXPECT_NEAR(measure_regression(truth, prediction).r2.value(), 0, 1e-15);
}

TEST(MeasureRegression, HasNoR2WhereAllTargetsAreEqual) {
  const std::vector<double> truth{0.1, 0.1, 0.1}, prediction{0.1, 0.2, 0.1};
  EXPECT_FALSE(measure_regression(truth, prediction).r2);
}

TEST(MeasureRegression, RefusesWhatDoesNotFit) {
  const std::vector<double> one{0}, two{0, 1}, none;
  EXPECT_THROW(measure_regression(one, two), ShapeError);
  EXPECT_THROW(measure_regression(none, none), InputError);
}

TEST(MeasureRegression, LetsNaNThrough) {
  const std::vector<double> truth{0, 1}, prediction{0, std::nan("")};
  EXPECT_TRUE(std::isnan(measure_regression(truth, prediction).mae));
}

}  // namespace
}  // namespace tinymlp
