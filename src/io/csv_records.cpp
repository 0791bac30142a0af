// Cuts CSV into records and fields, and guesses the separator.
#include "csv_records.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <system_error>
#include <tuple>
#include <utility>

#include "../from_text.h"
#include "../text.h"

namespace tinymlp {
namespace {

constexpr std::size_t most_columns = 1'000'000;  // a line of a hundred million commas must not take gigabytes

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The whole number of up to 15 digits, which a double holds exactly, that the text is. Several times as fast as
/// from_chars on the pixels and counts that many files are made of.
std::optional<double> short_whole_number(std::string_view text) {
  if (text.empty() || text.size() > 15) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return static_cast<double>(value);
}

/// The number in a field without quotes or blanks around it.
std::optional<double> plain_number(std::string_view text) {
  if (const auto whole = short_whole_number(text)) return whole;
  const char* begin = text.data();
  const char* const end = begin + text.size();
  if (begin != end && *begin == '+') ++begin;
  const char* const digits = begin + (begin != end && begin == text.data() && *begin == '-' ? 1 : 0);
  // Keeps out what from_chars would take but a CSV must not hold: nan, inf, and a second sign.
  if (digits == end || !(is_digit(*digits) || *digits == '.')) return std::nullopt;
  double value = 0;
  const auto [stop, error] = from_text(begin, end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace

CsvRecords::CsvRecords(std::string_view text, char separator)
    : position_(text.data()), end_(text.data() + text.size()), separator_(separator) {
  for (const char c : {separator, '\n', '\r'}) ends_field_[static_cast<unsigned char>(c)] = true;
}

bool CsvRecords::next(std::vector<std::string_view>& fields) {
  do {
    if (position_ == end_ || fault_) return false;
    if (!read_record(fields)) return false;
  } while (fields.size() == 1 && trim(fields[0]).empty());
  return true;
}

bool CsvRecords::read_record(std::vector<std::string_view>& fields) {
  fields.clear();
  for (;;) {
    const char* const begin = position_;
    position_ = field_end(begin);
    if (fault_) return false;
    fields.emplace_back(begin, static_cast<std::size_t>(position_ - begin));
    if (position_ == end_) return true;
    if (*position_ != separator_) break;
    ++position_;
    if (fields.size() == most_columns) {
      fail(begin, "more than " + std::to_string(most_columns) + " columns", "use fewer, or end the lines");
      return false;
    }
  }
  if (*position_ == '\r' && position_ + 1 != end_) ++position_;  // the first half of CRLF
  ++position_;
  return true;
}

const char* CsvRecords::field_end(const char* begin) {
  const char* at = skip_blanks(begin);
  if (at != end_ && *at == '"')
    at = quoted_field_end(at);
  else
    while (at != end_ && !ends_field_[static_cast<unsigned char>(*at)]) ++at;
  if (!fault_ && at != end_ && *at == '\r' && at + 1 != end_ && at[1] != '\n')
    fail(at, "a carriage return without a line feed", "end lines with LF or CRLF");
  return at;
}

const char* CsvRecords::quoted_field_end(const char* opening) {
  const char* at = opening + 1;
  for (;;) {
    const void* const quote = at == end_ ? nullptr : std::memchr(at, '"', static_cast<std::size_t>(end_ - at));
    if (!quote) {
      fail(opening, "a quote is opened and never closed", "close it, and write a quote inside a field as \"\"");
      return end_;
    }
    at = static_cast<const char*>(quote) + 1;
    if (at == end_ || *at != '"') break;
    ++at;
  }
  at = skip_blanks(at);
  if (at != end_ && !ends_field_[static_cast<unsigned char>(*at)])
    fail(at, "text after a closing quote", "write a quote inside a field as \"\", and quote the whole field");
  return at;
}

const char* CsvRecords::skip_blanks(const char* at) const {
  while (at != end_ && (*at == ' ' || (*at == '\t' && separator_ != '\t'))) ++at;
  return at;
}

void CsvRecords::fail(const char* at, std::string what, std::string mend) {
  fault_ = CsvFault{std::move(what), std::move(mend), at};
}

std::string_view field_text(std::string_view field, std::string& memory) {
  const std::string_view text = trim(field);
  if (text.empty() || text[0] != '"') return text;
  const std::string_view inside = text.substr(1, text.size() - 2);
  if (inside.find('"') == std::string_view::npos) return inside;
  memory.clear();
  for (std::size_t i = 0; i < inside.size(); ++i) {
    memory.push_back(inside[i]);
    if (inside[i] == '"') ++i;  // the second of two
  }
  return memory;
}

std::optional<double> field_number(std::string_view field) {
  if (const auto number = plain_number(field)) return number;
  std::string memory;
  const std::string_view text = trim(field_text(field, memory));
  return text.size() == field.size() ? std::nullopt : plain_number(text);
}

bool has_decimal_comma(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || text.find('.') != std::string_view::npos) return false;
  std::string pointed(text);
  pointed[comma] = '.';
  return field_number(pointed).has_value();
}

bool is_missing(std::string_view text) {
  std::string lower(trim(text).substr(0, 10));
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (lower.size() > 1 && (lower[0] == '+' || lower[0] == '-')) lower.erase(0, 1);
  static constexpr const char* marks[] = {"", "nan", "na", "n/a", "#n/a", "null", "?", "inf", "infinity"};
  return std::ranges::find(marks, lower) != std::end(marks);
}

char detect_separator(std::string_view text) {
  constexpr int sampled_records = 20;
  char best = ',';
  std::tuple<bool, std::size_t, std::size_t> best_score{};
  for (const char separator : {',', ';', '\t'}) {
    CsvRecords records(text, separator);
    std::vector<std::string_view> fields;
    std::size_t columns = 0, numbers = 0;
    bool equal = true;
    for (int record = 0; record < sampled_records && records.next(fields); ++record) {
      if (record == 0) columns = fields.size();
      equal = equal && fields.size() == columns;
      for (const std::string_view field : fields) {
        // A number with a decimal comma is an error later on, but its comma separates no columns.
        const bool number = field_number(field) || (separator != ',' && has_decimal_comma(field));
        numbers += number ? 1 : 0;
      }
    }
    if (records.fault()) columns = std::max(columns, fields.size());  // of the record with the fault
    const std::tuple score{equal && columns > 1 && !records.fault(), numbers, columns};
    if (score > best_score) {
      best_score = score;
      best = separator;
    }
  }
  return best;
}

}  // namespace tinymlp
