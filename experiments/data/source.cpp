// Tells names from paths, and reads what they stand for.
#include "data/source.h"

#include <algorithm>

#include "data/alignment.h"
#include "tinymlp/error.h"
#include "tinymlp/generators.h"
#include "tinymlp/io/csv.h"
#include "tinymlp/io/idx.h"
#include "tinymlp/names.h"
#include "tinymlp/scaling.h"

namespace tinymlp::program {

namespace {

namespace fs = std::filesystem;

constexpr const char* fashion_mnist = "fashion-mnist";
constexpr double csv_test_fraction = .2;

/// Throws if the option is given: it means nothing for such a set.
void refuse(bool given, const char* option, const std::string& data, const char* why) {
  if (given) throw InputError(std::string(option) + " does not go with this data set (--data " + data + "): " + why);
}

void check_options(const DataOptions& options, SourceKind kind) {
  const auto& data = options.data;
  if (kind != SourceKind::generated) {
    refuse(options.samples.has_value(), "--samples", data, "it is for generated sets, leave it out");
    refuse(options.noise.has_value(), "--noise", data, "it is for generated sets, leave it out");
  }
  if (kind != SourceKind::csv) {
    refuse(options.target.has_value(), "--target", data, "it is for CSV files, leave it out");
    refuse(options.task.has_value(), "--task", data, "it is for CSV files, leave it out");
  }
  if (kind == SourceKind::images) {
    refuse(options.test_fraction.has_value(), "--test-fraction", data,
           "the set comes with its test part, leave it out");
    refuse(options.standardize, "--standardize", data, "its pixels are divided by 255, leave it out");
    refuse(options.test_data.has_value(), "--test-data", data, "the set comes with its test part, leave it out");
  }
}

bool has_images(const fs::path& directory) {
  std::error_code unknown;
  const fs::path images = directory / "train-images-idx3-ubyte";
  return fs::exists(images, unknown) || fs::exists(images.string() + ".gz", unknown);
}

/// A directory of images by its name, as fashion-mnist.
std::optional<fs::path> find_images(const DataOptions& options) {
  const bool is_name = options.data.find('/') == std::string::npos && !options.data.starts_with('.');
  if (is_name && has_images(options.directory / options.data)) return options.directory / options.data;
  if (options.data == fashion_mnist && has_images(options.directory)) return options.directory;
  return std::nullopt;
}

[[noreturn]] void fail_not_found(const DataOptions& options) {
  if (options.data == fashion_mnist)
    throw InputError("the files of fashion-mnist are not there (" + (options.directory / fashion_mnist).string() +
                     "): install the package dataset-fashion-mnist, or name their directory with --data-dir");
  const bool is_path = options.data.find_first_of("/.") != std::string::npos;
  if (is_path) throw InputError("no such file or directory (--data " + options.data + "): check the path");
  std::vector<std::string> names;
  for (const BuiltIn& set : built_in_data()) names.push_back(set.name);
  throw InputError(unknown_name("data set", options.data, names, "--data"));
}

/// The parts as they are read.
DataParts read_parts(const DataOptions& options) {
  const Source source = find_source(options);
  if (source.kind == SourceKind::images) return read_idx_directory(source.path);
  DataSet data = load_whole(options, source);
  if (!options.standardize) check_float_range(data);  // here a row is one of the file
  if (!options.test_data)
    return split(data, options.test_fraction.value_or(default_test_fraction(source)), options.seed);
  DataSet test = read_csv_like(*options.test_data, schema_of(data), options.target);
  return {std::move(data), std::move(test)};
}

SourceKind kind_of_path(const std::string& data) {
  std::error_code unknown;
  return fs::is_directory(data, unknown) ? SourceKind::images : SourceKind::csv;
}

}  // namespace

Source find_source(const DataOptions& options) {
  Source source{SourceKind::generated, options.data, {}};
  std::error_code unknown;
  if (is_generated(options.data)) {
    find_generator(options.data);  // throws for brackets that ask for the impossible
  } else {
    if (const auto images = options.data == fashion_mnist ? find_images(options) : std::nullopt)
      source = {SourceKind::images, "", *images};
    else if (fs::exists(options.data, unknown))
      source = {kind_of_path(options.data), "", options.data};
    else if (const auto named = find_images(options))
      source = {SourceKind::images, "", *named};
    else
      fail_not_found(options);
  }
  check_options(options, source.kind);
  return source;
}

DataSet load_whole(const DataOptions& options, const Source& source) {
  if (source.kind == SourceKind::csv) return read_csv(source.path, {.target = options.target, .task = options.task});
  return generate(source.name, {.samples = options.samples, .noise = options.noise, .seed = options.seed});
}

double default_test_fraction(const Source& source) {
  return source.kind == SourceKind::csv ? csv_test_fraction : find_generator(source.name).default_test_fraction;
}

DataParts load_parts(const DataOptions& options) {
  DataParts parts = read_parts(options);
  if (options.validation_fraction > 0) split_validation(parts, options.validation_fraction, options.seed);
  const InputScaling scaling = options.standardize ? standardization(parts.training) : InputScaling{};
  const auto finish = [&](DataSet& part, const char* name) {
    if (part.rows() == 0) return;
    if (options.standardize) scale_inputs(part, scaling);
    check_float_range(part, name);
  };
  finish(parts.training, "the training part");
  finish(parts.test, "the test part");
  finish(parts.validation, "the validation part");
  return parts;
}

Settings settings_of(const DataOptions& options) {
  const Source source = find_source(options);
  Settings settings{{"data", options.data}, {"data-seed", options.seed}};
  if (source.kind == SourceKind::generated) {
    const Generator generator = find_generator(source.name);
    settings.emplace_back("samples", options.samples.value_or(generator.default_samples));
    settings.emplace_back("noise", options.noise.value_or(generator.default_noise));
  }
  if (source.kind == SourceKind::csv) {
    if (options.target) settings.emplace_back("target", *options.target);
    settings.emplace_back("task", options.task == Task::regression ? "regression"
                                  : options.task                   ? "classification"
                                                                   : "auto");
  }
  if (source.kind == SourceKind::images) settings.emplace_back("data-dir", options.directory.string());
  if (options.test_data) settings.emplace_back("test-data", options.test_data->string());
  if (!options.test_data && source.kind != SourceKind::images)
    settings.emplace_back("test-fraction", options.test_fraction.value_or(default_test_fraction(source)));
  settings.emplace_back("validation-fraction", options.validation_fraction);
  if (source.kind != SourceKind::images) settings.emplace_back("standardize", options.standardize);
  return settings;
}

std::vector<BuiltIn> built_in_data() {
  std::vector<BuiltIn> sets;
  for (const Generator& generator : generators()) sets.push_back({generator.name, generator.description});
  sets.push_back({fashion_mnist, "70,000 pictures of clothes, 28x28, in 10 classes (Xiao, Rasul, Vollgraf 2017)"});
  return sets;
}

}  // namespace tinymlp::program
