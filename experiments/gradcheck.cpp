// tinymlp gradcheck: checks derivatives against finite differences, in double precision.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "data/evaluation_data.h"
#include "gradcheck/bugs.h"
#include "gradcheck/checks.h"
#include "options/model_options.h"
#include "output/console.h"
#include "output/text_format.h"
#include "tinymlp/activations.h"
#include "tinymlp/error.h"
#include "tinymlp/losses.h"
#include "tinymlp/names.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;
using Verdicts = std::vector<GradientVerdict>;

constexpr Index most_rows = 10'000, most_points = 1'000'000'000;

Syntax syntax() {
  OptionGroup what{
      "Check",
      {{"activation", "NAME", "this activation, alone and in a network with each loss"},
       {"layer", "NAME", "this layer: Dense or dropout in some sizes, or one as Dense(2, 16)"},
       {"loss", "NAME", "this loss, alone and in a network with each activation"},
       {"model", "MODEL",
        "a run directory or a .safetensors file, on --data; --activation and --loss complete a file that does not "
        "say, as PyTorch's"},
       {"inject", "BUG", "plants a bug and shows which check finds it; list: their names"}}};
  OptionGroup model{"Model",
                    {{"batch-size", "N", "how many rows of the data, evenly spread", "7"},
                     {"points", "N", "how many numbers of each array, evenly spread; 0: all", "100"}}};
  OptionGroup data = data_option_group(DataUse::evaluation);
  data.title = "Data (for --model)";
  std::string bugs;
  for (const Bug& bug : all_bugs())
    bugs += "  " + bug.name + std::string(28 - bug.name.size(), ' ') + bug.summary + "\n";
  return {
      .command = "gradcheck",
      .arguments = {},
      .usage = "[options]",
      .summary = "checks derivatives against finite differences",
      .groups = {what, model, data, output_option_group(false)},
      .notes =
          "Each derivative is compared with (f(x + h) - f(x - h)) / 2h, computed in double; \"worst error\" is the\n"
          "largest difference as a share of the largest gradient, and must be at most 1e-7. Exit status 1 if\n"
          "one is larger. Without one of the first five options everything is checked.\n\nBugs for --inject "
          "(docs/gradient-bugs.md tells more):\n" +
          bugs,
      .examples = {"gradcheck", "gradcheck --activation gelu --loss mse", "gradcheck --model spiral-run --data spiral",
                   "gradcheck --inject bias-last-row"}};
}

// ------------------------------------------------------------------------------------------------------------ results

Json json_of(const GradientVerdict& verdict) {
  const auto number = [](double x) { return std::isfinite(x) ? Json(x) : Json(); };  // JSON knows no other numbers
  return {{"kind", verdict.kind},
          {"what", verdict.what},
          {"points", verdict.points},
          {"worst_error", number(verdict.worst)},
          {"place", verdict.place},
          {"gradient", number(verdict.gradient)},
          {"finite_difference", number(verdict.difference)},
          {"points_on_kinks", verdict.kinks},
          {"passed", verdict.passed()}};
}

std::string text_of(const Verdicts& verdicts) {
  std::vector<std::vector<std::string>> rows{{"check", "points", "worst error", "verdict"}};
  std::string wrong;
  for (const GradientVerdict& verdict : verdicts) {
    const std::string name = verdict.kind + " " + verdict.what;
    rows.push_back(
        {name, std::to_string(verdict.points), two_digits(verdict.worst), verdict.passed() ? "right" : "WRONG"});
    if (!verdict.passed())
      wrong += name + ": " + verdict.place + " is " + six_digits(verdict.gradient) + ", the finite difference " +
               six_digits(verdict.difference) + "\n";
  }
  return table(rows) + wrong;
}

Index count_wrong(const Verdicts& verdicts) {
  return std::ranges::count_if(verdicts, [](const GradientVerdict& verdict) { return !verdict.passed(); });
}

/// The results, and what they say together; throws Error if a check failed.
void report(const Verdicts& verdicts, const Verbosity& verbosity) {
  const Index wrong = count_wrong(verdicts);
  const std::string count = std::to_string(verdicts.size());
  if (verbosity.json) {
    std::string lines;
    for (const GradientVerdict& verdict : verdicts) lines += json_of(verdict).dump() + "\n";
    print(lines + Json({{"checks", verdicts.size()}, {"failed", wrong}, {"tolerance", gradient_tolerance}}).dump() +
          "\n");
  } else {
    print(text_of(verdicts));
    if (wrong == 0)
      print("all " + count + " checks passed: no error is above " + two_digits(gradient_tolerance) + "\n");
  }
  if (wrong > 0)
    throw Error(std::to_string(wrong) + " of " + count +
                " checks failed (gradcheck): a derivative is wrong, see above");
}

