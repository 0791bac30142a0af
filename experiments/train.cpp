// tinymlp train: trains one network, prints its final metrics, keeps them in a run directory if asked to.
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>

#include "commands.h"
#include "data/fingerprint.h"
#include "data/source.h"
#include "diagnostics/diagnostics.h"
#include "diagnostics/follower.h"
#include "model/description.h"
#include "options/device_options.h"
#include "options/network_options.h"
#include "options/run_options.h"
#include "options/training_options.h"
#include "output/console.h"
#include "output/progress.h"
#include "output/run_directory.h"
#include "output/run_record.h"
#include "output/text_format.h"
#include "output/train_report.h"
#include "report/run_files.h"
#include "terminal/run_plots.h"
#include "tinymlp/error.h"
#include "tinymlp/io/file.h"
#include "tinymlp/io/model.h"
#include "tinymlp/model.h"
#include "training/checkpoint.h"
#include "training/coarse_clock.h"
#include "training/interruption.h"
#include "training/train_network.h"

namespace tinymlp::program {

namespace fs = std::filesystem;

namespace {

Syntax syntax() {
  return {
      .command = "train",
      .arguments = {},
      .usage = "--data NAME|FILE.csv|DIR [options]",
      .summary = "trains one network; with --out DIR keeps the run there",
      .groups = {data_option_group(DataUse::training), network_option_group(), training_option_group(),
                 run_option_group(), device_option_group(), output_option_group(true)},
      .notes =
          "Ctrl-C ends a training after its step; with --out the run is then saved and can go on with --resume, to\n"
          "the same numbers as if nothing had happened. A second Ctrl-C ends the program at once.\n"
          "With --json every line of standard output is an object with an \"event\": start (settings, data,\n"
          "model, device), epoch (train_loss, train_accuracy, validation_loss, test_loss, ...), health (with\n"
          "--diagnostics: layers, verdicts), diverged, interrupted, result.\n"
          "--diagnostics shows what inspect shows, of training rows: health.csv has a line for each layer and\n"
          "epoch, health.svg draws it; histograms.svg shows how activations are spread, units.svg what each hidden\n"
          "unit of a network of two inputs gives, and boundary-frames.gif how the boundary moves.\n",
      .examples = {"train --data spiral --hidden 32,32 --activation relu --epochs 500 --out spiral-run",
                   "train --data wine.csv --target quality --task regression --lr 0.01 --momentum 0.9"}};
}

/// All that was asked for, checked as far as it can be without looking at data.
struct Request {
  Verbosity verbosity;
  DataOptions data;
  NetworkOptions network;
  TrainingOptions training;
  RunOptions run;
  DeviceOptions device;
  std::optional<RunDirectory> directory;

