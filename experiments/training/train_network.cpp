// Builds what the options name, and lets fit() run it.
#include "training/train_network.h"

#include <optional>

#include "tinymlp/losses.h"
#include "tinymlp/model.h"

namespace tinymlp::program {

namespace {

/// A part of the data that judges the network.
struct Judge {
  Judge(const Network& network, const Loss& loss, const DataSet& part, const TargetCoding& coding,
        std::optional<double> threshold)
      : data(network.device(), part, coding), evaluator(network, loss, data, threshold) {}
  DeviceDataSet data;
  Evaluator evaluator;
};

}  // namespace

FitResult train_network(const TrainingTask& task, Network& network, Progress& progress, const FitOptions& fitting) {
  const auto& [options, parts, model] = task;
  if (options.patience) check_validation_part(options, parts);
  const auto loss = make_loss(model.loss);
  const TargetCoding coding = target_coding(model, network.outputs());
  const DeviceDataSet training(network.device(), parts.training, coding);
  std::optional<Judge> validation, test;
  if (parts.validation.rows() > 0) validation.emplace(network, *loss, parts.validation, coding, model.threshold());
  if (parts.test.rows() > 0) test.emplace(network, *loss, parts.test, coding, model.threshold());
  const auto optimizer = make_optimizer(options.optimizer.name, options.optimizer.settings);
  const auto schedule = make_schedule(options.optimizer.schedule);
  TrainerOptions training_options = trainer_options(options, training.rows(), model.threshold());
  training_options.schedule = schedule.get();
  if (validation)
    training_options.judged_loss = [&](const EpochResult&) { return validation->evaluator.evaluate().loss; };
  Trainer trainer(network, *loss, *optimizer, training, training_options);
  std::optional<EarlyStopping> stopping;
  if (options.patience) stopping.emplace(network, *options.patience);
  const Judges judges{validation ? &validation->evaluator : nullptr, test ? &test->evaluator : nullptr};
  return fit(trainer, judges, stopping ? &*stopping : nullptr, progress, fitting);
}

}  // namespace tinymlp::program
