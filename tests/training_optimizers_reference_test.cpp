// Whole trainings against PyTorch, with every optimizer, loss, schedule, clipping and coding of classes: the losses of
// five epochs from the same initial weights, in the same batches. tests/reference/make_optimizer_trainings.py made the
// file.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "source_folder.h"
#include "tinymlp/io/csv.h"
#include "tinymlp/io/model.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"
#include "tinymlp/optimizers.h"
#include "tinymlp/trainer.h"

namespace tinymlp {
namespace {

using nlohmann::json;

const std::filesystem::path folder = source_folder() / "tests" / "reference" / "training";

const json& cases() {
  static const json all = json::parse(std::ifstream(folder / "training-optimizers.json"));
  return all;
}

OptimizerOptions options_of(const json& c) {
  OptimizerOptions options{.learning_rate = c.at("learning_rate"),
                           .momentum = c.at("momentum"),
                           .nesterov = c.at("nesterov"),
                           .decay_biases = c.at("decay_biases"),
                           .l1 = c.at("l1")};
  if (!c.at("weight_decay").is_null()) options.weight_decay = c.at("weight_decay").get<double>();
  return options;
}

class OptimizerTraining : public testing::TestWithParam<std::size_t> {};

TEST_P(OptimizerTraining, LossesAndAccuraciesAreThoseOfPyTorch) {
  const json& c = cases()[GetParam()];
  SCOPED_TRACE(c.at("id").get<std::string>());
  const DataSet host = read_csv(folder / c.at("data").get<std::string>(), {});
  const ModelFile initial = read_model(folder / c.at("init").get<std::string>(), c.at("activation").get<std::string>());
  ModelDescription description = initial.description;
  description.task = host.task;
  description.loss = c.at("loss");
  if (const json& coding = c.at("coding"); !coding.is_null()) {
    description.low = coding[0];
    description.high = coding[1];
  }

  const auto device = make_cpu_device();
  Network network = make_network(*device, description, "zeros", 0);
  network.set_parameters(initial.tensors);
  const DeviceDataSet data(*device, host, target_coding(description, network.outputs()));
  const auto loss = make_loss(description.loss);
  const auto optimizer = make_optimizer(c.at("optimizer").get<std::string>(), options_of(c));
  const auto schedule = make_schedule(c.at("schedule").get<std::string>());
  const auto epochs = static_cast<Index>(c.at("train_loss").size());
  Trainer trainer(network, *loss, *optimizer, data,
                  {.batch_size = c.at("batch_size"),
                   .shuffle = false,
                   .threshold = description.threshold(),
                   .schedule = schedule.get(),
                   .warmup_epochs = c.at("warmup"),
                   .planned_epochs = epochs,
                   .clip_norm = c.at("clip_norm")});
  for (std::size_t epoch = 0; epoch < static_cast<std::size_t>(epochs); ++epoch) {
    const EpochResult result = trainer.epoch();
    const double expected = c.at("train_loss")[epoch], error = std::abs(result.loss / expected - 1);
    EXPECT_TRUE(error <= 1e-4) << "epoch " << epoch + 1 << ": " << result.loss << " instead of " << expected;
    if (host.task == Task::classification) {
      EXPECT_NEAR(result.accuracy.value(), c.at("train_accuracy")[epoch].get<double>(), 1e-9) << "epoch " << epoch + 1;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(PyTorch, OptimizerTraining, testing::Range<std::size_t>(0, cases().size()),
                         [](const auto& parameter) {
                           std::string name = cases()[parameter.param].at("id");
                           for (char& letter : name)
                             if (!std::isalnum(static_cast<unsigned char>(letter))) letter = '_';
                           return name;
                         });

TEST(OptimizerTrainings, CoverEveryOptimizerLossAndSchedule) {
  const auto among_cases = [](const char* key, const std::string& name) {
    return std::any_of(cases().begin(), cases().end(),
                       [&](const json& c) { return c.at(key).template get<std::string>().starts_with(name); });
  };
  for (const std::string& name : optimizer_names()) EXPECT_TRUE(among_cases("optimizer", name)) << name;
  for (const std::string& name : loss_names()) EXPECT_TRUE(among_cases("loss", name)) << name;
  for (const std::string& name : schedule_names())
    EXPECT_TRUE(among_cases("schedule", name.substr(0, name.find('(')))) << name;
  for (const char* setting : {"clip_norm", "l1", "momentum", "warmup"})
    EXPECT_TRUE(std::any_of(cases().begin(), cases().end(), [&](const json& c) { return c.at(setting) > 0; }));
}

}  // namespace
}  // namespace tinymlp
