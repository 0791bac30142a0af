// Tests of tinymlp/scaling.h: moments of any size, constant features, rows that were not trained on, bytes, and numbers
// that floats cannot hold.
#include "tinymlp/scaling.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support.h"
#include "tinymlp/random.h"

namespace tinymlp {
namespace {

using Numbers = std::vector<double>;

DataSet table(std::vector<std::string> features, Numbers inputs) {
  DataSet data;
  data.name = "t.csv";
  data.feature_names = std::move(features);
  data.targets.assign(inputs.size() / data.feature_names.size(), 0);
  data.inputs = std::move(inputs);
  return data;
}

TEST(Standardization, IsTheMeanAndDeviationOfEachFeature) {
  const InputScaling scaling = standardization(table({"a", "b", "c"}, {1, 10, 0, 3, 10.5, 0, 5, 11, 6}));
  EXPECT_EQ(scaling.mean, (Numbers{3, 10.5, 2}));
  ASSERT_EQ(scaling.deviation.size(), 3U);
  EXPECT_TRUE(near(scaling.deviation[0], std::sqrt(8.0 / 3), 1e-15, 0));  // divided by n, not by n - 1
  EXPECT_TRUE(near(scaling.deviation[1], std::sqrt(0.5 / 3), 1e-15, 0));
  EXPECT_TRUE(near(scaling.deviation[2], std::sqrt(8.0), 1e-15, 0));
}

TEST(Standardization, LeavesMeanZeroAndVarianceOne) {
  Random random(4, Purpose::check);
  for (const double size : {1e-300, 1e-9, 1.0, 1e12, 1e300})
    for (const double shift : {0.0, 1000.0}) {
      Numbers inputs;
      for (int i = 0; i < 3003; ++i) inputs.push_back(size * (shift + random.normal()));
      DataSet data = table({"a", "b", "c"}, inputs);
      scale_inputs(data, standardization(data));
      for (std::size_t feature = 0; feature < 3; ++feature) {
        double sum = 0, squares = 0;
        for (std::size_t i = feature; i < data.inputs.size(); i += 3) {
          sum += data.inputs[i];
          squares += data.inputs[i] * data.inputs[i];
        }
        EXPECT_TRUE(near(sum / 1001, 0, 1e-11, 0)) << size << " " << shift;
        EXPECT_TRUE(near(squares / 1001, 1, 1e-11, 0)) << size << " " << shift;
      }
    }
}

TEST(Standardization, MakesConstantFeaturesZero) {
  for (const double value : {0.0, 0.1, -7e300, 5e-324}) {
    DataSet data = table({"a", "b"}, {value, 1, value, 2, value, 3});  // 0.1 three times does not sum to 0.3
    const InputScaling scaling = standardization(data);
    EXPECT_EQ(scaling.mean[0], value);
    EXPECT_EQ(scaling.deviation[0], 1);
    scale_inputs(data, scaling);
    for (std::size_t row = 0; row < 3; ++row) EXPECT_EQ(data.inputs[2 * row], 0);
  }
  DataSet single = table({"a"}, {42});
  scale_inputs(single, standardization(single));
  EXPECT_EQ(single.inputs, (Numbers{0}));
}

TEST(Standardization, HoldsAtTheEndsOfTheRange) {
  constexpr double largest = std::numeric_limits<double>::max(), smallest = std::numeric_limits<double>::denorm_min();
  DataSet data = table({"a", "b"}, {largest, smallest, -largest, 0, largest, 0, -largest, 0});
  const InputScaling scaling = standardization(data);
  scale_inputs(data, scaling);
  EXPECT_TRUE(near(data.inputs[0], 1, 1e-15, 0));
  EXPECT_TRUE(near(data.inputs[2], -1, 1e-15, 0));
  for (const double x : data.inputs) EXPECT_TRUE(std::isfinite(x));
  EXPECT_GT(scaling.deviation[1], 0);
  DataSet apart = table({"a"}, {-largest, largest, largest, largest});  // the first is beyond the range from the mean
  scale_inputs(apart, standardization(apart));
  EXPECT_TRUE(near(apart.inputs[0], -std::sqrt(3.0), 1e-14, 0));
}

TEST(Standardization, NeedsRowsOfNumbers) {
  expect_error<InputError>("no rows", [] { standardization(table({"a"}, {})); });
  DataSet images = table({"a"}, {1});
  images.bytes = {1};
  images.inputs.clear();
  expect_error<InputError>("255", [&] { standardization(images); });
}

TEST(ScaleInputs, AppliesOneNumberForAllFeaturesOrOneForEach) {
  DataSet all = table({"a", "b"}, {1, 2, 3, 4}), each = all, none = all;
  scale_inputs(all, {.mean = {1}, .deviation = {2}});
  EXPECT_EQ(all.inputs, (Numbers{0, 0.5, 1, 1.5}));
  scale_inputs(each, {.mean = {1, 2}, .deviation = {2, 4}});
  EXPECT_EQ(each.inputs, (Numbers{0, 0, 1, 0.5}));
  EXPECT_EQ(each.scaling.mean, (Numbers{1, 2}));
  EXPECT_EQ(each.scaling.deviation, (Numbers{2, 4}));
  scale_inputs(none, {});
  EXPECT_EQ(none.inputs, (Numbers{1, 2, 3, 4}));
  EXPECT_EQ(select_rows(each, {1}).scaling.mean, (Numbers{1, 2}));
  EXPECT_THROW(scale_inputs(each, {.mean = {1}, .deviation = {2}}), InputError);  // twice
  EXPECT_THROW(scale_inputs(none, {.mean = {1, 2, 3}, .deviation = {1, 1, 1}}), ShapeError);
  EXPECT_THROW(scale_inputs(none, {.mean = {1, 2}, .deviation = {1}}), ShapeError);
}

TEST(ScaleInputs, KeepsBytesWhereTheDeviceScalesThem) {
  DataSet images = table({"a", "b"}, {0, 0});
  images.inputs.clear();
  images.bytes = {51, 255};
  scale_inputs(images, byte_scaling());
  EXPECT_EQ(images.bytes.size(), 2U);
  scale_inputs(images, {.mean = {51}, .deviation = {102}});
  EXPECT_TRUE(images.bytes.empty());
  EXPECT_EQ(images.inputs, (Numbers{0, 2}));
}

TEST(CheckFloatRange, NamesRowAndColumn) {
  constexpr double most = std::numeric_limits<float>::max();
  DataSet data = table({"a", "b"}, {most, -most, 1, 2});
  EXPECT_NO_THROW(check_float_range(data));
  data.inputs[3] = -1e39;
  expect_error<InputError>("-1e+39 is beyond the range of a float (t.csv, row 2, column \"b\")",
                           [&] { check_float_range(data); });
  data.inputs[3] = std::nan("");
  EXPECT_THROW(check_float_range(data), InputError);
  data.inputs[3] = 2;
  expect_error<InputError>("row 1 of the test part, column",
                           [&] { check_float_range(table({"a"}, {1e40}), "the test part"); });
  data.targets[1] = 1e39;
  expect_error<InputError>("row 2, column \"target\"", [&] { check_float_range(data); });
}

}  // namespace
}  // namespace tinymlp
