// Finds a header, the target and the features among a CSV's columns.
#include "csv_columns.h"

#include <algorithm>
#include <tuple>

#include "../text.h"
#include "csv_records.h"
#include "tinymlp/error.h"
#include "tinymlp/names.h"

namespace tinymlp {
namespace {

using Fields = std::vector<std::string_view>;

/// The column whose field in the first record says `text`.
std::optional<std::size_t> find_column(const Fields& first, std::string_view text) {
  std::string memory;
  const auto found = std::ranges::find_if(first, [&](auto field) { return field_text(field, memory) == text; });
  if (found == first.end()) return std::nullopt;
  return static_cast<std::size_t>(found - first.begin());
}

/// Whether a feature's field in the first record says that it is a header: it is neither a number nor a failed one.
bool looks_like_header(const Fields& first, std::optional<std::size_t> target) {
  std::string memory;
  for (std::size_t column = 0; column < first.size(); ++column) {
    if (column == target || field_number(first[column])) continue;
    const std::string_view text = field_text(first[column], memory);
    if (!is_missing(text) && !has_decimal_comma(text)) return true;
  }
  return false;
}

/// The columns of these names, if all are there. A record of numbers alone names columns only if it is just these
/// names: else it is data in which these numbers happen to stand.
std::optional<std::vector<std::size_t>> find_features(const Fields& first, const std::vector<std::string>& names) {
  std::vector<std::size_t> columns;
  for (const std::string& name : names) {
    const auto column = find_column(first, name);
    if (!column) return std::nullopt;
    columns.push_back(*column);
  }
  const bool has_text = std::ranges::any_of(first, [](auto field) { return !field_number(field); });
  const bool in_order = columns.size() == first.size() && std::ranges::is_sorted(columns);
  if (columns.empty() || !(has_text || in_order)) return std::nullopt;
  return columns;
}

/// The column that is the target where a number says it: beyond the last one if it is no column.
std::size_t numbered_column(const std::string& number, std::size_t count) {
  const bool whole = number.find_first_not_of("0123456789") == std::string::npos;
  return whole && number.size() < 10 ? std::min<std::size_t>(std::stoul(number), count) : count;
}

[[noreturn]] void fail_target(const std::string& target, const CsvColumns& columns, std::size_t count, bool is_number,
                              const CsvSource& source) {
  if (columns.header && !is_number)
    throw InputError(unknown_name("target column", target, columns.names, source.file()));
  throw InputError("there is no target column " + in_quotes(target) + " (" + source.file() + ", " +
                   std::to_string(count) + " columns" + (columns.header ? "" : ", no header") +
                   "): give a number from 0 to " + std::to_string(count - 1) + (columns.header ? " or a name" : ""));
}

}  // namespace

/// The names in a header.
std::vector<std::string> header_names(const std::vector<std::string_view>& header, const CsvSource& source) {
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

CsvColumns find_columns(const std::vector<std::string_view>& first, const CsvOptions& options,
                        const CsvSource& source) {
  const std::optional<std::string>& target = options.target;
  const std::size_t count = first.size();
  CsvColumns columns;
  if (!options.without_targets) columns.target = count - 1;
  const bool number = target && field_number(*target);  // which may be meant as a name
  if (number) columns.target = numbered_column(*target, count);
  const std::optional<std::size_t> named = target ? find_column(first, *target) : std::nullopt;
  const auto features = find_features(first, options.features);
  columns.header = (named && !number) || features || looks_like_header(first, columns.target);
  if (named && columns.header) columns.target = named;
  if (columns.header) columns.names = header_names(first, source);
  if (target && (number ? *columns.target == count : !named)) fail_target(*target, columns, count, number, source);
  if (features && columns.target && std::ranges::count(*features, *columns.target) > 0)
    throw InputError("there is no column of targets (" + source.file() + "): its columns are all features, add one" +
                     (target ? " or name another one" : ""));
  if (features) {
    columns.features = *features;
    return columns;
  }
  for (std::size_t column = 0; column < count; ++column)
    if (column != columns.target) columns.features.push_back(column);
  return columns;
}

}  // namespace tinymlp
