// tinymlp evaluate: how good a trained model is on a data set.
#include <cmath>

#include "commands.h"
#include "data/evaluation_data.h"
#include "model/description.h"
#include "model/outputs.h"
#include "options/device_options.h"
#include "options/model_options.h"
#include "output/console.h"
#include "output/evaluation_report.h"
#include "tinymlp/error.h"
#include "tinymlp/evaluator.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"

namespace tinymlp::program {

namespace {

Syntax syntax() {
  return {
      .command = "evaluate",
      .arguments = {"MODEL"},
      .usage = "--data NAME|FILE.csv|DIR [options]",
      .summary = "measures a model on a data set: loss and accuracy, or mae and R2",
      .groups = {data_option_group(DataUse::evaluation), model_option_group(), device_option_group(),
                 output_option_group(false)},
      .notes =
          "MODEL is a run directory or a .safetensors file. Counted are the test part of a set that comes split\n"
          "(built-in ones; give the same --samples, --noise and --data-seed as in training) and all rows of a CSV.\n",
      .examples = {"evaluate spiral-run --data spiral",
                   "evaluate wine-run/model.safetensors --data new-wine.csv --json"}};
}

std::vector<Index> predicted_classes(const std::vector<Scalar>& outputs, std::size_t rows, double threshold) {
  const std::size_t width = outputs.size() / rows;
  std::vector<Index> classes;
  for (std::size_t row = 0; row < rows; ++row)
    classes.push_back(predicted_class(std::span(outputs).subspan(row * width, width), threshold));
  return classes;
}

Evaluation evaluate(const ModelFile& model, const DataSet& data, Device& device) {
  const ModelDescription& description = model.description;
  Network network = make_network(device, description, "zeros", 0);
  network.set_parameters(model.tensors);
  const auto loss = make_loss(description.loss);
  const DeviceDataSet on_device(device, data, target_coding(description, network.outputs()));
  Evaluator evaluator(network, *loss, on_device, description.threshold());
  const std::vector<Scalar> outputs = evaluator.predict();
  const auto rows = static_cast<std::size_t>(data.rows());
  check_finite(outputs, data.rows());
  Evaluation evaluation;
  evaluation.data = data.name;
  evaluation.rows = data.rows();
  evaluation.loss_name = description.loss;
  evaluation.loss = evaluator.evaluate().loss;
  if (!std::isfinite(evaluation.loss))
    throw Error("the loss is beyond the range of a float (" + data.name +
                "): the targets are too far from the outputs");
  evaluation.class_names = description.class_names;
  if (data.task == Task::regression) {
    evaluation.regression = measure_regression(data.targets, std::vector<double>(outputs.begin(), outputs.end()));
  } else {
    const std::vector<Index> truth(data.targets.begin(), data.targets.end());
    evaluation.classes =
        measure_classes(truth, predicted_classes(outputs, rows, *description.threshold()), data.classes());
  }
  return evaluation;
}

void run(const Arguments& arguments) {
  const Verbosity verbosity = read_verbosity(arguments);
  const DataOptions data_options = read_data_options(arguments);
  const DeviceOptions device_options = read_device_options(arguments);
  ModelFile model = load_model(arguments);
  const DataSet data = load_evaluation_data(data_options, model, foreign_loss(arguments));
  const Workload work = work_of_rows(network_size(model.description), data.rows());
  const auto device = make_device(device_options, work);  // all else is checked
  report_choice(device_options, work, *device, verbosity);
  Evaluation evaluation = evaluate(model, data, *device);
  evaluation.model = arguments.words()[0];
  print(verbosity.json ? evaluation_json(evaluation) : evaluation_text(evaluation));
}

}  // namespace

Command evaluate_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
