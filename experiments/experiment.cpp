// tinymlp experiment: runs experiments of the catalogue, which grade themselves.
#include <algorithm>
#include <filesystem>
#include <optional>
#include <thread>

#include "catalogue/registry.h"
#include "commands.h"
#include "data/source.h"
#include "figures/gnuplot.h"
#include "grading/record.h"
#include "options/data_options.h"
#include "output/console.h"
#include "output/run_directory.h"
#include "output/text_format.h"
#include "report/experiment_report.h"
#include "tinymlp/error.h"
#include "tinymlp/io/file.h"

namespace tinymlp::program {

namespace {

namespace fs = std::filesystem;

constexpr Index most_jobs = 1024;

Syntax syntax() {
  return {.command = "experiment",
          .arguments = {"list|all|ID..."},
          .usage = "[options]",
          .summary = "runs experiments that show why networks need activations",
          .groups = {{"Experiments",
                      {{"with-fashion", "", "also what trains on Fashion-MNIST, which takes some minutes"},
                       {"jobs", "N", "threads (all cores); results do not depend on it"},
                       data_directory_option()}},
                     {"Output",
                      {{"out", "DIR", "write figures, records and a report there"},
                       {"force", "", "replace experiments in that directory"},
                       {"json", "", "results as JSON, one experiment a line"},
                       {"quiet", "", "nothing but results and errors"}}}},
          .notes =
              "Each experiment makes claims and says for each what theory, a publication or earlier measurements\n"
              "expect, how far from it a number may be, what was measured, and PASS or FAIL. The exit status is 1 if\n"
              "a claim fails.\n",
          .examples = {"experiment list", "experiment xor4 spiral", "experiment all --out experiments"}};
}

struct Request {
  std::vector<const Experiment*> experiments;
  ExperimentOptions options;
  Verbosity verbosity;
  std::optional<fs::path> directory;  // --out
};

std::vector<const Experiment*> chosen(const std::vector<std::string>& words, bool with_fashion) {
  std::vector<const Experiment*> experiments;
  const auto add = [&](const Experiment& experiment) {
    if (std::ranges::find(experiments, &experiment) == experiments.end()) experiments.push_back(&experiment);
  };
  for (const std::string& word : words) {
    if (word == "list") throw InputError("\"list\" stands alone: leave the other words out");
    if (word != "all") {
      add(find_experiment(word));
      continue;
    }
    for (const Experiment& experiment : all_experiments())
      if (with_fashion || !experiment.needs_fashion) add(experiment);
  }
  return experiments;
}

/// Throws InputError, before anything runs, if Fashion-MNIST is needed and not there.
void check_fashion(const Request& request) {
  const auto needs = [](const Experiment* experiment) { return experiment->needs_fashion; };
  if (!request.options.with_fashion && std::ranges::none_of(request.experiments, needs)) return;
  DataOptions data;
  data.data = "fashion-mnist";
  data.directory = request.options.data_dir;
  find_source(data);
}

Request read_request(const Arguments& arguments) {
  Request request;
  request.options.with_fashion = arguments.flag("with-fashion");
  request.options.jobs = arguments.given("jobs") ? static_cast<int>(arguments.whole("jobs", 1, most_jobs))
                                                 : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  request.options.data_dir = data_directory(arguments);
  request.experiments = chosen(arguments.words(), request.options.with_fashion);
  check_fashion(request);
  request.verbosity = read_verbosity(arguments);
  if (const auto out = arguments.optional_text("out"))
    request.directory = RunDirectory(*out, arguments.flag("force")).path();  // throws if something is there already
  if (arguments.flag("force") && !request.directory) throw InputError("--force needs a directory: give --out DIR");
  return request;
}

void print_list() {
  std::size_t width = 0;
  for (const Experiment& experiment : all_experiments()) width = std::max(width, experiment.id.size());
  for (const Experiment& experiment : all_experiments())
    print(experiment.id + std::string(width + 2 - experiment.id.size(), ' ') + experiment.title +
          (experiment.needs_fashion ? " (only with --with-fashion in all)" : "") + "\n");
}

void make_directory(const fs::path& path) {
  std::error_code failure;
  fs::create_directories(path, failure);
  if (failure)
    throw Error("the directory cannot be made, " + failure.message() + " (" + path.string() + "): name another one");
}

/// Figures and record of one experiment, in a folder with its id. Returns what is to be said, if anything.
std::string keep(const fs::path& directory, const ExperimentRecord& record) {
  const fs::path folder = directory / record.experiment->id;
  make_directory(folder);
  write_file(folder / "record.json", record_json(record).dump(2) + "\n");
  std::string note;
  for (const Figure& figure : record.figures) {
    write_file(folder / (figure.name + ".gp"), figure.script);
    for (const auto& [name, contents] : figure.files) write_file(folder / name, contents);
    const fs::path picture = folder / (figure.name + ".svg");
    std::error_code none;
    fs::remove(picture, none);  // an old one shows other data
    if (const auto drawn = run_gnuplot(folder, figure.name + ".gp"))
      write_file(picture, *drawn);
    else
      note = "the figures are not drawn, for gnuplot is not installed: their scripts and data are in " +
             directory.string();
  }
  return note;
}

void keep_report(const fs::path& directory, const std::vector<ExperimentRecord>& records) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const ExperimentRecord& record : records) all.push_back(record_json(record));
  write_file(directory / "experiments.json", all.dump(2) + "\n");
  write_file(directory / "report.md", report_text(records));
  write_file(directory / "report.html", experiment_report(records, directory));
}

std::string count_text(std::size_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

/// The last line for people, where there were several.
std::string summary_text(const std::vector<ExperimentRecord>& records) {
  const Totals all = totals(records);
  return count_text(records.size(), "experiment") + ", " + count_text(all.claims, "claim") + ", " +
         (all.failed == 0 ? "all of which hold" : std::to_string(all.failed) + " of which failed") + "\n";
}

void fail_if_any_failed(const std::vector<ExperimentRecord>& records) {
  std::string failed;
  for (const ExperimentRecord& record : records)
    if (!record.passed()) failed += (failed.empty() ? "" : ", ") + record.experiment->id;
  if (!failed.empty())
    throw Error("not every claim holds (" + failed +
                "): see the lines that say FAIL, and the source of each reference");
}

void run(const Arguments& arguments) {
  if (arguments.words() == std::vector<std::string>{"list"}) return print_list();
  const Request request = read_request(arguments);
  if (request.directory) make_directory(*request.directory);
  std::vector<ExperimentRecord> records;
  std::string note;
  for (const Experiment* experiment : request.experiments) {
    const std::string place =
        "[" + std::to_string(records.size() + 1) + "/" + std::to_string(request.experiments.size()) + "] ";
    remark(request.verbosity, place + experiment->id + ": " + experiment->title);
    records.push_back(run_experiment(*experiment, request.options));
    const ExperimentRecord& record = records.back();
    remark(request.verbosity, "      " + verdict_text(record) + ", " + fixed(record.seconds, 1) + " s");
    if (request.directory) note = keep(*request.directory, record);
    print(request.verbosity.json ? record_json(record).dump() + "\n" : record_text(record));
    flush_output();
  }
  if (records.size() > 1 && !request.verbosity.json) print(summary_text(records));
  if (request.directory) {
    keep_report(*request.directory, records);
    if (!note.empty()) remark(request.verbosity, note);
    remark(request.verbosity,
           "written to " + request.directory->string() + ": report.html, report.md, experiments.json, a folder each");
  }
  fail_if_any_failed(records);
}

}  // namespace

Command experiment_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
