// Reads the options that choose data.
#include "options/data_options.h"

#include <cstdlib>

#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

constexpr const char* system_directory = "/usr/share/datasets";
constexpr Index most_samples = 10'000'000;

const Option samples{"samples", "N", "how many samples a generated set has (its own default)"};
const Option noise{"noise", "X", "how noisy a generated set is (its own default)"};
const Option data_seed{"data-seed", "S", "seed of generated samples and of the draw of test and validation rows", "0"};
const Option data_directory_choice{"data-dir", "DIR",
                                   "where data sets lie (else $TINYMLP_DATA, else /usr/share/datasets)"};

std::filesystem::path find_directory(const Arguments& arguments) {
  if (const auto given = arguments.optional_text("data-dir")) return *given;
  const char* const variable = std::getenv("TINYMLP_DATA");
  return variable && *variable ? variable : system_directory;
}

std::optional<Task> read_task(const Arguments& arguments) {
  const std::string task = arguments.choice("task", {"auto", "classification", "regression"});
  if (task == "auto") return std::nullopt;
  return task == "regression" ? Task::regression : Task::classification;
}

DataOptions read_common(const Arguments& arguments) {
  DataOptions options;
  if (arguments.given("samples")) options.samples = arguments.whole("samples", 1, most_samples);
  if (arguments.given("noise")) options.noise = arguments.number("noise");
  options.seed = arguments.seed("data-seed");
  options.directory = find_directory(arguments);
  return options;
}

}  // namespace

OptionGroup data_option_group(DataUse use) {
  const std::string fraction = use == DataUse::evaluation
                                   ? "the share of rows that was kept for testing (0 of a CSV: all its rows count)"
                                   : "the share of rows to test on (.2 of a CSV, half of most generated sets)";
  const std::string validation = use == DataUse::evaluation
                                     ? "as in training: a share that --standardize then does not look at"
                                     : "the share of the training rows to look at while training, but not train on";
  const std::string standardize =
      use == DataUse::evaluation
          ? "as in training, which the model remembers; for a file that does not say, by the rows not tested on"
          : "bring each feature to mean 0 and variance 1, as the training rows have them";
  return {
      "Data",
      {{"data", "NAME|FILE.csv|DIR", "a built-in data set, a CSV file, or a directory with IDX files (required)"},
       samples,
       noise,
       data_seed,
       {"target", "COLUMN", "what to predict from a CSV: a column's name, or its number from 0 (the last)"},
       {"task", "TASK",
        "auto, classification or regression; auto: text, or whole numbers of at most 20 values, are classes", "auto"},
       {"test-data", "FILE.csv", "a file of rows to test on"},
       {"test-fraction", "F", fraction},
       {"validation-fraction", "F", validation, "0"},
       {"standardize", "", standardize},
       data_directory_choice}};
}

Option data_directory_option() { return data_directory_choice; }
std::filesystem::path data_directory(const Arguments& arguments) { return find_directory(arguments); }

OptionGroup generator_option_group() { return {"Data", {samples, noise, data_seed, data_directory_choice}}; }

DataOptions read_data_options(const Arguments& arguments) {
  if (!arguments.given("data"))
    throw InputError(
        "there are no data (--data): name a built-in set (tinymlp data list), a CSV file or a directory of IDX files");
  DataOptions options = read_common(arguments);
  options.data = arguments.text("data");
  options.target = arguments.optional_text("target");
  options.task = read_task(arguments);
  options.test_data = arguments.optional_text("test-data");
  if (arguments.given("test-fraction"))
    options.test_fraction = arguments.number("test-fraction", {.highest = 1, .below = true});
  options.validation_fraction = arguments.number("validation-fraction", {.highest = 1, .below = true});
  options.standardize = arguments.flag("standardize");
  if (options.test_data && options.test_fraction)
    throw InputError("--test-data and --test-fraction both choose the test part: leave one of them out");
  return options;
}

DataOptions read_generator_options(const Arguments& arguments, const std::string& name) {
  DataOptions options = read_common(arguments);
  options.data = name;
  return options;
}

}  // namespace tinymlp::program
