// tinymlp compare: trains variants of a network with the same data, initial draws and batches, many seeds of each, and
// ranks them with statistics.
#include <algorithm>
#include <functional>
#include <limits>
#include <thread>

#include "commands.h"
#include "compare/comparison_directory.h"
#include "compare/comparison_figures.h"
#include "compare/comparison_files.h"
#include "compare/comparison_table.h"
#include "compare/trials.h"
#include "compare/tuning.h"
#include "model/linear_fit.h"
#include "output/console.h"
#include "report/comparison_report.h"
#include "tinymlp/error.h"
#include "training/interruption.h"

namespace tinymlp::program {

namespace {

constexpr Index most_seeds = 100'000, most_jobs = 1024;

/// The same group, with another text for one option.
OptionGroup with_help(OptionGroup group, const std::string& name, const std::string& argument,
                      const std::string& help) {
  for (Option& option : group.options)
    if (option.names.substr(0, option.names.find(',')) == name) {
      option.argument = argument;
      option.help = help;
    }
  return group;
}

/// Without what each run's seed or the jobs replace.
OptionGroup without(OptionGroup group, const std::string& name) {
  std::erase_if(group.options,
                [&](const Option& option) { return option.names.substr(0, option.names.find(',')) == name; });
  return group;
}

Syntax syntax() {
  OptionGroup comparing{
      "Comparing",
      {{"seeds", "N", "runs of each variant, with seeds --seed, --seed + 1, ...; a winner needs 8", "20"},
       {"vary", "OPTION=V1,V2,...",
        "other values to compare: any option of data, network or training, and depth or width, which shape --hidden; "
        "values that hold commas stand between semicolons; may be given again, for every combination",
        "", true},
       {"success", "X", "the score that counts as a success (accuracy .95, or a tenth of a constant guess's loss)"},
       {"jobs", "N", "runs at a time (all cores); results do not depend on it"}}};
  OptionGroup output = output_option_group(true);
  output.options[0].help = "write tables, all runs and epochs, figures; an interrupted comparison goes on there";
  output.options[1].help = "replace the comparison in that directory";
  return {
      .command = "compare",
      .arguments = {},
      .usage = "--data NAME|FILE.csv|DIR --activation A,B,... [options]",
      .summary = "ranks activations, or other choices, over many seeds",
      .groups = {comparing, data_option_group(DataUse::training),
                 with_help(network_option_group(), "activation", "A,B,...", "the activations to compare"),
                 with_help(training_option_group(), "learning-rate", "X|auto",
                           "step size; auto: for each variant the best of a grid, on a validation part"),
                 with_help(without(without(device_option_group(), "threads"), "tf32"), "device", "NAME",
                           "auto, cpu or cuda; auto: the CPU, on which many runs go at a time"),
                 output},
      .notes =
          "Every variant gets the same data, and with each seed the same initial draws, scaled as its initializer\n"
          "says, and the same batches. p: a signed-rank test of the best against each other variant, seed by seed,\n"
          "corrected by Holm; a winner is named only if it beats each of them: p < .05, and before the correction\n"
          "p < .025, so that among equals one is named in less than one of twenty comparisons. effect: the\n"
          "matched-pairs rank-biserial correlation. Each run uses one thread of the CPU, or the GPU, one run at a\n"
          "time.\n",
      .examples = {"compare --data spiral --activation relu,gelu --hidden 16,16",
                   "compare --data xor --activation sigmoid --vary depth=1,2,4,8 --learning-rate auto --out depth"}};
}

struct Request {
  Workplace workplace;
  std::optional<ComparisonDirectory> directory;
};

Judgement read_judgement(const Arguments& arguments, const std::vector<Variant>& variants) {
  Judgement judgement;
  const std::string part = variants[0].tests_on_training_rows ? "training " : "test ";
  judgement.higher_is_better = variants[0].model.task == Task::classification;
  judgement.score = part + (judgement.higher_is_better ? "accuracy" : variants[0].model.loss);
  if (arguments.given("success"))
    judgement.target =
        judgement.higher_is_better ? arguments.number("success", {.highest = 1}) : arguments.number("success");
  else if (!judgement.higher_is_better)
    judgement.target = constant_loss(variants[0]) / 10;
  return judgement;
}

Request read_request(const Arguments& arguments) {
  Request request;
  Workplace& workplace = request.workplace;
  workplace.verbosity = read_verbosity(arguments);
  workplace.device.name = arguments.choice("device", {"auto", "cpu", "cuda"});
  if (workplace.device.name == "auto") workplace.device.name = "cpu";  // where runs go side by side
  workplace.device.threads = 1;
  workplace.jobs = arguments.given("jobs") ? arguments.whole("jobs", 1, most_jobs)
                                           : static_cast<Index>(std::max(1U, std::thread::hardware_concurrency()));
  if (workplace.device.name == "cuda") workplace.jobs = 1;
  if (const auto out = arguments.optional_text("out"))
    request.directory.emplace(*out, arguments.flag("force"));
  else if (arguments.flag("force"))
    throw InputError("there is nothing to replace (--force): give --out DIR");
  return request;
}

Comparison read_comparison(const Arguments& arguments) {
  Comparison comparison;
  comparison.dimensions = read_dimensions(arguments);
  comparison.seeds = arguments.whole("seeds", 1, most_seeds);
  comparison.first_seed = arguments.seed("seed");
  if (comparison.first_seed > std::numeric_limits<std::uint64_t>::max() - 2 * static_cast<std::uint64_t>(most_seeds))
    throw InputError("no seeds are left behind that one (--seed): give a smaller one");
  comparison.variants = read_variants(arguments, comparison.dimensions);
  comparison.judgement = read_judgement(arguments, comparison.variants);
  comparison.tunes = tunes_learning_rate(arguments);
  if (comparison.tunes) check_tunable(comparison.variants);
  comparison.data = comparison.variants[0].parts->training.name;
  return comparison;
}

/// With seeds of its own, whatever the number of seeds to compare. Returns whether it was done.
bool tune(Comparison& comparison, const Workplace& workplace) {
  const std::uint64_t first_seed = comparison.first_seed + static_cast<std::uint64_t>(most_seeds);
  comparison.tuned_rates = tune_learning_rates(comparison.variants, comparison.judgement, first_seed, workplace);
  for (std::size_t i = 0; i < comparison.tuned_rates.size(); ++i)
    remark(workplace.verbosity, comparison.variants[i].label + ": learning rate " + comparison.tuned_rates[i] +
                                    ", tuned on validation rows");
  return !comparison.tuned_rates.empty();
}

/// For each variant the first with the same data and the same loss: they share the best linear model.
std::vector<std::size_t> linear_sources(const std::vector<Variant>& variants) {
  std::vector<std::size_t> sources;
  for (const Variant& variant : variants) {
    std::size_t k = 0;
    while (variants[k].parts != variant.parts || variants[k].model.loss != variant.model.loss) ++k;
    sources.push_back(k);
  }
  return sources;
}

/// All runs, and the linear models. Returns whether all was done.
bool compare(Comparison& comparison, const Workplace& workplace) {
  const std::vector<Variant>& variants = comparison.variants;
  const auto seeds = static_cast<std::size_t>(comparison.seeds);
  std::vector<TrialTask> tasks;
  for (std::size_t seed = 0; seed < seeds; ++seed)  // seed after seed, so that all variants get on alike
    for (std::size_t i = 0; i < variants.size(); ++i)
      tasks.push_back({&variants[i], variants[i].parts.get(), comparison.first_seed + seed,
                       comparison.tunes ? comparison.tuned_rates[i] : "",
                       "run-" + std::to_string(i + 1) + "-" + std::to_string(seed + 1)});
  comparison.linear.assign(variants.size(), 0);
  const std::vector<std::size_t> sources = linear_sources(variants);
  std::vector<std::function<void()>> linear_models;
  for (std::size_t i = 0; i < variants.size(); ++i)
    if (sources[i] == i)
      linear_models.emplace_back([&, i] { comparison.linear[i] = linear_score(variants[i], comparison.judgement); });
  std::vector<TrialResult> trials = run_trials(tasks, linear_models, comparison.judgement, workplace, "runs");
  if (trials.empty()) return false;
  for (std::size_t i = 0; i < variants.size(); ++i) {
    comparison.linear[i] = comparison.linear[sources[i]];
    comparison.trials.emplace_back();
    for (std::size_t seed = 0; seed < seeds; ++seed)
      comparison.trials[i].push_back(std::move(trials[seed * variants.size() + i]));
  }
  return true;
}

void keep(const ComparisonDirectory& directory, const Comparison& comparison, const Summary& summary,
          const Verbosity& verbosity) {
  directory.write("comparison.md", comparison_markdown(comparison, summary));
  directory.write("comparison.json", comparison_json(comparison, summary, false));
  directory.write("runs.csv", runs_csv(comparison));
  directory.write("epochs.csv", epochs_csv(comparison));
  const std::string note = draw_comparison(directory, comparison, summary);
  directory.write("report.html", comparison_report(comparison, summary, directory.path()));
  if (!note.empty()) remark(verbosity, note);
  directory.finish();
  remark(verbosity, "the comparison is kept in " + directory.path().string());
}

void run(const Arguments& arguments) {
  Request request = read_request(arguments);
  Workplace& workplace = request.workplace;
  Comparison comparison = read_comparison(arguments);
  make_device(workplace.device, {});  // whether it is there
  if (request.directory) {
    request.directory->begin(request_json(comparison));
    workplace.directory = &*request.directory;
  }
  const Interruption interruption;  // what has begun ends, and is kept
  workplace.stop = [&] { return interruption.requested(); };
  if ((comparison.tunes && !tune(comparison, workplace)) || !compare(comparison, workplace))
    throw InterruptedError(request.directory ? "interrupted: the same command goes on from what is in " +
                                                   request.directory->path().string()
                                             : "interrupted: nothing is kept without --out");
  const Summary summary = summarize(comparison);
  if (request.directory) keep(*request.directory, comparison, summary, workplace.verbosity);
  print(workplace.verbosity.json ? comparison_json(comparison, summary, true) : comparison_text(comparison, summary));
}

}  // namespace

Command compare_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
