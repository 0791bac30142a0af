#include "tinymlp/parity.h"

#include <algorithm>
#include <cmath>

#include "tinymlp/losses.h"
#include "tinymlp/model.h"

TINYMLP_BEGIN

namespace {

struct Outcome {
  std::vector<Tensor> initial, trained;
  std::vector<double> losses;
  std::string recording_problem;
};

Outcome train(Device& device, const ParityTask& task) {
  Network network = make_network(device, task.model, task.initializer, task.seed);
  Outcome outcome;
  outcome.initial = network.parameter_tensors();
  const DeviceDataSet data(device, task.data, target_coding(task.model, network.outputs()));
  const auto loss = make_loss(task.model.loss);
  const auto optimizer = make_optimizer(task.optimizer, task.optimizer_options);
  const auto schedule = make_schedule(task.schedule);
  TrainerOptions options = task.trainer;
  options.schedule = schedule.get();
  options.planned_epochs = task.epochs;
  Trainer trainer(network, *loss, *optimizer, data, options);
  for (Index epoch = 0; epoch < task.epochs; ++epoch) outcome.losses.push_back(trainer.epoch().loss);
  outcome.trained = network.parameter_tensors();
  outcome.recording_problem = trainer.recording_problem();
  return outcome;
}

/// std::max drops a NaN; this keeps it.
double larger(double a, double b) { return std::isnan(a) || a > b ? a : b; }

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = larger(std::abs(a[i] - b[i]), largest);
  return largest;
}

}  // namespace

Parity compare_devices(Device& a, Device& b, const ParityTask& task) {
  const Outcome on_a = train(a, task), on_b = train(b, task);
  Parity parity;
  parity.same_start = std::ranges::equal(on_a.initial, on_b.initial, {}, &Tensor::values, &Tensor::values);
  parity.losses_a = on_a.losses;
  parity.losses_b = on_b.losses;
  parity.recording_problem = on_a.recording_problem.empty() ? on_b.recording_problem : on_a.recording_problem;
  parity.largest_loss_difference = largest_difference(on_a.losses, on_b.losses);
  for (std::size_t i = 0; i < on_a.trained.size(); ++i) {
    const Tensor &first = on_a.trained[i], &second = on_b.trained[i];
    double size = 0;
    for (const double value : first.values) size = larger(std::abs(value), size);
    parity.tensors.push_back(
        {first.name, static_cast<Index>(first.values.size()), largest_difference(first.values, second.values), size});
  }
  return parity;
}

TINYMLP_END
