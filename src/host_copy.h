// Copies of numbers on a device, as tensors on the host, and back.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "tinymlp/device.h"
#include "tinymlp/tensor.h"

TINYMLP_BEGIN

inline Tensor host_copy(Device& device, const std::string& name, const Scalar* values, Index size) {
  std::vector<Scalar> numbers(static_cast<std::size_t>(size));
  if (size > 0) device.download(numbers.data(), values, sizeof(Scalar) * numbers.size());
  return {name, {size}, {numbers.begin(), numbers.end()}};
}

inline void copy_from_host(Device& device, Scalar* to, const Tensor& tensor) {
  std::vector<Scalar> numbers(tensor.values.size());
  std::ranges::transform(tensor.values, numbers.begin(), [](double value) { return static_cast<Scalar>(value); });
  if (!numbers.empty()) device.upload(to, numbers.data(), sizeof(Scalar) * numbers.size());
}

TINYMLP_END
