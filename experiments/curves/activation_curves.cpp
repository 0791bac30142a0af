// Sends the numbers forward and backward through a network of one activation.
#include "curves/activation_curves.h"

#include "tinymlp/activations.h"
#include "tinymlp/pass.h"

namespace tinymlp::program {

namespace {

ActivationCurve curve(Device& device, const std::string& name, const Buffer<Scalar>& x, Index points) {
  std::vector<std::unique_ptr<Layer>> layers;
  layers.push_back(make_activation(name));
  ActivationCurve curve{layers[0]->describe(), std::vector<Scalar>(static_cast<std::size_t>(points)), {}};
  const Network network(device, 1, /*seed*/ 0, std::move(layers));
  Pass pass(network, points);
  const Buffer<Scalar> dx = make_buffer<Scalar>(device, points);
  const std::size_t bytes = sizeof(Scalar) * static_cast<std::size_t>(points);

  const ConstMatrixView y = pass.forward({x.get(), points, 1});
  const std::vector<Scalar> ones(curve.value.size(), Scalar(1));  // dy = 1 makes dx the derivative
  device.upload(pass.output_gradient().data, ones.data(), bytes);
  pass.backward({dx.get(), points, 1});
  curve.derivative.resize(curve.value.size());
  device.download(curve.value.data(), y.data, bytes);
  device.download(curve.derivative.data(), dx.get(), bytes);
  return curve;
}

}  // namespace

std::vector<ActivationCurve> activation_curves(Device& device, const std::vector<std::string>& names,
                                               const std::vector<Scalar>& x) {
  const auto points = static_cast<Index>(x.size());
  const Buffer<Scalar> on_device = make_buffer<Scalar>(device, points);
  device.upload(on_device.get(), x.data(), sizeof(Scalar) * x.size());
  std::vector<ActivationCurve> curves;
  for (const std::string& name : names) curves.push_back(curve(device, name, on_device, points));
  return curves;
}

}  // namespace tinymlp::program
