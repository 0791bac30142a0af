// Tests of tinymlp/dataset.h: chosen rows are the right ones, and a split keeps sizes, shares, order and rows.
#include "tinymlp/dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "tinymlp/error.h"

namespace tinymlp {
namespace {

/// A data set of two features, where row i is (i, -i), with `counts[c]` rows of class c, the classes interleaved.
DataSet numbered_classes(const std::vector<Index>& counts) {
  DataSet data;
  data.name = "numbered";
  data.task = Task::classification;
  data.feature_names = {"up", "down"};
  data.target_name = "class";
  for (std::size_t c = 0; c < counts.size(); ++c)
    data.class_names.push_back(std::string(1, static_cast<char>('a' + c)));
  std::vector<Index> left = counts;
  for (bool more = true; more;) {
    more = false;
    for (std::size_t c = 0; c < counts.size(); ++c) {
      if (left[c] == 0) continue;
      --left[c];
      more = true;
      const auto row = static_cast<double>(data.rows());
      data.inputs.insert(data.inputs.end(), {row, -row});
      data.targets.push_back(static_cast<double>(c));
    }
  }
  return data;
}

DataSet numbered_rows(Index rows) {
  DataSet data = numbered_classes({rows});
  data.task = Task::regression;
  data.class_names.clear();
  for (std::size_t i = 0; i < data.targets.size(); ++i) data.targets[i] = 10 * static_cast<double>(i);
  return data;
}

Index count_class(const DataSet& data, double label) {
  return std::count(data.targets.begin(), data.targets.end(), label);
}

using Numbers = std::vector<double>;

/// The row numbers that numbered_classes put into a part.
Numbers first_features(const DataSet& data) {
  Numbers numbers;
  for (std::size_t i = 0; i < data.inputs.size(); i += 2) numbers.push_back(data.inputs[i]);
  return numbers;
}

/// Both parts together are the rows of `data`, each once and whole, in order within each part.
void expect_partition(const DataSet& data, const DataParts& parts) {
  std::vector<int> seen(data.targets.size());
  for (const DataSet* part : {&parts.training, &parts.test}) {
    ASSERT_EQ(part->inputs.size(), 2 * part->targets.size());
    double before = -1;
    for (std::size_t i = 0; i < part->targets.size(); ++i) {
      const double row = part->inputs[2 * i];
      EXPECT_GT(row, before);
      before = row;
      EXPECT_EQ(part->inputs[2 * i + 1], -row);
      EXPECT_EQ(part->targets[i], data.targets[static_cast<std::size_t>(row)]);
      ++seen[static_cast<std::size_t>(row)];
    }
  }
  for (const int times : seen) EXPECT_EQ(times, 1);
}

TEST(SelectRows, TakesRowsInTheOrderGivenEvenTwice) {
  const DataSet part = select_rows(numbered_classes({3, 2}), {4, 0, 4});
  EXPECT_EQ(part.inputs, (std::vector<double>{4, -4, 0, 0, 4, -4}));
  EXPECT_EQ(part.targets, (std::vector<double>{0, 0, 0}));
  EXPECT_EQ(part.name, "numbered");
  EXPECT_EQ(part.task, Task::classification);
  EXPECT_EQ(part.feature_names, (std::vector<std::string>{"up", "down"}));
  EXPECT_EQ(part.target_name, "class");
  EXPECT_EQ(part.class_names, (std::vector<std::string>{"a", "b"}));
}

TEST(SelectRows, TakesBytes) {
  DataSet data = numbered_classes({2, 1});
  data.inputs.clear();
  data.bytes = {1, 2, 3, 4, 5, 6};
  const DataSet part = select_rows(data, {2, 1});
  EXPECT_EQ(part.bytes, (std::vector<std::uint8_t>{5, 6, 3, 4}));
  EXPECT_TRUE(part.inputs.empty());
  EXPECT_EQ(part.targets, (std::vector<double>{0, 1}));
}

TEST(SelectRows, TakesNoRows) {
  const DataSet part = select_rows(numbered_rows(3), {});
  EXPECT_EQ(part.rows(), 0);
  EXPECT_EQ(part.features(), 2);
}

TEST(SelectRows, RefusesRowsThatDoNotExist) {
  EXPECT_THROW(select_rows(numbered_rows(3), {0, 3}), InputError);
  EXPECT_THROW(select_rows(numbered_rows(3), {-1}), InputError);
}

TEST(SelectRows, RefusesDataOfTheWrongSize) {
  DataSet data = numbered_rows(3);
  data.inputs.pop_back();
  EXPECT_THROW(select_rows(data, {2}), ShapeError);
  data = numbered_rows(3);
  data.bytes.assign(6, 0);  // beside the inputs
  EXPECT_THROW(select_rows(data, {2}), ShapeError);
}

TEST(Split, DrawsTheRoundedShareOfRows) {
  for (const Index rows : {1, 2, 3, 7, 10, 101})
    for (const double fraction : {0.0, 0.1, 0.2, 0.25, 0.5, 0.8}) {
      const auto expected = static_cast<Index>(std::llround(fraction * static_cast<double>(rows)));
      if (expected == rows) continue;
      const DataSet data = numbered_rows(rows);
      const DataParts parts = split(data, fraction, 3);
      EXPECT_EQ(parts.test.rows(), expected) << rows << " rows, fraction " << fraction;
      expect_partition(data, parts);
    }
}

TEST(Split, KeepsTheShareOfEachClass) {
  for (const std::vector<Index>& counts :
       std::vector<std::vector<Index>>{{50, 30, 20}, {7, 7, 7}, {97, 1, 2}, {1, 1, 1, 1, 1}, {5, 0, 5}}) {
    const DataSet data = numbered_classes(counts);
    for (const double fraction : {0.1, 0.2, 1.0 / 3, 0.5, 0.75}) {
      const DataParts parts = split(data, fraction, 1);
      expect_partition(data, parts);
      const auto total = static_cast<Index>(std::llround(fraction * static_cast<double>(data.rows())));
      EXPECT_EQ(parts.test.rows(), total);
      for (std::size_t c = 0; c < counts.size(); ++c) {
        const double share =
            static_cast<double>(total) * static_cast<double>(counts[c]) / static_cast<double>(data.rows());
        EXPECT_LT(std::abs(static_cast<double>(count_class(parts.test, static_cast<double>(c))) - share), 1);
      }
    }
  }
}

TEST(Split, GivesWhatIsLeftToTheLargestRemainders) {
  // round(0.25 * 10) = 3 of 5, 3 and 2 rows: exact shares 1.5, 0.9 and 0.6, so the last two are rounded up.
  const DataParts parts = split(numbered_classes({5, 3, 2}), 0.25, 0);
  EXPECT_EQ(count_class(parts.test, 0), 1);
  EXPECT_EQ(count_class(parts.test, 1), 1);
  EXPECT_EQ(count_class(parts.test, 2), 1);
  // 2 of 2, 2 and 2 rows: shares of 2/3 each; the first two classes get one.
  const DataParts equal = split(numbered_classes({2, 2, 2}), 0.3, 0);
  EXPECT_EQ(count_class(equal.test, 0), 1);
  EXPECT_EQ(count_class(equal.test, 1), 1);
  EXPECT_EQ(count_class(equal.test, 2), 0);
}

TEST(Split, IsDeterminedBySeed) {
  const DataSet data = numbered_classes({40, 60});
  EXPECT_EQ(split(data, 0.3, 5).test.inputs, split(data, 0.3, 5).test.inputs);
  EXPECT_NE(split(data, 0.3, 5).test.inputs, split(data, 0.3, 6).test.inputs);
}

TEST(Split, DrawsEveryRowEquallyOften) {
  const DataSet data = numbered_classes({12, 8});
  std::vector<int> drawn(20);
  constexpr int seeds = 2000;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const DataSet test = split(data, 0.25, seed).test;
    for (std::size_t i = 0; i < test.targets.size(); ++i) ++drawn[static_cast<std::size_t>(test.inputs[2 * i])];
  }
  // Each row is drawn with probability 1/4: 500 times, with a standard deviation of 19.4.
  for (const int times : drawn) EXPECT_TRUE(std::abs(times - 500) < 90) << times;
}

TEST(SplitValidation, TakesItsShareOfEachClassFromTheTrainingPart) {
  const DataSet data = numbered_classes({30, 20, 10});
  DataParts parts = split(data, 1.0 / 6, 3);
  const DataParts before = parts;
  split_validation(parts, 0.3, 3);
  EXPECT_EQ(parts.test.inputs, before.test.inputs);
  EXPECT_EQ(parts.training.rows(), 35);
  EXPECT_EQ(parts.validation.rows(), 15);
  for (const double label : {0.0, 1.0, 2.0}) {
    const double share = 0.3 * static_cast<double>(count_class(before.training, label));
    EXPECT_LT(std::abs(static_cast<double>(count_class(parts.validation, label)) - share), 1);
  }
  Numbers rows;
  for (const DataSet* part : {&parts.training, &parts.validation, &parts.test}) {
    EXPECT_TRUE(std::ranges::is_sorted(first_features(*part)));
    for (const double row : first_features(*part)) rows.push_back(row);
  }
  std::ranges::sort(rows);
  for (std::size_t row = 0; row < 60; ++row) EXPECT_EQ(rows[row], static_cast<double>(row));
}

TEST(SplitValidation, IsDrawnBySeedAndNotAsTestRowsAre) {
  const DataSet data = numbered_classes({40, 60});
  const auto validation = [&](std::uint64_t seed) {
    DataParts parts{.training = data, .test = {}};
    split_validation(parts, 0.25, seed);
    return parts.validation.inputs;
  };
  EXPECT_EQ(validation(5), validation(5));
  EXPECT_NE(validation(5), validation(6));
  EXPECT_NE(validation(5), split(data, 0.25, 5).test.inputs);
}

TEST(SplitValidation, LeavesARowToTrainOn) {
  DataParts parts{.training = numbered_rows(2), .test = {}};
  EXPECT_THROW(split_validation(parts, 0.8, 0), InputError);
  EXPECT_THROW(split_validation(parts, 1, 0), InputError);
  split_validation(parts, 0.1, 0);
  EXPECT_EQ(parts.validation.rows(), 0);
  EXPECT_EQ(parts.training.rows(), 2);
}

TEST(Split, OfFractionZeroGivesAnEmptyTestPartWithNames) {
  const DataSet data = numbered_classes({2, 3});
  const DataParts parts = split(data, 0, 0);
  EXPECT_EQ(parts.training.inputs, data.inputs);
  EXPECT_EQ(parts.training.targets, data.targets);
  EXPECT_EQ(parts.test.rows(), 0);
  EXPECT_EQ(parts.test.feature_names, data.feature_names);
  EXPECT_EQ(parts.test.class_names, data.class_names);
  EXPECT_EQ(parts.test.name, data.name);
}

TEST(Split, RefusesFractionsThatLeaveNothingToTrainOn) {
  for (const double fraction : {-0.1, 1.0, 1.5, std::numeric_limits<double>::quiet_NaN(),
                                std::numeric_limits<double>::infinity(), 0.9 /* rounds to all 4 rows */})
    EXPECT_THROW(split(numbered_rows(4), fraction, 0), InputError) << fraction;
  EXPECT_THROW(split(DataSet{}, 0, 0), InputError);
}

TEST(Split, RefusesTargetsThatAreNoClass) {
  for (const double label : {-1.0, 2.0, std::numeric_limits<double>::quiet_NaN()}) {
    DataSet data = numbered_classes({2, 3});
    data.targets[1] = label;
    EXPECT_THROW(split(data, 0.2, 0), InputError) << label;
  }
}

}  // namespace
}  // namespace tinymlp
