// Reads data sets from CSV in one pass over the records; the fields of the target, which may turn out to be numbers or
// text, are kept as parts of the text until all of them are known.
#include "tinymlp/io/csv.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "../text.h"
#include "csv_records.h"
#include "csv_source.h"
#include "csv_targets.h"
#include "tinymlp/error.h"
#include "tinymlp/io/file.h"
#include "tinymlp/names.h"

namespace tinymlp {
namespace {

using Fields = std::vector<std::string_view>;

/// What the columns are.
struct Columns {
  bool header = false;             // whether the first record is one
  std::size_t target = 0;          // the number of its column
  std::vector<std::string> names;  // of all columns; empty without a header
};

/// The text without its byte order mark.
std::string_view without_mark(std::string_view text, const std::string& file) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    throw InputError("the text is UTF-16 (" + file + ", line 1): save it as UTF-8");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

/// The names in a header.
std::vector<std::string> header_names(const Fields& header, const CsvSource& source) {
  std::vector<std::string> names;
  std::string memory;
  for (std::size_t column = 0; column < header.size(); ++column) {
    const std::string_view name = field_text(header[column], memory);
    const CsvPlace place{.at = header[column].data(), .column = column};
    if (trim(name).empty())
      source.fail("a column has no name", place, "name it, or remove the column if it only numbers the rows");
    if (!is_utf8(name)) source.fail("a name is not UTF-8", place, "save the file as UTF-8");
    names.emplace_back(name);
  }
  std::vector<std::size_t> order(names.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return std::tie(names[a], a) < std::tie(names[b], b); });
  for (std::size_t i = 1; i < order.size(); ++i)
    if (names[order[i]] == names[order[i - 1]])
      source.fail("two columns are called " + in_quotes(names[order[i]]),
                  {.at = header[order[i]].data(), .column = order[i]}, "give each column a name of its own");
  return names;
}

/// The column whose field in the first record says `text`.
std::optional<std::size_t> find_column(const Fields& first, std::string_view text) {
  std::string memory;
  const auto found = std::ranges::find_if(first, [&](auto field) { return field_text(field, memory) == text; });
  if (found == first.end()) return std::nullopt;
  return static_cast<std::size_t>(found - first.begin());
}

/// Whether a feature's field in the first record says that it is a header: it is neither a number nor a failed one.
bool looks_like_header(const Fields& first, std::size_t target) {
  std::string memory;
  for (std::size_t column = 0; column < first.size(); ++column) {
    if (column == target || field_number(first[column])) continue;
    const std::string_view text = field_text(first[column], memory);
    if (!is_missing(text) && !has_decimal_comma(text)) return true;
  }
  return false;
}

/// Finds the target and tells whether there is a header. A target that is given by a number may be meant as a name.
Columns find_columns(const Fields& first, const std::optional<std::string>& target, const CsvSource& source) {
  Columns columns{.header = false, .target = first.size() - 1, .names = {}};
  const bool number = target && field_number(*target);
  if (number && target->find_first_not_of("0123456789") == std::string::npos)
    columns.target = target->size() < 10 ? std::min<std::size_t>(std::stoul(*target), first.size()) : first.size();
  else if (number)
    columns.target = first.size();
  const std::optional<std::size_t> named = target ? find_column(first, *target) : std::nullopt;
  columns.header = (named && !number) || looks_like_header(first, columns.target);
  if (named && columns.header) columns.target = *named;
  if (columns.header) columns.names = header_names(first, source);
  if (target && !named && (!number || columns.target == first.size())) {
    const std::string range = "a number from 0 to " + std::to_string(first.size() - 1);
    if (columns.header && !number)
      throw InputError(unknown_name("target column", *target, columns.names, source.file()));
    throw InputError("there is no target column " + in_quotes(*target) + " (" + source.file() + ", " +
                     std::to_string(first.size()) + " columns" + (columns.header ? "" : ", no header") + "): give " +
                     range + (columns.header ? " or a name" : ""));
  }
  return columns;
}

/// Appends a record's features to `data` and its target's field to `targets`.
void append_record(const Fields& fields, std::size_t target, std::size_t row, const CsvSource& source, DataSet& data,
                   Fields& targets) {
  for (std::size_t column = 0; column < fields.size(); ++column) {
    if (column == target) {
      targets.push_back(fields[column]);
      continue;
    }
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

void reserve(DataSet& data, Fields& targets, std::string_view text, std::size_t columns) {
  // No more rows than lines, and each field takes two bytes with its separator: blank lines must not count for more.
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  const std::size_t rows = std::min(lines, text.size() / (2 * columns) + 1);
  targets.reserve(rows);
  data.inputs.reserve(rows * (columns - 1));
}

void name_columns(DataSet& data, const Columns& columns, std::size_t count) {
  for (std::size_t column = 0; column < count; ++column) {
    if (column == columns.target)
      data.target_name = columns.header ? columns.names[column] : "target";
    else
      data.feature_names.push_back(columns.header ? columns.names[column]
                                                  : "x" + std::to_string(data.feature_names.size() + 1));
  }
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
  if (first.size() < 2)
    source.fail("a single column", {.at = first[0].data()},
                "give features and a target, separated by ',', ';' or tabs");
  Columns columns = find_columns(first, options.target, source);
  source.set_names(columns.names);

  DataSet data{
      .name = std::move(name), .feature_names = {}, .class_names = {}, .inputs = {}, .bytes = {}, .targets = {}};
  Fields targets;
  reserve(data, targets, text, first.size());
  std::size_t row = 0;
  if (!columns.header) append_record(first, columns.target, ++row, source, data, targets);
  while (records.next(fields)) {
    check_record(fields, first.size(), ++row, has_nul, source);
    append_record(fields, columns.target, row, source, data, targets);
  }
  check_fault();
  if (!columns.header && only_first_is_text(targets)) {
    columns.header = true;
    columns.names = header_names(first, source);
    source.set_names(columns.names);
    targets.erase(targets.begin());
    data.inputs.erase(data.inputs.begin(), data.inputs.begin() + static_cast<Index>(first.size()) - 1);
  }
  if (targets.empty()) throw InputError("there is a header but no row (" + file + ", line 1): add rows of data");
  name_columns(data, columns, first.size());
  set_targets(data, targets, options, columns.target, source);
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
