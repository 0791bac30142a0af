// Makes the data and the network.
#include "bench/made_network.h"

#include <utility>

#include "tinymlp/losses.h"
#include "tinymlp/model.h"
#include "tinymlp/random.h"

namespace tinymlp::program {

namespace {

DataSet random_rows(const NetworkShape& shape) {
  const Index features = shape.sizes.front(), outputs = shape.sizes.back(), classes = outputs == 1 ? 2 : outputs;
  DataSet data;
  data.name = "random";
  data.task = Task::classification;
  data.feature_names.resize(static_cast<std::size_t>(features));
  data.class_names.resize(static_cast<std::size_t>(classes));
  Random random(0, Purpose::data);
  const auto count = static_cast<std::size_t>(shape.rows * features);
  if (shape.images) {
    data.bytes.reserve(count);
    while (data.bytes.size() < count) data.bytes.push_back(static_cast<std::uint8_t>(random.bits()));
  } else {
    constexpr double scale = 1.0 / (1U << 31U);
    data.inputs.reserve(count);
    while (data.inputs.size() < count) data.inputs.push_back(scale * random.bits() - 1);
  }
  for (Index i = 0; i < shape.rows; ++i) data.targets.push_back(static_cast<double>(i % classes));
  return data;
}

ModelDescription describe(const NetworkShape& shape) {
  ModelDescription model;
  model.inputs = shape.sizes.front();
  for (std::size_t i = 0; i + 1 < shape.sizes.size(); ++i) {
    if (i > 0) model.layers.push_back(shape.activation);
    model.layers.push_back("Dense(" + std::to_string(shape.sizes[i]) + ", " + std::to_string(shape.sizes[i + 1]) + ")");
  }
  model.task = Task::classification;
  model.loss = shape.sizes.back() == 1 ? "bce" : "cross-entropy";
  return model;
}

constexpr double learning_rate = 1e-5;

}  // namespace

double NetworkShape::parameters() const {
  double count = 0;
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) count += static_cast<double>((sizes[i] + 1) * sizes[i + 1]);
  return count;
}

double NetworkShape::forward_flop() const {
  double flop = 0;
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) flop += 2 * static_cast<double>(sizes[i] * sizes[i + 1]);
  return flop;
}

double NetworkShape::training_flop() const { return 3 * forward_flop() - 2 * static_cast<double>(sizes[0] * sizes[1]); }

double NetworkShape::row_bytes() const {
  return static_cast<double>(sizes.front()) * static_cast<double>(images ? sizeof(std::uint8_t) : sizeof(Scalar));
}

MadeNetwork::MadeNetwork(Device& device, const NetworkShape& shape)
    : device_(device),
      host_(random_rows(shape)),
      network_(make_network(device, describe(shape), "auto", 1)),
      loss_(make_loss(describe(shape).loss)),
      optimizer_({.learning_rate = learning_rate}),
      data_(device, host_, target_coding(describe(shape), shape.sizes.back())),
      trainer_(network_, *loss_, optimizer_, data_, {.batch_size = shape.batch, .threshold = 0.0}),
      evaluator_(network_, *loss_, data_, 0.0) {}

void MadeNetwork::train_steps(Index count) {
  const Computing computing(device_);
  for (Index i = 0; i < count; ++i) {
    trainer_.step(next_);
    next_ = (next_ + 1) % trainer_.steps_per_epoch();
  }
  Scalar waits = 0;
  device_.download(&waits, network_.parameters(), sizeof(Scalar));
}

}  // namespace tinymlp::program
