// Words the errors in CSV texts.
#include "csv_source.h"

#include <algorithm>
#include <system_error>

#include "../from_text.h"
#include "../text.h"
#include "csv_records.h"
#include "tinymlp/error.h"

namespace tinymlp {

void CsvSource::fail(const std::string& what, const CsvPlace& place, const std::string& mend) const {
  const auto line = 1 + std::count(text_.data(), place.at, '\n');
  std::string where = file_ + ", line " + std::to_string(line);
  if (place.row > 0) where += ", row " + std::to_string(place.row);
  if (place.column && *place.column < names_.size())
    where += ", column " + in_quotes(names_[*place.column]);
  else if (place.column)
    where += ", column " + std::to_string(*place.column + 1) + " of " + std::to_string(columns_);
  throw InputError(what + " (" + where + "): " + mend);
}

void CsvSource::fail_number(std::string_view field, const CsvPlace& place) const {
  std::string memory;
  const std::string_view text = trim(field_text(field, memory));
  if (text.empty()) fail("a value is missing", place, "fill it in, or remove the row");
  if (is_missing(text)) fail(in_quotes(text) + " is not a finite number", place, "give a number, or remove the row");
  if (has_decimal_comma(text))
    fail(in_quotes(text) + " is not a number", place, "write a decimal point instead of the comma");
  double value = 0;
  const char* const begin = text.data() + (text.starts_with('+') ? 1 : 0);
  if (from_text(begin, text.data() + text.size(), value).ec == std::errc::result_out_of_range)
    fail(in_quotes(text) + " is beyond the range of a double", place, "give a smaller magnitude, or 0");
  fail(in_quotes(text) + " is not a number", place, "write decimal numbers such as -1.5 or 2e3");
}

}  // namespace tinymlp
