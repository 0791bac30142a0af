// Options from a JSON file instead of the command line: --config, and the settings of a run that goes on.
#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "options/arguments.h"

namespace tinymlp::program {

/// What the file gives: each option's first name with its value, as the command line would hold it; a switch that is
/// false is left out. The file is an object of names (without dashes) and values, or one with such an object under
/// "settings", as every run's run.json. A list stands for its parts with commas between. Throws InputError, naming file
/// and key, for a name that the syntax does not have (with the nearest), or a value of the wrong kind.
std::map<std::string, std::string> read_config(const std::filesystem::path& path, const Syntax& syntax);

/// The option --config.
Option config_option();

}  // namespace tinymlp::program
