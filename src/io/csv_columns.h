// The columns of a CSV: whether its first record names them, and which of them are read.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "csv_source.h"
#include "tinymlp/io/csv.h"

namespace tinymlp {

struct CsvColumns {
  bool header = false;                // whether the first record is one
  std::optional<std::size_t> target;  // the number of its column; none only where targets do not matter
  std::vector<std::size_t> features;  // the numbers of theirs, in the order they are wanted
  std::vector<std::string> names;     // of all columns; empty without a header
};

/// `first`: the fields of the first record. Throws InputError as parse_csv says.
CsvColumns find_columns(const std::vector<std::string_view>& first, const CsvOptions& options, const CsvSource& source);

/// The names in a header. Throws InputError if one is missing, no UTF-8, or there twice.
std::vector<std::string> header_names(const std::vector<std::string_view>& header, const CsvSource& source);

}  // namespace tinymlp
