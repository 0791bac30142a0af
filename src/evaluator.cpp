#include "tinymlp/evaluator.h"

#include <algorithm>
#include <numeric>

#include "tinymlp/error.h"

TINYMLP_BEGIN

namespace {
constexpr Index evaluation_batch = 512;  // rows at a time: enough work for every thread, little memory
}

Evaluator::Evaluator(const Network& network, const Loss& loss, const DeviceDataSet& data,
                     std::optional<double> threshold)
    : network_(network),
      loss_(loss),
      data_(data),
      threshold_(threshold),
      batch_size_(std::clamp<Index>(data.rows(), 1, evaluation_batch)),
      batches_((data.rows() + batch_size_ - 1) / batch_size_),
      pass_(network, batch_size_),
      rows_(make_buffer<std::int32_t>(network.device(), data.rows())),
      x_(make_buffer<Scalar>(network.device(), batch_size_ * network.inputs())),
      results_(make_buffer<Scalar>(network.device(), 2 * batches_)),
      host_results_(static_cast<std::size_t>(2 * batches_)) {
  check_fit(network, data);
  std::vector<std::int32_t> rows(static_cast<std::size_t>(data.rows()));
  std::iota(rows.begin(), rows.end(), 0);
  network.device().upload(rows_.get(), rows.data(), sizeof(std::int32_t) * rows.size());
}

ConstMatrixView Evaluator::forward(Index first, Index count) {
  if (const auto lying = data_.inputs(first, count)) return pass_.forward(*lying);
  const MatrixView x{x_.get(), count, network_.inputs()};
  data_.gather_inputs(rows_.get() + first, x);
  return pass_.forward(x);
}

Metrics Evaluator::evaluate() {
  Device& device = network_.device();
  const Computing computing(device);
  for (Index batch = 0, first = 0; batch < batches_; ++batch, first += batch_size_) {
    const Index count = std::min(batch_size_, data_.rows() - first);
    const ConstMatrixView prediction = forward(first, count), target = data_.targets().middle(first, count);
    loss_.evaluate(device, prediction, target, results_.get() + batch, pass_.output_gradient());
    if (threshold_)
      device.count_correct(prediction, target, static_cast<Scalar>(*threshold_), results_.get() + batches_ + batch);
  }
  device.download(host_results_.data(), results_.get(), sizeof(Scalar) * host_results_.size());
  double loss = 0, correct = 0;
  for (Index batch = 0; batch < batches_; ++batch) {
    const Index count = std::min(batch_size_, data_.rows() - batch * batch_size_);
    loss += static_cast<double>(host_results_[static_cast<std::size_t>(batch)]) * static_cast<double>(count);
    correct += static_cast<double>(host_results_[static_cast<std::size_t>(batches_ + batch)]);
  }
  const auto rows = static_cast<double>(data_.rows());
  return {loss / rows, threshold_ ? std::optional(correct / rows) : std::nullopt};
}

std::vector<Scalar> Evaluator::predict() {
  Device& device = network_.device();
  const Computing computing(device);
  std::vector<Scalar> predictions(static_cast<std::size_t>(data_.rows() * network_.outputs()));
  for (Index first = 0; first < data_.rows(); first += batch_size_) {
    const ConstMatrixView y = forward(first, std::min(batch_size_, data_.rows() - first));
    device.download(predictions.data() + first * network_.outputs(), y.data,
                    sizeof(Scalar) * static_cast<std::size_t>(y.size()));
  }
  return predictions;
}

TINYMLP_END
