// The options of a long run: how long it may take, how often it saves what it takes to go on, and which run goes on.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "options/arguments.h"
#include "options/setting.h"

namespace tinymlp::program {

struct RunOptions {
  std::optional<double> max_seconds;
  double checkpoint_seconds = 60;
  bool diagnostics = false;
  bool plot = false;
  std::optional<std::filesystem::path> resume;
};

/// --max-seconds to --config.
OptionGroup run_option_group();
RunOptions read_run_options(const Arguments& arguments);
Settings settings_of(const RunOptions& options);

/// For --resume DIR: the options that DIR/run.json holds, with those that were given anew. Throws InputError for a
/// given one that a run cannot change.
Arguments resumed_arguments(const Arguments& arguments, const Syntax& syntax);

}  // namespace tinymlp::program
