// Finds the data set that --data names, and reads it.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "options/data_options.h"
#include "tinymlp/dataset.h"

namespace tinymlp::program {

enum class SourceKind { generated, images, csv };

/// Where a data set comes from.
struct Source {
  SourceKind kind;
  std::string name;            // of a generated set
  std::filesystem::path path;  // of a CSV file, or of a directory of images
};

/// A built-in name, else a path, else a directory of that name where data sets lie. Throws InputError if it is none of
/// them, or if an option is given that means nothing for such a set.
Source find_source(const DataOptions& options);

/// All rows of a set that comes in one piece, generated or from a CSV.
DataSet load_whole(const DataOptions& options, const Source& source);
/// The share of its rows to test on where none is given.
double default_test_fraction(const Source& source);

/// The data to train on, to test on and to look at meanwhile, the last two perhaps empty; standardized if that is asked
/// for. Throws InputError, too, for numbers that floats cannot hold.
DataParts load_parts(const DataOptions& options);
/// The options in force, the defaults filled in.
Settings settings_of(const DataOptions& options);

/// Names for --data.
struct BuiltIn {
  std::string name, description;
};
std::vector<BuiltIn> built_in_data();

}  // namespace tinymlp::program
