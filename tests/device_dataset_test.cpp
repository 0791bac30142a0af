// Tests of tinymlp/device_dataset.h: what becomes of features, classes and bytes on the device.
#include "tinymlp/device_dataset.h"

#include <gtest/gtest.h>

#include "support.h"
#include "tinymlp/dense.h"

namespace tinymlp {
namespace {

DataSet regression(Index rows, Index features) {
  DataSet data;
  data.name = "numbers";
  Random random(1, Purpose::check);
  for (Index j = 0; j < features; ++j) data.feature_names.push_back("x" + std::to_string(j));
  for (Index i = 0; i < rows * features; ++i) data.inputs.push_back(random.normal());
  for (Index i = 0; i < rows; ++i) data.targets.push_back(random.normal());
  return data;
}

/// Rows of classes 0, 1, …, 0, 1, …
DataSet classes(Index rows, Index features, Index count) {
  DataSet data = regression(rows, features);
  data.name = "classes";
  data.task = Task::classification;
  for (Index k = 0; k < count; ++k) data.class_names.push_back(std::to_string(k));
  for (Index i = 0; i < rows; ++i) data.targets[static_cast<std::size_t>(i)] = static_cast<double>(i % count);
  return data;
}

DataSet bytes(Index rows, Index features) {
  DataSet data = classes(rows, features, 3);
  data.inputs.clear();
  Random random(1, Purpose::check);
  for (Index i = 0; i < rows * features; ++i) data.bytes.push_back(static_cast<std::uint8_t>(random.below(256)));
  return data;
}

class DeviceData : public testing::Test {
 protected:
  std::unique_ptr<Device> device = make_cpu_device();
};

TEST_F(DeviceData, HoldsFeaturesAndNumbersAsTheyAre) {
  const DataSet host = regression(7, 3);
  const DeviceDataSet data(*device, host, {});
  EXPECT_EQ(data.rows(), 7);
  EXPECT_EQ(data.features(), 3);
  EXPECT_EQ(data.targets().rows, 7);
  EXPECT_EQ(data.targets().cols, 1);
  const ConstMatrixView x = data.inputs(0, 7).value();
  for (std::size_t i = 0; i < 21; ++i) EXPECT_EQ(x.data[i], static_cast<Scalar>(host.inputs[i]));
  for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(data.targets().data[i], static_cast<Scalar>(host.targets[i]));
}

TEST_F(DeviceData, ShowsRowsWhereTheyLie) {
  const DataSet host = regression(7, 3);
  const DeviceDataSet data(*device, host, {});
  const ConstMatrixView x = data.inputs(2, 4).value();
  EXPECT_EQ(x.rows, 4);
  EXPECT_EQ(x.cols, 3);
  EXPECT_EQ(x.data, data.inputs(0, 7)->data + 6);
}

TEST_F(DeviceData, CodesTwoClassesAsOneNumber) {
  const DeviceDataSet data(*device, classes(5, 2, 2), {.outputs = 1, .low = -1, .high = 3});
  const ConstMatrixView t = data.targets();
  ASSERT_EQ(t.cols, 1);
  EXPECT_EQ(std::vector<Scalar>(t.data, t.data + 5), (std::vector<Scalar>{-1, 3, -1, 3, -1}));
}

TEST_F(DeviceData, CodesClassesAsOneOutputEach) {
  for (const auto& [count, outputs] : {std::pair<Index, Index>{2, 2}, {3, 3}, {10, 10}, {3, 5}}) {
    const DeviceDataSet data(*device, classes(23, 2, count),
                             {.outputs = outputs, .low = Scalar(-0.5), .high = Scalar(0.75)});
    const ConstMatrixView t = data.targets();
    ASSERT_EQ(t.rows, 23);
    ASSERT_EQ(t.cols, outputs);
    for (Index i = 0; i < 23; ++i)
      for (Index j = 0; j < outputs; ++j)
        ASSERT_EQ(t.data[i * outputs + j], j == i % count ? Scalar(0.75) : Scalar(-0.5));
  }
}

TEST_F(DeviceData, GathersRowsInAnyOrder) {
  const std::vector<std::int32_t> rows{6, 0, 3, 3, 5};
  for (const bool as_bytes : {false, true}) {
    const DataSet host = as_bytes ? bytes(7, 4) : classes(7, 4, 3);
    const DeviceDataSet data(*device, host, {.outputs = 3});
    Matrix x(5, 4), t(5, 3), x_alone(5, 4);
    data.gather_batch(rows.data(), x.view(), t.view());
    data.gather_inputs(rows.data(), x_alone.view());
    EXPECT_EQ(x_alone.values, x.values);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = 0; j < 4; ++j) {
        const std::size_t at = static_cast<std::size_t>(rows[i]) * 4 + j;
        EXPECT_EQ(x.values[i * 4 + j],
                  as_bytes ? static_cast<Scalar>(host.bytes[at]) / Scalar(255) : static_cast<Scalar>(host.inputs[at]));
      }
      for (std::size_t j = 0; j < 3; ++j) EXPECT_EQ(t.values[i * 3 + j], static_cast<int>(j) == rows[i] % 3 ? 1 : 0);
    }
  }
}

