// Reads data sets from CSV in one pass over the records; the fields of the target, which may turn out to be numbers or
// text, are kept as parts of the text until all of them are known.
#include "tinymlp/io/csv.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "csv_columns.h"
#include "csv_records.h"
#include "csv_source.h"
#include "csv_targets.h"
#include "tinymlp/error.h"
#include "tinymlp/io/file.h"

namespace tinymlp {
namespace {

using Fields = std::vector<std::string_view>;

/// The text without its byte order mark.
std::string_view without_mark(std::string_view text, const std::string& file) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    throw InputError("the text is UTF-16 (" + file + ", line 1): save it as UTF-8");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

/// Appends a record's features to `data` and its target's field, if it has one, to `targets`.
void append_record(const Fields& fields, const CsvColumns& columns, std::size_t row, const CsvSource& source,
                   DataSet& data, Fields& targets) {
  if (columns.target) targets.push_back(fields[*columns.target]);
  for (const std::size_t column : columns.features) {
    const std::optional<double> number = field_number(fields[column]);
    if (!number) source.fail_number(fields[column], {.at = fields[column].data(), .row = row, .column = column});
    data.inputs.push_back(*number);
  }
}

/// Throws if the record is not one of `columns` fields, or has a NUL byte where the text has any.
void check_record(const Fields& fields, std::size_t columns, std::size_t row, bool has_nul, const CsvSource& source) {
  for (std::size_t column = 0; has_nul && column < fields.size(); ++column)
    if (const auto nul = fields[column].find('\0'); nul != std::string_view::npos)
      source.fail("a NUL byte", {.at = fields[column].data() + nul, .row = row, .column = column},
                  "save the file as UTF-8 text");
  if (fields.size() != columns)
    source.fail("a row of " + std::to_string(fields.size()) + " fields, where the first has " + std::to_string(columns),
                {.at = fields[0].data(), .row = row}, "give every row as many fields");
}

/// Whether the first record, taken for data, has text above a column of numbers as its target: then it is a header.
bool only_first_is_text(const Fields& targets) {
  if (targets.size() < 2 || field_number(targets[0])) return false;
  std::string memory;
  if (is_missing(field_text(targets[0], memory))) return false;
  return std::all_of(targets.begin() + 1, targets.end(), [](auto field) { return field_number(field).has_value(); });
}

void reserve(DataSet& data, Fields& targets, std::string_view text, std::size_t count, const CsvColumns& columns) {
  // No more rows than lines, and each field takes two bytes with its separator: blank lines must not count for more.
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  const std::size_t rows = std::min(lines, text.size() / (2 * count) + 1);
  if (columns.target) targets.reserve(rows);
  data.inputs.reserve(rows * columns.features.size());
}

void name_columns(DataSet& data, const CsvColumns& columns) {
  data.target_name = columns.header && columns.target ? columns.names[*columns.target] : "target";
  for (const std::size_t column : columns.features)
    data.feature_names.push_back(columns.header ? columns.names[column]
                                                : "x" + std::to_string(data.feature_names.size() + 1));
}

/// `file` stands in messages.
DataSet parse(std::string_view text, const std::string& file, std::string name, const CsvOptions& options) {
  text = without_mark(text, file);
  CsvSource source(text, file);
  CsvRecords records(text, detect_separator(text));
  const bool has_nul = text.find('\0') != std::string_view::npos;
  Fields fields;
  const auto check_fault = [&] {
    if (records.fault()) source.fail(records.fault()->what, {.at = records.fault()->at}, records.fault()->mend);
  };
  if (!records.next(fields)) {
    check_fault();
    throw InputError("the file is empty (" + file + "): give at least two rows of numbers and targets");
  }
  const Fields first = fields;
  source.set_columns(first.size());
  check_record(first, first.size(), 0, has_nul, source);
  CsvColumns columns = find_columns(first, options, source);
  if (columns.features.empty())
    source.fail("a single column", {.at = first[0].data()},
                "give features and a target, separated by ',', ';' or tabs");
  source.set_names(columns.names);

  DataSet data{
      .name = std::move(name), .feature_names = {}, .class_names = {}, .inputs = {}, .bytes = {}, .targets = {}};
  Fields targets;
  reserve(data, targets, text, first.size(), columns);
  std::size_t row = 0;
  if (!columns.header) append_record(first, columns, ++row, source, data, targets);
  while (records.next(fields)) {
    check_record(fields, first.size(), ++row, has_nul, source);
    append_record(fields, columns, row, source, data, targets);
  }
  check_fault();
  if (!columns.header && only_first_is_text(targets)) {
    columns.header = true;
    columns.names = header_names(first, source);
    source.set_names(columns.names);
    targets.erase(targets.begin());
    data.inputs.erase(data.inputs.begin(), data.inputs.begin() + static_cast<Index>(columns.features.size()));
    --row;
  }
  if (row == 0) throw InputError("there is a header but no row (" + file + ", line 1): add rows of data");
  name_columns(data, columns);
  if (columns.target && !options.without_targets)
    set_targets(data, targets, options, *columns.target, source);
  else
    data.targets.assign(row, 0);
  return data;
}

}  // namespace

DataSet parse_csv(std::string_view text, std::string name, const CsvOptions& options) {
  const std::string file = name;
  return parse(text, file, std::move(name), options);
}

DataSet read_csv(const std::filesystem::path& path, const CsvOptions& options) {
  const std::string text = read_file(path);
  return parse(text, path.string(), path.filename().string(), options);
}

}  // namespace tinymlp
