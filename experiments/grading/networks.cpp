// Compiled twice, in float and in double.
#include "grading/networks.h"

#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/dropout.h"

TINYMLP_BEGIN

namespace {

Buffer<Scalar> on_device(Device& device, const std::vector<double>& values) {
  auto buffer = make_buffer<Scalar>(device, static_cast<Index>(values.size()));
  const std::vector<Scalar> rounded(values.begin(), values.end());
  device.upload(buffer.get(), rounded.data(), sizeof(Scalar) * rounded.size());
  return buffer;
}

Index rows_of(const std::vector<double>& values, Index columns) { return static_cast<Index>(values.size()) / columns; }

}  // namespace

std::vector<std::unique_ptr<Layer>> dense_stack(const std::vector<Index>& sizes, const std::string& activation,
                                                const std::string& output_activation, const Initializer& initializer,
                                                double dropout) {
  std::vector<std::unique_ptr<Layer>> layers;
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
    layers.push_back(std::make_unique<Dense>(sizes[i], sizes[i + 1], initializer));
    const std::string& next = i + 2 < sizes.size() ? activation : output_activation;
    if (next != Identity::name()) layers.push_back(make_activation(next));
    if (dropout > 0 && i + 2 < sizes.size()) layers.push_back(std::make_unique<Dropout>(dropout));
  }
  return layers;
}

std::vector<double> network_outputs(const Network& network, const std::vector<double>& x) {
  network.device().require_host("network_outputs");
  const std::vector<Scalar> rounded(x.begin(), x.end());
  const Index rows = rows_of(x, network.inputs());
  Pass pass(network, rows);
  const ConstMatrixView y = pass.forward({rounded.data(), rows, network.inputs()});
  return {y.data, y.data + y.size()};
}

FullBatch::FullBatch(Network& network, const Loss& loss, Optimizer& optimizer, const std::vector<double>& x,
                     const std::vector<double>& t)
    : network_(network),
      loss_(loss),
      optimizer_(optimizer),
      pass_(network, rows_of(x, network.inputs())),
      x_(on_device(network.device(), x)),
      t_(on_device(network.device(), t)),
      loss_value_(make_buffer<Scalar>(network.device(), 1)),
      step_(make_buffer<Step>(network.device(), 1)),
      x_view_(x_.get(), rows_of(x, network.inputs()), network.inputs()),
      t_view_(t_.get(), rows_of(t, network.outputs()), network.outputs()) {
  network.device().require_host("FullBatch");
  optimizer.prepare(network.device(), network.counts());
  step_[0] = {0, static_cast<Scalar>(optimizer.learning_rate())};
}

void FullBatch::step() {
  ++step_[0].number;
  const ConstMatrixView prediction = pass_.forward(x_view_, step_.get());
  loss_.evaluate(network_.device(), prediction, t_view_, loss_value_.get(), pass_.output_gradient());
  pass_.backward();
  optimizer_.step({network_.device(), step_.get()}, network_.parameters(), network_.gradients());
}

double FullBatch::loss() {
  const ConstMatrixView prediction = pass_.forward(x_view_);
  loss_.evaluate(network_.device(), prediction, t_view_, loss_value_.get(), pass_.output_gradient());
  return last_loss();
}

MakeOptimizer sgd(double learning_rate, double momentum, double weight_decay) {
  return [=] {
    return std::make_unique<Sgd>(
        SgdOptions{.learning_rate = learning_rate, .momentum = momentum, .weight_decay = weight_decay});
  };
}

Training::Training(const TrainingPlan& plan, const DataParts& parts, std::uint64_t seed, int threads)
    : device_(make_cpu_device(threads)),
      network_(*device_, plan.sizes.front(), seed,
               dense_stack(plan.sizes, plan.activation, plan.output_activation, plan.initializer, plan.dropout)),
      loss_(make_loss(plan.loss)),
      optimizer_(plan.optimizer()),
      training_(*device_, parts.training, plan.coding),
      test_(*device_, parts.test, plan.coding),
      trainer_(network_, *loss_, *optimizer_, training_,
               {.batch_size = plan.batch_size, .seed = seed, .threshold = plan.threshold}),
      training_evaluator_(network_, *loss_, training_, plan.threshold),
      test_evaluator_(network_, *loss_, test_, plan.threshold) {}

TINYMLP_END