TEST_F(DeviceData, BytesBecomeNumbersFromZeroToOneWhenGathered) {
  DataSet host = bytes(1, 256);
  for (std::size_t i = 0; i < 256; ++i) host.bytes[i] = static_cast<std::uint8_t>(i);
  const DeviceDataSet data(*device, host, {.outputs = 3});
  EXPECT_EQ(data.features(), 256);
  EXPECT_FALSE(data.inputs(0, 1).has_value());
  Matrix x(1, 256);
  const std::int32_t row = 0;
  data.gather_inputs(&row, x.view());
  EXPECT_EQ(x.values[0], 0);
  EXPECT_EQ(x.values[255], 1);
  for (Index i = 0; i < 256; ++i)
    EXPECT_TRUE(near(std::as_const(x).at(0, i), static_cast<Real>(i) / 255, 0, epsilon / 2 * 1.001L));
}

TEST_F(DeviceData, RefusesACodingThatDoesNotFit) {
  const auto refuse = [&](const DataSet& host, Index outputs, const std::string& part) {
    expect_error<ShapeError>(part, [&] { DeviceDataSet(*device, host, {.outputs = outputs}); });
  };
  refuse(regression(5, 2), 2, "data set \"numbers\" needs a network of 1 outputs, not 2");
  refuse(classes(5, 2, 3), 1, "data set \"classes\" needs a network of 3 outputs, not 1");
  refuse(classes(5, 2, 3), 2, "data set \"classes\" needs a network of 3 outputs, not 2");
  refuse(classes(5, 2, 10), 9, "needs a network of 10 outputs, not 9");
}

TEST_F(DeviceData, RefusesDataThatAreNotWhole) {
  for (const bool as_bytes : {false, true}) {
    DataSet host = as_bytes ? bytes(7, 3) : classes(7, 3, 3);
    host.targets.pop_back();
    expect_error<ShapeError>("has 21 numbers, not 6 rows of 3 features",
                             [&] { DeviceDataSet(*device, host, {.outputs = 3}); });
  }
}

TEST_F(DeviceData, RefusesTargetsThatAreNoClass) {
  for (const double target : {-1.0, 3.0, 0.5, 1e300, std::numeric_limits<double>::quiet_NaN()}) {
    DataSet host = classes(7, 3, 3);
    host.targets[4] = target;
    expect_error<InputError>("data set \"classes\" has a target that is no number of a class",
                             [&] { DeviceDataSet(*device, host, {.outputs = 3}); });
  }
}

TEST_F(DeviceData, MayBeEmpty) {
  const DeviceDataSet data(*device, regression(0, 3), {});
  EXPECT_EQ(data.rows(), 0);
  EXPECT_EQ(data.features(), 3);
}

TEST_F(DeviceData, CheckFitNamesBothSizes) {
  const DeviceDataSet data(*device, regression(5, 2), {});
  const Network fits(*device, 2, 1, Dense(2, 1)), narrow(*device, 3, 1, Dense(3, 1)), wide(*device, 2, 1, Dense(2, 4));
  EXPECT_NO_THROW(check_fit(fits, data));
  EXPECT_EQ(message_of<ShapeError>([&] { check_fit(narrow, data); }),
            "the data have 2 features, but the network takes 3");
  EXPECT_EQ(message_of<ShapeError>([&] { check_fit(wide, data); }),
            "the data have targets of 1 numbers, but the network gives 4");
}

}  // namespace
}  // namespace tinymlp
