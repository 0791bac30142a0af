// The options that choose data, shared by all commands that need some.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "options/arguments.h"
#include "options/setting.h"
#include "tinymlp/dataset.h"

namespace tinymlp::program {

struct DataOptions {
  std::string data;  // a name, or a path
  std::optional<Index> samples;
  std::optional<double> noise;
  std::uint64_t seed = 0;
  std::optional<std::string> target;
  std::optional<Task> task;
  std::optional<std::filesystem::path> test_data;
  std::optional<double> test_fraction;
  double validation_fraction = 0;
  bool standardize = false;
  std::filesystem::path directory;  // where data sets lie that are no files of the user's
};

/// What data are for: to learn from, some rows kept for a test, or only to look at.
enum class DataUse { training, evaluation };
/// --data to --data-dir.
OptionGroup data_option_group(DataUse use);
/// Only what makes generated data: --samples, --noise, --data-seed, --data-dir.
OptionGroup generator_option_group();

/// --data-dir alone: where data sets lie.
Option data_directory_option();
std::filesystem::path data_directory(const Arguments& arguments);

DataOptions read_data_options(const Arguments& arguments);
DataOptions read_generator_options(const Arguments& arguments, const std::string& name);

}  // namespace tinymlp::program
