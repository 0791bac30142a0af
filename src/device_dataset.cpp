#include "tinymlp/device_dataset.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "tinymlp/error.h"

TINYMLP_BEGIN

namespace {

std::vector<Scalar> coded_targets(const DataSet& data, TargetCoding coding) {
  std::vector<Scalar> targets(static_cast<std::size_t>(data.rows() * coding.outputs));
  if (data.task == Task::regression) {
    std::ranges::transform(data.targets, targets.begin(), [](double t) { return static_cast<Scalar>(t); });
    return targets;
  }
  const auto low = static_cast<Scalar>(coding.low), high = static_cast<Scalar>(coding.high);
  std::ranges::fill(targets, low);
  for (std::size_t row = 0; row < data.targets.size(); ++row) {
    const auto label = static_cast<std::size_t>(data.targets[row]);
    if (coding.outputs == 1)
      targets[row] = label == 1 ? high : low;
    else
      targets[row * static_cast<std::size_t>(coding.outputs) + label] = high;
  }
  return targets;
}

void check(const DataSet& data, TargetCoding coding) {
  const Index needed = data.task == Task::regression || data.classes() <= 2 ? 1 : data.classes();
  const bool fits = data.task == Task::regression ? coding.outputs == 1
                                                  : coding.outputs >= data.classes() || coding.outputs == needed;
  if (!fits)
    throw ShapeError("data set \"" + data.name + "\" needs a network of " + std::to_string(needed) + " outputs, not " +
                     std::to_string(coding.outputs));
  const auto numbers = static_cast<Index>(data.bytes.empty() ? data.inputs.size() : data.bytes.size());
  if (numbers != data.rows() * data.features())
    throw ShapeError("data set \"" + data.name + "\" has " + std::to_string(numbers) + " numbers, not " +
                     std::to_string(data.rows()) + " rows of " + std::to_string(data.features()) + " features");
  const auto is_class = [classes = static_cast<double>(data.classes())](double t) {
    return t >= 0 && t < classes && t == std::floor(t);
  };
  if (data.task == Task::classification && !std::ranges::all_of(data.targets, is_class))
    throw InputError("data set \"" + data.name + "\" has a target that is no number of a class");
}

template <class T>
Buffer<T> uploaded(Device& device, const std::vector<T>& values) {
  Buffer<T> buffer = make_buffer<T>(device, static_cast<Index>(values.size()));
  device.upload(buffer.get(), values.data(), sizeof(T) * values.size());
  return buffer;
}

}  // namespace

DeviceDataSet::DeviceDataSet(Device& device, const DataSet& data, TargetCoding coding)
    : device_(device),
      input_memory_(nullptr, Release{&device}),
      target_memory_(nullptr, Release{&device}),
      byte_memory_(nullptr, Release{&device}) {
  check(data, coding);
  const Index rows = data.rows(), features = data.features();
  target_memory_ = uploaded(device, coded_targets(data, coding));
  targets_ = {target_memory_.get(), rows, coding.outputs};
  if (data.bytes.empty()) {
    std::vector<Scalar> inputs(data.inputs.size());
    std::ranges::transform(data.inputs, inputs.begin(), [](double x) { return static_cast<Scalar>(x); });
    input_memory_ = uploaded(device, inputs);
    inputs_ = {input_memory_.get(), rows, features};
  } else {
    if (!device.uses_host_memory()) byte_memory_ = uploaded(device, data.bytes);
    bytes_ = {byte_memory_ ? byte_memory_.get() : data.bytes.data(), rows, features};
  }
}

void DeviceDataSet::gather_inputs(const std::int32_t* rows, MatrixView x) const {
  if (bytes_.data)
    device_.gather(bytes_, rows, x);
  else
    device_.gather(inputs_, rows, x);
}

void DeviceDataSet::gather_batch(const std::int32_t* rows, MatrixView x, MatrixView t) const {
  if (bytes_.data)
    device_.gather_batch(bytes_, targets_, rows, x, t);
  else
    device_.gather_batch(inputs_, targets_, rows, x, t);
}

std::optional<ConstMatrixView> DeviceDataSet::inputs(Index first, Index count) const {
  if (bytes_.data) return std::nullopt;
  return inputs_.middle(first, count);
}

void check_fit(const Network& network, const DeviceDataSet& data) {
  if (network.inputs() != data.features())
    throw ShapeError("the data have " + std::to_string(data.features()) + " features, but the network takes " +
                     std::to_string(network.inputs()));
  if (network.outputs() != data.targets().cols)
    throw ShapeError("the data have targets of " + std::to_string(data.targets().cols) +
                     " numbers, but the network gives " + std::to_string(network.outputs()));
}

TINYMLP_END
