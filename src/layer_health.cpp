#include "tinymlp/layer_health.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tinymlp/pass.h"

TINYMLP_BEGIN

namespace {

constexpr double flat_share = 0.05;  // of the largest slope: below it, an activation is flat

std::vector<Scalar> to_host(Device& device, ConstMatrixView view) {
  std::vector<Scalar> values(static_cast<std::size_t>(view.size()));
  device.download(values.data(), view.data, sizeof(Scalar) * values.size());
  return values;
}

Buffer<Scalar> to_device(Device& device, const std::vector<Scalar>& values) {
  Buffer<Scalar> memory = make_buffer<Scalar>(device, static_cast<Index>(values.size()));
  device.upload(memory.get(), values.data(), sizeof(Scalar) * values.size());
  return memory;
}

double norm(const std::vector<Scalar>& values) {
  double sum = 0;
  for (const Scalar value : values) sum += static_cast<double>(value) * static_cast<double>(value);
  return std::sqrt(sum);
}

/// The layer's weight matrix, if it has one.
const Parameter* weight_matrix(const Layer& layer) {
  for (const Parameter& parameter : layer.parameters())
    if (parameter.is_weight && parameter.shape.size() == 2) return &parameter;
  return nullptr;
}

/// f'(x) of a layer that works on each number on its own: what comes back for dy = 1. (rows, units), on the host.
std::vector<Scalar> slopes(Device& device, const Layer& layer, ConstMatrixView x, ConstMatrixView y) {
  const Buffer<Scalar> ones = to_device(device, std::vector<Scalar>(static_cast<std::size_t>(x.size()), Scalar(1)));
  const Buffer<Scalar> dx = make_buffer<Scalar>(device, x.size());
  layer.backward({device}, x, y, {ones.get(), y.rows, y.cols}, {dx.get(), x.rows, x.cols});
  return to_host(device, {dx.get(), x.rows, x.cols});
}

/// How an activation's curve looks from -8 to 8.
struct Curve {
  double largest_slope = 0;
  bool is_flat_at_both_ends = false, is_straight = false;
};

Curve curve_of(Device& device, const Layer& layer) {
  std::vector<Scalar> grid;
  for (int i = -80; i <= 80; ++i) grid.push_back(static_cast<Scalar>(i) / Scalar(10));
  const auto count = static_cast<Index>(grid.size());
  const Buffer<Scalar> x = to_device(device, grid), y = make_buffer<Scalar>(device, count);
  const ConstMatrixView in{x.get(), count, 1};
  layer.forward({device}, in, {y.get(), count, 1});
  const std::vector<Scalar> slope = slopes(device, layer, in, {y.get(), count, 1});
  Curve curve;
  for (const Scalar value : slope) curve.largest_slope = std::max(curve.largest_slope, std::abs(double{value}));
  const auto is_flat = [&](Scalar value) { return std::abs(double{value}) < flat_share * curve.largest_slope; };
  curve.is_flat_at_both_ends = is_flat(slope.front()) && is_flat(slope.back());
  curve.is_straight = std::ranges::all_of(slope, [&](Scalar value) { return value == slope.front(); });
  return curve;
}

/// y: (rows, units)
void look_at_outputs(LayerHealth& health, const std::vector<Scalar>& y) {
  const auto units = static_cast<std::size_t>(health.units);
  const double rows = static_cast<double>(y.size()) / static_cast<double>(units);
  std::vector<double> means(units);  // (units)
  for (std::size_t i = 0; i < y.size(); ++i) means[i % units] += static_cast<double>(y[i]) / rows;
  double squares = 0;
  for (std::size_t i = 0; i < y.size(); ++i) squares += std::pow(static_cast<double>(y[i]) - means[i % units], 2);
  health.mean = std::accumulate(means.begin(), means.end(), 0.0) / static_cast<double>(units);
  health.deviation = std::sqrt(squares / static_cast<double>(y.size()));
}

void look_at_slopes(LayerHealth& health, const Curve& curve, const std::vector<Scalar>& slope) {
  const auto units = static_cast<std::size_t>(health.units);
  std::vector<bool> lives(units);
  Index flat = 0;
  for (std::size_t i = 0; i < slope.size(); ++i) {
    if (slope[i] != Scalar(0)) lives[i % units] = true;
    if (std::abs(static_cast<double>(slope[i])) < flat_share * curve.largest_slope) ++flat;
  }
  health.dead = static_cast<double>(std::ranges::count(lives, false)) / static_cast<double>(units);
  if (curve.is_flat_at_both_ends) health.saturated = static_cast<double>(flat) / static_cast<double>(slope.size());
}

/// w: (in, out)
bool all_columns_equal(const std::vector<Scalar>& w, Index columns) {
  if (columns < 2) return false;
  for (std::size_t i = 0; i < w.size(); ++i)
    if (w[i] != w[i - i % static_cast<std::size_t>(columns)]) return false;
  return true;
}

/// Numbers of `count` rows spread evenly over `rows`.
std::vector<std::int32_t> spread(Index rows, Index count) {
  std::vector<std::int32_t> chosen;
  for (Index i = 0; i < count; ++i) chosen.push_back(static_cast<std::int32_t>(i * rows / count));
  return chosen;
}

}  // namespace

std::vector<LayerHealth> check_health(Network& network, const Loss& loss, const DeviceDataSet& data) {
  check_fit(network, data);
  Device& device = network.device();
  const Index rows = std::min(data.rows(), most_health_rows);
  const std::vector<std::int32_t> chosen = spread(data.rows(), rows);
  const auto order = make_buffer<std::int32_t>(device, rows);
  device.upload(order.get(), chosen.data(), sizeof(std::int32_t) * chosen.size());
  const auto x = make_buffer<Scalar>(device, rows * network.inputs());
  const auto t = make_buffer<Scalar>(device, rows * network.outputs());
  const auto value = make_buffer<Scalar>(device, 1);
  const MatrixView inputs{x.get(), rows, network.inputs()}, targets{t.get(), rows, network.outputs()};
  data.gather_batch(order.get(), inputs, targets);

  Pass pass(network, rows);
  const ConstMatrixView prediction = pass.forward(inputs);
  std::vector<LayerHealth> all;
  ConstMatrixView below = inputs;
  for (std::size_t i = 0; i < network.layers().size(); ++i) {
    const Layer& layer = *network.layers()[i];
    const ConstMatrixView y = pass.output(i);
    LayerHealth& health = all.emplace_back();
    health.layer = layer.describe();
    health.units = y.cols;
    look_at_outputs(health, to_host(device, y));
    if (!weight_matrix(layer)) {
      const Curve curve = curve_of(device, layer);
      health.is_linear = curve.is_straight;
      look_at_slopes(health, curve, slopes(device, layer, below, y));
    }
    below = y;
  }
  // The looks at slopes have used some layers' gradients: now all get their own.
  loss.evaluate(device, prediction, targets, value.get(), pass.output_gradient());
  pass.backward();
  for (std::size_t i = 0; i < all.size(); ++i)
    if (const Parameter* w = weight_matrix(*network.layers()[i])) {
      const std::vector<Scalar> weights = to_host(device, w->value);
      all[i].weights = w->size();
      all[i].weight_norm = norm(weights);
      all[i].gradient_norm = norm(to_host(device, w->gradient));
      all[i].has_equal_units = all_columns_equal(weights, w->value.cols);
    }
  return all;
}

TINYMLP_END
