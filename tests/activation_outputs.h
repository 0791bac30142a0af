// What an activation gives on the device, for its tests.
#pragma once
#include <string>
#include <vector>

#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/pass.h"

TINYMLP_BEGIN

struct Outputs {
  std::vector<Scalar> y, derivative;
};
/// What a network of this layer makes of x on the CPU device, and its derivative there times dy, or times 1.
inline Outputs run(const std::string& text, std::vector<Scalar> x, std::vector<Scalar> dy = {}) {
  const auto device = make_cpu_device();
  const Index n = static_cast<Index>(x.size());
  std::vector<std::unique_ptr<Layer>> layers;
  layers.push_back(make_activation(text));
  const Network network(*device, n, 0, std::move(layers));
  Pass pass(network, 1);
  Matrix dx(1, n);
  const ConstMatrixView y = pass.forward({x.data(), 1, n});
  if (dy.empty()) dy.assign(x.size(), Scalar(1));
  std::ranges::copy(dy, pass.output_gradient().data);
  pass.backward(dx.view());
  return {{y.data, y.data + n}, dx.values};
}

TINYMLP_END