  std::string out() const { return directory ? directory->path().string() : ""; }
};

Request read_request(const Arguments& arguments) {
  Request request{read_verbosity(arguments),
                  read_data_options(arguments),
                  read_network_options(arguments),
                  read_training_options(arguments),
                  read_run_options(arguments),
                  read_device_options(arguments),
                  {}};
  if (request.training.patience && request.data.validation_fraction == 0) check_validation_part(request.training, {});
  if (request.run.resume) {
    request.directory = RunDirectory::of_run(*request.run.resume);
    return request;
  }
  if (const auto out = arguments.optional_text("out")) request.directory.emplace(*out, arguments.flag("force"));
  if (!request.directory && arguments.flag("force"))
    throw InputError("there is nothing to replace (--force): give --out DIR");
  return request;
}

/// Where a run that goes on was left.
struct Beginning {
  EarlierRun run;
  std::optional<FitState> state;  // nothing if it ended before its first checkpoint: it begins anew
};

Beginning read_beginning(const Request& request, const fs::path& directory, const std::string& data_hash,
                         Index parameters) {
  const std::string record = (directory / "run.json").string();
  Beginning beginning{read_earlier_run(read_file(record), record), {}};
  if (beginning.run.data_hash != data_hash)
    throw InputError("the data are not those that the run began with (--data " + request.data.data +
                     "): their hash is " + data_hash + ", not " + beginning.run.data_hash +
                     "; bring those back, or begin a new run");
  const fs::path file = directory / checkpoint_file;
  std::error_code unknown;
  if (!fs::exists(file, unknown)) return beginning;
  beginning.state = parse_checkpoint(read_file(file), file.string());
  const TrainerState& trainer = beginning.state->trainer;
  if (trainer.values.empty() || static_cast<Index>(trainer.values[0].values.size()) != parameters)
    throw InputError("the checkpoint is of another network (" + file.string() + "): take it from a copy of this run");
  const Index begun = trainer.epoch + (trainer.step > 0 ? 1 : 0);
  if (request.training.epochs < begun)
    throw InputError("the run has begun its epoch " + std::to_string(begun) + " (--epochs " +
                     std::to_string(request.training.epochs) + "): give at least " + std::to_string(begun));
  return beginning;
}

/// What is known before the first step.
RunRecord describe_run(const Request& request, const DataParts& parts, const std::string& hash,
                       const ModelDescription& model, const std::string& device) {
  RunRecord record;
  for (const Settings& part :
       {settings_of(request.data), settings_of(request.network), settings_of(request.training, model.loss),
        settings_of(request.run), settings_of(request.device, device)})
    record.settings.insert(record.settings.end(), part.begin(), part.end());
  record.model = model;
  record.parameters = parameter_count(model);
  record.data = {parts.training.name, hash, parts.training.rows(), parts.validation.rows(), parts.test.rows()};
  record.device = device;
  record.threads = request.device.threads;
  record.start = timestamp();
  return record;
}

[[noreturn]] void fail(const Request& request, const DivergedError& error) {
  if (request.verbosity.json) print(diverged_event(error));
  std::string mend = ": lower --learning-rate (now " + six_digits(request.training.optimizer.settings.learning_rate) +
                     "), or bring the features to values around 1";
  if (request.directory) mend += "; the weights from before that epoch are in " + request.out();
  throw Error(error.what() + mend);
}

/// "; go on with ..."
std::string how_to_go_on(const Request& request) {
  return request.directory ? "; go on with tinymlp train --resume " + request.out() : "; nothing is kept without --out";
}

/// What --diagnostics sees from here on; nothing without it.
std::unique_ptr<Diagnostics> make_diagnostics(const Request& request, const DataParts& parts,
                                              const ModelDescription& model, Network& network,
                                              const FitState* begin_at) {
  if (!request.run.diagnostics) return nullptr;
  auto diagnostics = std::make_unique<Diagnostics>(network, model, parts.training);
  if (begin_at && request.directory)
    diagnostics->go_on(*request.directory, begin_at->trainer.epoch);
  else
    diagnostics->look(0, request.training.optimizer.settings.learning_rate);
  if (!begin_at) tell_health(request.verbosity, 0, *diagnostics);
  return diagnostics;
}

FitResult train_network(const Request& request, const DataParts& parts, const ModelDescription& model, Network& network,
                        const Interruption& interruption, const FitState* begin_at, Diagnostics* diagnostics) {
  FitOptions fitting{.epochs = request.training.epochs,
                     .keep_epochs = request.directory || request.run.plot,
                     .epoch_done = epoch_follower(request.verbosity, diagnostics),
                     .seconds_between_saves = request.run.checkpoint_seconds,
                     .begin_at = begin_at};
  fitting.stop = [&interruption, limit = request.run.max_seconds, start = coarse_seconds()] {
    return interruption.requested() || (limit && coarse_seconds() - start >= *limit);
  };
  if (request.directory)
    fitting.save = [&directory = *request.directory, diagnostics](const FitState& state) {
      if (diagnostics) diagnostics->save(directory);  // first: what goes beyond the checkpoint is left out again
      directory.write(checkpoint_file, format_checkpoint(state));
    };
  const Index rows = parts.training.rows();
  Progress progress(request.verbosity, request.training.epochs, rows, request.training.batch_size.value_or(rows));
  return train_network({request.training, parts, model}, network, progress, fitting);
}

/// What there is to say after the last step.
void complete(RunRecord& record, const FitResult& result, const Interruption& interruption) {
  record.status = result.divergence          ? RunStatus::diverged
                  : !result.stopped          ? RunStatus::done
                  : interruption.requested() ? RunStatus::interrupted
                                             : RunStatus::time_over;
  record.end = timestamp();
  record.epochs = result.done;
  record.steps = result.steps;
  record.stopped_early = result.stopped_early;
  record.best_epoch = result.best_epoch;
  record.last = result.last;
  record.validation = result.validation;
  record.test = result.test;
  record.seconds = result.seconds;
  record.divergence = result.divergence;
}

/// The last words: the result, or why there is none.
void report(const Request& request, const RunRecord& record, const Diagnostics* diagnostics) {
  if (record.divergence) fail(request, *record.divergence);
  if (record.status == RunStatus::time_over)
    remark(request.verbosity, "the time is over (--max-seconds " + six_digits(request.run.max_seconds.value_or(0)) +
                                  ") " + position_text(record) + how_to_go_on(request));
  report_result(request.verbosity, record, request.out());
  if (diagnostics) report_health(request.verbosity, *diagnostics);
  if (record.status == RunStatus::interrupted)
    throw InterruptedError("interrupted " + position_text(record) + how_to_go_on(request));
}

void train(const Arguments& arguments) {
  const Request request = read_request(arguments);
  const DataParts parts = load_parts(request.data);
  check_validation_part(request.training, parts);
  const ModelDescription model = describe_model(request.network, request.training.loss, parts.training);
  const std::string hash = request.directory ? fingerprint(parts) : "";
  Beginning beginning;
  if (request.run.resume) beginning = read_beginning(request, *request.run.resume, hash, parameter_count(model));
  const FitState* const begin_at = beginning.state ? &*beginning.state : nullptr;
  std::vector<Tensor> initial;
  if (!begin_at) initial = read_initial_weights(request.network, model);
  const Index rows = parts.training.rows();
  const Index left = std::max<Index>(request.training.epochs - (begin_at ? begin_at->trainer.epoch : 0), 0);
  const Workload whole =
      work_of_training(network_size(model), rows, std::min(rows, request.training.batch_size.value_or(rows)), left);
  const double time = request.run.max_seconds.value_or(std::numeric_limits<double>::infinity());
  const Workload work = work_in(whole, request.device.threads, time);
  const auto device = make_device(request.device, work);  // all else is checked

  const Interruption interruption;
  RunRecord record = describe_run(request, parts, hash, model, std::string(device->name()));
  if (request.run.resume) {
    record.start = beginning.run.start;
    record.resumed = beginning.run.resumed;
    record.resumed.push_back(timestamp());
  }
  if (request.directory) {
    request.directory->create();
    if (request.run.resume)
      request.directory->remove_leftovers();
    else
      request.directory->clear();
    request.directory->write("run.json", run_json(record));  // so that it can go on whatever happens
  }
  report_choice(request.device, work, *device, request.verbosity);
  report_start(request.verbosity, record);
  if (request.run.resume)
    report_resumption(request.verbosity, begin_at ? begin_at->trainer.epoch : 0, begin_at ? begin_at->trainer.step : 0);

  Network network = make_network(*device, model, request.network.init_is_file() ? "zeros" : request.network.init,
                                 request.training.seed);
  if (!initial.empty()) network.set_parameters(initial);
  const auto diagnostics = make_diagnostics(request, parts, model, network, begin_at);
  const FitResult result = train_network(request, parts, model, network, interruption, begin_at, diagnostics.get());
  complete(record, result, interruption);
  report_recording(request.verbosity, result.recording_problem);
  if (request.directory) {
    const std::string note =
        write_run(*request.directory, record, network, parts.training, result.epochs, diagnostics.get());
    if (!note.empty()) remark(request.verbosity, note);
  }
  report(request, record, diagnostics.get());
  if (request.run.plot) show_run_plots(request.verbosity, result.epochs, network, model, parts.training);
}

void run(const Arguments& arguments) {
  if (!arguments.given("resume")) return train(arguments);
  const Arguments all = resumed_arguments(arguments, syntax());
  try {
    train(all);
  } catch (const InputError& error) {
    throw InputError(all.with_origins(error.what()));
  }
}

}  // namespace

Command train_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
