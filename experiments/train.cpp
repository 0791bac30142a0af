// tinymlp train: trains one network, prints its final metrics, keeps them in a run directory if asked to.
#include <optional>

#include "commands.h"
#include "data/fingerprint.h"
#include "data/source.h"
#include "figures/run_figures.h"
#include "model/description.h"
#include "options/device_options.h"
#include "options/network_options.h"
#include "options/training_options.h"
#include "output/console.h"
#include "output/progress.h"
#include "output/run_directory.h"
#include "output/run_record.h"
#include "output/text_format.h"
#include "output/train_report.h"
#include "tinymlp/error.h"
#include "tinymlp/io/model.h"
#include "tinymlp/model.h"
#include "training/train_network.h"

namespace tinymlp::program {

namespace {

Syntax syntax() {
  return {.command = "train",
          .arguments = {},
          .usage = "--data NAME|FILE.csv|DIR [options]",
          .summary = "trains one network; with --out DIR keeps the run there",
          .groups = {data_option_group(DataUse::training), network_option_group(), training_option_group(),
                     device_option_group(), output_option_group(true)},
          .notes =
              "With --json every line of standard output is an object with an \"event\": start (settings, data,\n"
              "model, device), epoch (train_loss, train_accuracy, test_loss, test_accuracy, ...), diverged, result.\n",
          .examples = {"train --data spiral --hidden 32,32 --activation relu --epochs 500 --out spiral-run",
                       "train --data wine.csv --target quality --task regression --lr 0.01 --momentum 0.9"}};
}

/// All that was asked for, checked as far as it can be without looking at data.
struct Request {
  Verbosity verbosity;
  DataOptions data;
  NetworkOptions network;
  TrainingOptions training;
  DeviceOptions device;
  std::optional<RunDirectory> directory;
};

Request read_request(const Arguments& arguments) {
  Request request{read_verbosity(arguments),        read_data_options(arguments),   read_network_options(arguments),
                  read_training_options(arguments), read_device_options(arguments), {}};
  if (const auto out = arguments.optional_text("out")) request.directory.emplace(*out, arguments.flag("force"));
  if (!request.directory && arguments.flag("force"))
    throw InputError("there is nothing to replace (--force): give --out DIR");
  return request;
}

/// What is known before the first step.
RunRecord describe_run(const Request& request, const DataParts& parts, const ModelDescription& model,
                       const std::string& device) {
  RunRecord record;
  for (const Settings& part : {settings_of(request.data), settings_of(request.network),
                               settings_of(request.training, model.loss), settings_of(request.device, device)})
    record.settings.insert(record.settings.end(), part.begin(), part.end());
  record.model = model;
  record.parameters = parameter_count(model);
  record.data = {parts.training.name, request.directory ? fingerprint(parts) : "", parts.training.rows(),
                 parts.test.rows()};
  record.device = device;
  record.threads = request.device.threads;
  return record;
}

void keep(const RunDirectory& directory, const Verbosity& verbosity, const RunRecord& record,
          const FigureSubject& run) {
  directory.clear();
  directory.write("model.safetensors", format_model(record.model, run.network.parameter_tensors()));
  directory.write("metrics.csv", metrics_csv(run.epochs));
  directory.write("run.json", run_json(record));
  const std::string note = draw_figures(directory, run);
  if (!note.empty()) remark(verbosity, note);
}

[[noreturn]] void fail(const Request& request, const DivergedError& error) {
  if (request.verbosity.json) print(diverged_event(error));
  std::string mend = ": lower --learning-rate (now " + six_digits(request.training.sgd.learning_rate) +
                     "), or bring the features to values around 1";
  if (request.directory) mend += "; the weights from before that epoch are in " + request.directory->path().string();
  throw Error(error.what() + mend);
}

FitResult train(const Request& request, const DataParts& parts, const ModelDescription& model, Network& network) {
  FitOptions fitting{.epochs = request.training.epochs, .keep_epochs = request.directory.has_value(), .epoch_done = {}};
  if (request.verbosity.json)
    fitting.epoch_done = [seconds = 0.0](const EpochRecord& epoch) mutable {
      print(epoch_event(epoch));
      seconds += epoch.training.seconds;
      if (seconds < 0.1) return;
      flush_output();  // for who waits for it; at every epoch it would be slow
      seconds = 0;
    };
  const Index rows = parts.training.rows();
  Progress progress(request.verbosity, request.training.epochs, rows, request.training.batch_size.value_or(rows));
  return train_network({request.training, parts, model}, network, progress, fitting);
}

void run(const Arguments& arguments) {
  const Request request = read_request(arguments);
  const DataParts parts = load_parts(request.data);
  const ModelDescription model = describe_model(request.network, request.training.loss, parts.training);
  const std::vector<Tensor> initial = read_initial_weights(request.network, model);
  const auto device = make_device(request.device);  // all else is checked
  if (request.directory) request.directory->create();
  RunRecord record = describe_run(request, parts, model, std::string(device->name()));
  report_choice(request.device, *device, request.verbosity);
  report_start(request.verbosity, record);

  Network network =
      make_network(*device, model, initial.empty() ? request.network.init : "zeros", request.training.seed);
  if (!initial.empty()) network.set_parameters(initial);
  record.start = timestamp();
  FitResult result = train(request, parts, model, network);
  record.end = timestamp();
  record.epochs = result.done;
  record.last = result.last;
  record.test = result.test;
  record.seconds = result.seconds;
  record.divergence = result.divergence;

  if (request.directory)
    keep(*request.directory, request.verbosity, record,
         {network, model, parts.training, result.epochs, run_title(record)});
  if (result.divergence) fail(request, *result.divergence);
  report_result(request.verbosity, record, request.directory ? request.directory->path().string() : "");
}

}  // namespace

Command train_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
