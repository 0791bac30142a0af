// Whole trainings against PyTorch: the losses of five epochs from the same initial weights, in the same batches.
// tests/reference/make_training_references.py and make_activation_trainings.py made the files.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "source_folder.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/io/csv.h"
#include "tinymlp/io/model.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"
#include "tinymlp/sgd.h"
#include "tinymlp/trainer.h"

namespace tinymlp {
namespace {

using nlohmann::json;

const std::filesystem::path folder = source_folder() / "tests" / "reference" / "training";

const json& cases() {
  static const json all = [] {
    json both = json::parse(std::ifstream(folder / "training.json"));
    for (json& other : json::parse(std::ifstream(folder / "training-activations.json")))
      both.push_back(std::move(other));
    return both;
  }();
  return all;
}

class TrainingReference : public testing::TestWithParam<std::size_t> {};

TEST_P(TrainingReference, LossesAndAccuraciesAreThoseOfPyTorch) {
  const json& c = cases()[GetParam()];
  SCOPED_TRACE(c.at("id").get<std::string>());
  const DataSet host = read_csv(folder / c.at("data").get<std::string>(), {});
  const ModelFile initial = read_model(folder / c.at("init").get<std::string>(), c.at("activation").get<std::string>());
  ModelDescription description = initial.description;
  description.task = host.task;
  description.loss = c.at("loss");

  const auto device = make_cpu_device();
  Network network = make_network(*device, description, "zeros", 0);
  network.set_parameters(initial.tensors);
  const DeviceDataSet data(*device, host, target_coding(description, network.outputs()));
  const auto loss = make_loss(description.loss);
  Sgd optimizer({.learning_rate = c.at("learning_rate"),
                 .momentum = c.at("momentum"),
                 .nesterov = c.at("nesterov"),
                 .weight_decay = c.at("weight_decay"),
                 .decay_biases = c.at("decay_biases")});
  Trainer trainer(network, *loss, optimizer, data,
                  {.batch_size = c.at("batch_size"), .shuffle = false, .threshold = description.threshold()});
  for (std::size_t epoch = 0; epoch < c.at("train_loss").size(); ++epoch) {
    const EpochResult result = trainer.epoch();
    const double expected = c.at("train_loss")[epoch], error = std::abs(result.loss / expected - 1);
    // Rounding differs by 2e-6; the smallest mistake in a setting by 2e-4.
    EXPECT_TRUE(error <= 2e-5) << "epoch " << epoch + 1 << ": " << result.loss << " instead of " << expected;
    if (host.task == Task::classification) {
      EXPECT_NEAR(result.accuracy.value(), c.at("train_accuracy")[epoch].get<double>(), 1e-9) << "epoch " << epoch + 1;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(PyTorch, TrainingReference, testing::Range<std::size_t>(0, cases().size()),
                         [](const auto& parameter) {
                           std::string name = cases()[parameter.param].at("id");
                           for (char& letter : name)
                             if (!std::isalnum(static_cast<unsigned char>(letter))) letter = '_';
                           return name;
                         });

TEST(TrainingReferences, CoverEveryActivationAndLoss) {
  for (const std::string& activation : activation_names())
    for (const std::string loss : {"mse", "half-mse", "bce", "cross-entropy"}) {  // the others: OptimizerTrainings
      const auto matches = [&](const json& c) {
        return c.at("activation").get<std::string>().starts_with(activation) && c.at("loss") == loss;
      };
      EXPECT_TRUE(std::any_of(cases().begin(), cases().end(), matches)) << activation << " with " << loss;
    }
}

}  // namespace
}  // namespace tinymlp
