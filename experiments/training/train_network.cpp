// Builds what the options name, and lets fit() run it.
#include "training/train_network.h"

#include <optional>

#include "tinymlp/losses.h"
#include "tinymlp/model.h"

namespace tinymlp::program {

FitResult train_network(const TrainingTask& task, Network& network, Progress& progress, const FitOptions& fitting) {
  const auto& [options, parts, model] = task;
  Device& device = network.device();
  const auto loss = make_loss(model.loss);
  const TargetCoding coding = target_coding(model, network.outputs());
  const DeviceDataSet training(device, parts.training, coding);
  Sgd optimizer(options.sgd);
  Trainer trainer(network, *loss, optimizer, training, trainer_options(options, training.rows(), model.threshold()));
  std::optional<DeviceDataSet> test_data;
  std::optional<Evaluator> test;
  if (parts.test.rows() > 0)
    test.emplace(network, *loss, test_data.emplace(device, parts.test, coding), model.threshold());
  return fit(trainer, test ? &*test : nullptr, progress, fitting);
}

}  // namespace tinymlp::program
