// Reads the options of long runs.
#include "options/run_options.h"

#include <algorithm>
#include <vector>

#include "options/config.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

/// What a run that goes on may be given: what changes no number but how far it goes; and what it shows.
const std::vector<std::string> changeable{"resume", "epochs", "max-seconds", "threads",
                                          "device", "json",   "quiet",       "plot"};
constexpr double longest = 1e9;  // seconds

}  // namespace

OptionGroup run_option_group() {
  return {"Long runs",
          {{"max-seconds", "T", "end training after the step in which this time is over; the run can go on later"},
           {"checkpoint-seconds", "T", "how often a run with --out saves what it takes to go on", "60"},
           {"resume", "DIR",
            "go on with a run, with its settings; --epochs, --max-seconds, --threads and --device may be given anew"},
           {"diagnostics", "", "look into the layers after each epoch; with --out also figures of what they do"},
           {"plot", "", "draw the losses, and the boundary of two features, in the terminal"},
           config_option()}};
}

RunOptions read_run_options(const Arguments& arguments) {
  RunOptions options;
  if (arguments.given("max-seconds")) options.max_seconds = arguments.number("max-seconds", {.highest = longest});
  options.checkpoint_seconds = arguments.number("checkpoint-seconds", {.highest = longest});
  options.diagnostics = arguments.flag("diagnostics");
  options.plot = arguments.flag("plot");
  if (const auto directory = arguments.optional_text("resume")) options.resume = *directory;
  return options;
}

Settings settings_of(const RunOptions& options) {
  Settings settings{{"checkpoint-seconds", options.checkpoint_seconds}};
  if (options.max_seconds) settings.emplace_back("max-seconds", *options.max_seconds);
  if (options.diagnostics) settings.emplace_back("diagnostics", true);
  return settings;
}

Arguments resumed_arguments(const Arguments& arguments, const Syntax& syntax) {
  const std::string directory = arguments.text("resume");
  std::vector<std::string> names{"config"};  // first, for it brings others along
  for (const OptionGroup& group : syntax.groups)
    for (const Option& option : group.options) names.push_back(names_of(option).front());
  for (const std::string& name : names)
    if (arguments.given(name) && std::ranges::find(changeable, name) == changeable.end())
      throw InputError("a run goes on with its own settings (--" + name + " beside --resume): leave it out, or begin " +
                       "a new run with --config " + directory + "/run.json");
  const std::filesystem::path file = std::filesystem::path(directory) / "run.json";
  std::error_code unknown;
  if (!std::filesystem::exists(file, unknown))
    throw InputError("there is no run to go on with (--resume " + directory +
                     "): name a directory that train --out has written");
  Arguments all = arguments;
  all.add(read_config(file, syntax), file.string());
  return all;
}

}  // namespace tinymlp::program
