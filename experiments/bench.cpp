// tinymlp bench: how fast this machine is on the standard tasks, held against what it can do at most.
#include <algorithm>
#include <filesystem>
#include <optional>

#include "bench/growth_figure.h"
#include "bench/limits.h"
#include "bench/report.h"
#include "bench/tasks.h"
#include "commands.h"
#include "figures/gnuplot.h"
#include "options/device_options.h"
#include "output/console.h"
#include "output/run_directory.h"
#include "tinymlp/cpu_info.h"
#include "tinymlp/error.h"
#include "tinymlp/io/file.h"

namespace tinymlp::program {

namespace {

namespace fs = std::filesystem;

constexpr double most_seconds = 3600;
constexpr double task_seconds = 1, growth_seconds = 0.1;
constexpr Index most_width = 4096, least_width = 16;

std::string notes() {
  std::size_t width = 0;
  for (const BenchTask& task : bench_tasks()) width = std::max(width, task.name.size());
  std::string text = "TASK, all of them unless named:\n";
  for (const BenchTask& task : bench_tasks())
    text += "  " + task.name + std::string(width + 2 - task.name.size(), ' ') + task.description + "\n";
  return text +
         "The data are random. Times are medians, with the distance of the quartiles as spread; on the CPU with\n"
         "one thread and with all. GFLOP/s count matrix products only. The limit is the longer of two times: those\n"
         "products at the measured rate of multiply-adds, and reading parameters and features once at the rate\n"
         "that was measured for so many bytes. Other programs at work make all of it wrong.\n"
         "--growth: width 16 to 4096, batch 1 to 4096, depth 1 to 64. A cliff is where time grows by more than\n"
         "half as much again as the arithmetic from one size to the next; slower, where all threads take longer\n"
         "than one.\n";
}

Syntax syntax() {
  return {.command = "bench",
          .arguments = {"[TASK]..."},
          .usage = "[options]",
          .summary = "speed on the standard tasks, as a share of this machine's limit",
          .groups = {{"Measurements",
                      {{"seconds", "X", "time for each of them, about (1; with --growth 0.1)"},
                       {"growth", "", "instead, the time of a training step against width, batch and depth"},
                       {"largest", "N", "with --growth, no size above", "4096"}}},
                     {"Device",
                      {{"device", "NAME", "cpu, cuda or auto; nothing is known of a GPU's limits", "cpu"},
                       {"threads", "N", "threads of the CPU, beside one (all cores)"}}},
                     {"Output",
                      {{"out", "DIR", "with --growth, write growth.svg, its script and its numbers there"},
                       {"force", "", "replace them in that directory"},
                       {"json", "", "results as JSON, one object a line"},
                       {"quiet", "", "nothing but results and errors"}}}},
          .notes = notes(),
          .examples = {"bench", "bench small-step --threads 1 --seconds 5", "bench --growth --out growth"}};
}

/// All that was asked for, checked.
struct Request {
  std::vector<const BenchTask*> tasks;
  bool growth = false;
  Index largest = most_width;
  double seconds = task_seconds;
  DeviceOptions device;
  std::optional<RunDirectory> directory;
  Verbosity verbosity;
};

Request read_request(const Arguments& arguments) {
  Request request;
  for (const std::string& word : arguments.words()) request.tasks.push_back(&find_bench_task(word));
  request.growth = arguments.flag("growth");
  if (request.growth && !request.tasks.empty())
    throw InputError("--growth times no tasks: leave out either it or " + request.tasks[0]->name);
  for (const char* const option : {"largest", "out"})
    if (arguments.given(option) && !request.growth)
      throw InputError("only a sweep has this (--" + std::string(option) + "): add --growth");
  if (request.tasks.empty())
    for (const BenchTask& task : bench_tasks()) request.tasks.push_back(&task);
  request.largest = arguments.whole("largest", least_width, most_width);
  request.seconds = arguments.given("seconds") ? arguments.number("seconds", {.lowest = 0, .highest = most_seconds})
                    : request.growth           ? growth_seconds
                                               : task_seconds;
  request.device = read_device_options(arguments);
  request.verbosity = read_verbosity(arguments);
  if (const auto out = arguments.optional_text("out")) request.directory.emplace(*out, arguments.flag("force"));
  if (arguments.flag("force") && !request.directory) throw InputError("--force needs a directory: give --out DIR");
  return request;
}

/// The devices to time: the CPU with one thread and with all, or the GPU.
struct Machine {
  std::vector<std::unique_ptr<Device>> devices;
  std::vector<BenchDevice> names;
  std::vector<Limits> limits;  // of each; none for a GPU
};

Machine make_machine(const Request& request) {
  Machine machine;
  machine.devices.push_back(make_device(request.device, work_without_end()));  // all else is checked
  report_choice(request.device, work_without_end(), *machine.devices[0], request.verbosity);
  if (machine.devices[0]->name() != "cpu") {
    machine.names.push_back({std::string(machine.devices[0]->name()), std::nullopt});
    return machine;
  }
  machine.names.push_back({"cpu", request.device.threads});
  if (request.device.threads > 1) {
    machine.devices.insert(machine.devices.begin(), make_cpu_device(1));
    machine.names.insert(machine.names.begin(), {"cpu", 1});
  }
  remark(request.verbosity, "measuring what this machine can do");
  for (const BenchDevice& device : machine.names)
    machine.limits.push_back(measure_limits(device.threads.value_or(1), request.seconds / 4));
  return machine;
}

void print_limits(const Request& request, const Machine& machine) {
  if (machine.limits.empty()) return;
  const CpuInfo cpu = cpu_info();
  print(request.verbosity.json ? limits_json(cpu, machine.limits) : limits_text(cpu, machine.limits) + "\n");
}

void run_tasks(const Request& request, const Machine& machine) {
  std::vector<TaskResult> results;
  for (const BenchTask* const task : request.tasks) {
    remark(request.verbosity, "timing " + task->name);
    for (std::size_t i = 0; i < machine.devices.size(); ++i) {
      TaskResult result{task, machine.names[i], time_task(*task, *machine.devices[i], request.seconds), std::nullopt};
      if (i < machine.limits.size()) result.least = least_time(*task, machine.limits[i], request.seconds / 20);
      if (request.verbosity.json) print(result_json(result));
      results.push_back(std::move(result));
    }
  }
  if (!request.verbosity.json) print(results_text(results));
}

/// Writes the figure, and beside it what it is drawn from. Returns what is to be said.
std::string keep(const fs::path& directory, const std::vector<Growth>& all, const Machine& machine) {
  std::error_code failure;
  fs::create_directories(directory, failure);
  if (failure)
    throw Error("the directory cannot be made, " + failure.message() + " (--out " + directory.string() +
                "): name another one");
  std::vector<std::string> names;
  for (const BenchDevice& device : machine.names) names.push_back(device.text());
  for (const Growth& growth : all)
    write_file(directory / (growth.sweep.name + ".csv"), growth_csv(growth, machine.limits));
  write_file(directory / "growth.gp", growth_script(all, names, !machine.limits.empty()));
  fs::remove(directory / "growth.svg", failure);  // an old one shows other data
  const auto figure = run_gnuplot(directory, "growth.gp");
  if (!figure)
    return "growth.svg is not drawn, for gnuplot is not installed: its script and data are in " + directory.string();
  write_file(directory / "growth.svg", *figure);
  return "written to " + directory.string() + ": growth.svg, its script and its numbers";
}

void run_growth(const Request& request, const Machine& machine) {
  std::vector<Device*> devices;
  for (const auto& device : machine.devices) devices.push_back(device.get());
  std::vector<Growth> all;
  for (const Sweep& sweep : sweeps(request.largest)) {
    remark(request.verbosity, "timing steps against " + sweep.name);
    Growth growth{sweep, {}};
    for (const Index size : sweep.sizes) growth.points.push_back(time_step(sweep, size, devices, request.seconds));
    print(request.verbosity.json ? growth_json(growth, machine.names, machine.limits)
                                 : growth_text(growth, machine.names, machine.limits) + "\n");
    flush_output();
    all.push_back(std::move(growth));
  }
  if (request.directory) remark(request.verbosity, keep(request.directory->path(), all, machine));
}

void run(const Arguments& arguments) {
  const Request request = read_request(arguments);
  const Machine machine = make_machine(request);
  print_limits(request, machine);
  flush_output();
  request.growth ? run_growth(request, machine) : run_tasks(request, machine);
}

}  // namespace

Command bench_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
