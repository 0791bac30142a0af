// The target column of a CSV: tells numbers from classes and numbers the classes.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "csv_source.h"
#include "tinymlp/io/csv.h"

namespace tinymlp {

/// Sets the task, the targets and the class names of `data` from the fields of column `column`, one a row and at least
/// one. Throws InputError as parse_csv says.
void set_targets(DataSet& data, const std::vector<std::string_view>& fields, const CsvOptions& options,
                 std::size_t column, const CsvSource& source);

}  // namespace tinymlp
