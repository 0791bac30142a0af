// tinymlp parity: trains the same network on the CPU and on the GPU, and shows how far the two come apart.
#include "tinymlp/parity.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "commands.h"
#include "data/source.h"
#include "model/description.h"
#include "options/network_options.h"
#include "options/training_options.h"
#include "output/console.h"
#include "output/text_format.h"
#include "tinymlp/cuda.h"
#include "tinymlp/error.h"
#include "training/fit.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;

Syntax syntax() {
  return {
      .command = "parity",
      .arguments = {},
      .usage = "--data NAME|FILE.csv|DIR [options]",
      .summary = "trains on the CPU and on the GPU; the largest difference per tensor",
      .groups = {data_option_group(DataUse::training),
                 network_option_group(),
                 training_option_group(),
                 {"Comparing", {{"tolerance", "X", "how far numbers may come apart, times 1 + the largest", "0.001"}}},
                 output_option_group(false)},
      .notes =
          "Rounding differs between devices, and training lets differences grow: expect some 1e-6 after a few\n"
          "epochs, more after many. A number that is further apart than --tolerance is an error (exit status 1).\n",
      .examples = {"parity --data spiral --epochs 20",
                   "parity --data fashion-mnist --hidden 256 --batch-size 256 --epochs 1 --json"}};
}

void print_json(const Parity& parity) {
  Json tensors = Json::array();
  for (const TensorDifference& tensor : parity.tensors)
    tensors.push_back({{"name", tensor.name},
                       {"numbers", tensor.size},
                       {"largest_difference", tensor.largest},
                       {"largest_value", tensor.largest_value}});
  print(Json({{"devices", {"cpu", "cuda"}},
              {"epochs", parity.losses_a.size()},
              {"train_loss", {parity.losses_a.back(), parity.losses_b.back()}},
              {"largest_loss_difference", parity.largest_loss_difference},
              {"tensors", tensors}})
            .dump() +
        "\n");
}

void print_table(const Parity& parity) {
  std::vector<std::vector<std::string>> rows{{"tensor", "numbers", "largest value", "largest difference"}};
  for (const TensorDifference& tensor : parity.tensors)
    rows.push_back(
        {tensor.name, std::to_string(tensor.size), six_digits(tensor.largest_value), six_digits(tensor.largest)});
  print(table(rows));
  print("train loss, last epoch: " + six_digits(parity.losses_a.back()) + " on the cpu, " +
        six_digits(parity.losses_b.back()) + " on cuda; the largest difference of any epoch is " +
        six_digits(parity.largest_loss_difference) + "\n");
}

/// Throws Error unless every number is within the tolerance; NaN is not.
void check_parity(const Parity& parity, double tolerance) {
  if (!parity.same_start) throw Error("the two devices began with different weights");
  const auto check = [&](const std::string& what, double difference, double largest) {
    if (!(difference <= tolerance * (1 + largest)))
      throw Error("the two devices came apart: " + what + " by " + six_digits(difference) + ", and the tolerance is " +
                  six_digits(tolerance * (1 + largest)) + " (--tolerance)");
  };
  for (std::size_t i = 0; i < parity.losses_a.size(); ++i)
    check("the train loss of epoch " + std::to_string(i + 1), std::abs(parity.losses_a[i] - parity.losses_b[i]),
          std::abs(parity.losses_a[i]));
  for (const TensorDifference& tensor : parity.tensors) check(tensor.name, tensor.largest, tensor.largest_value);
}

void run(const Arguments& arguments) {
  const Verbosity verbosity = read_verbosity(arguments);
  const double tolerance = arguments.number("tolerance", {.lowest = 0});
  const NetworkOptions network = read_network_options(arguments);
  const TrainingOptions training = read_training_options(arguments);
  const DataParts parts = load_parts(read_data_options(arguments));
  const ModelDescription model = describe_model(network, training.loss, parts.training);
  if (network.init_is_file()) throw InputError("parity draws its initial weights (--init): give a name, not a file");
  if (training.epochs < 1) throw InputError("parity needs at least one epoch to compare (--epochs)");
  const std::string problem = cuda_status().problem;
  if (!problem.empty()) throw InputError("no GPU can be used (parity): " + problem);
  const auto cuda = make_cuda_device();
  const auto cpu = make_cpu_device(0);
  const Parity parity = compare_devices(*cpu, *cuda,
                                        {.data = parts.training,
                                         .model = model,
                                         .initializer = network.init,
                                         .seed = training.seed,
                                         .optimizer = training.optimizer.name,
                                         .optimizer_options = training.optimizer.settings,
                                         .schedule = training.optimizer.schedule,
                                         .trainer = trainer_options(training, parts.training.rows(), model.threshold()),
                                         .epochs = training.epochs});
  report_recording(verbosity, parity.recording_problem);
  if (verbosity.json)
    print_json(parity);
  else
    print_table(parity);
  check_parity(parity, tolerance);
}

}  // namespace

Command parity_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