// ------------------------------------------------------------------------------------------------------------- checks

Verdicts check_everything() {
  Verdicts verdicts;
  for (const std::string& activation : activation_names()) verdicts.push_back(check_activation(activation));
  for (const std::string& layer : checked_layer_names())
    for (GradientVerdict& verdict : check_layer(layer)) verdicts.push_back(std::move(verdict));
  for (const std::string& loss : loss_names()) verdicts.push_back(check_loss(loss));
  for (const std::string& loss : loss_names())
    verdicts.push_back(check_networks("3-5-2, every activation, " + loss, activation_names(), {loss}));
  return verdicts;
}

/// What --activation, --layer and --loss name.
Verdicts check_named(const Arguments& arguments) {
  const auto activation = arguments.optional_text("activation"), layer = arguments.optional_text("layer");
  const std::vector<std::string> losses =
      arguments.given("loss") ? std::vector{arguments.choice("loss", loss_names())} : loss_names();
  Verdicts verdicts;
  if (activation) verdicts.push_back(check_activation(*activation));
  if (layer)
    for (GradientVerdict& verdict : check_layer(*layer)) verdicts.push_back(std::move(verdict));
  if (arguments.given("loss")) verdicts.push_back(check_loss(losses.front()));
  if (activation)
    for (const std::string& loss : losses)
      verdicts.push_back(check_networks("3-5-2, " + *activation + ", " + loss, {*activation}, {loss}));
  else if (arguments.given("loss"))
    for (const std::string& each : activation_names())
      verdicts.push_back(check_networks("3-5-2, " + each + ", " + losses.front(), {each}, losses));
  return verdicts;
}

Verdicts check_named_model(const Arguments& arguments) {
  if (arguments.given("layer")) throw InputError("all layers of the model are checked (--layer): leave it out");
  const DataOptions data_options = read_data_options(arguments);
  const Index rows = arguments.whole("batch-size", 1, most_rows), points = arguments.whole("points", 0, most_points);
  LossOptions loss;
  if (arguments.given("loss")) loss.name = arguments.choice("loss", loss_names());
  ModelFile model = load_model(arguments, arguments.text("model"));
  const DataSet data = load_evaluation_data(data_options, model, loss);
  std::vector<Index> chosen;
  for (Index i = 0; i < std::min(rows, data.rows()); ++i)
    chosen.push_back(i * data.rows() / std::min(rows, data.rows()));
  return check_model(model.description, model.tensors, select_rows(data, chosen), points);
}

void run_bug(const std::string& name, const Verbosity& verbosity) {
  const std::vector<std::string> names = bug_names();
  if (name == "list") {
    for (const std::string& each : names) print(each + "\n");
    return;
  }
  const auto bug = std::ranges::find(all_bugs(), name, &Bug::name);
  if (bug == all_bugs().end()) throw InputError(unknown_name("bug", name, names, "--inject"));
  remark(verbosity, "planted: " + bug->summary);
  const Verdicts verdicts = bug->check();
  if (verbosity.json) return report(verdicts, verbosity);
  print(text_of(verdicts) + bug->lesson + "\n");
  throw Error("the planted bug is found by " + std::to_string(count_wrong(verdicts)) + " of " +
              std::to_string(verdicts.size()) + " checks (--inject " + name + "): docs/gradient-bugs.md tells more");
}

void refuse(const Arguments& arguments, const std::vector<const char*>& options, const std::string& why) {
  for (const char* option : options)
    if (arguments.given(option)) throw InputError(why + " (--" + option + "): leave it out");
}

void run(const Arguments& arguments) {
  const Verbosity verbosity = read_verbosity(arguments);
  if (arguments.given("inject")) {
    refuse(arguments, {"activation", "layer", "loss", "model", "data"}, "--inject checks what holds the bug");
    return run_bug(arguments.text("inject"), verbosity);
  }
  if (arguments.given("model")) return report(check_named_model(arguments), verbosity);
  refuse(arguments,
         {"data", "samples", "noise", "data-seed", "target", "task", "test-data", "test-fraction", "data-dir",
          "batch-size", "points"},
         "only a model is checked on data, and there is no --model");
  const bool named = arguments.given("activation") || arguments.given("layer") || arguments.given("loss");
  report(named ? check_named(arguments) : check_everything(), verbosity);
}

}  // namespace

Command gradcheck_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
