// The grammar of CSV (RFC 4180): cuts a text into records and fields, and reads what a field says.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinymlp {

/// What is wrong with a text, and where.
struct CsvFault {
  std::string what, mend;
  const char* at;  // in the text
};

/// Cuts a text into its records, one after the other. The text must outlive it and the fields.
class CsvRecords {
 public:
  CsvRecords(std::string_view text, char separator);

  /// Makes `fields` those of the next record that is not blank, each as it stands in the text, with its quotes and the
  /// blanks around it. False at the end of the text, or at a fault.
  bool next(std::vector<std::string_view>& fields);

  /// What ended the records before the end of the text.
  const std::optional<CsvFault>& fault() const { return fault_; }

 private:
  bool read_record(std::vector<std::string_view>& fields);
  const char* field_end(const char* begin);
  const char* quoted_field_end(const char* opening);
  const char* skip_blanks(const char* at) const;
  void fail(const char* at, std::string what, std::string mend);

  const char* position_;
  const char* end_;
  char separator_;
  std::array<bool, 256> ends_field_{};  // by character: the separator and line ends
  std::optional<CsvFault> fault_;
};

/// What a field says: without the blanks around it and without its quotes. The result lies in the field or, where
/// quotes are doubled, in `memory`.
std::string_view field_text(std::string_view field, std::string& memory);

/// The number that the whole of a field says, in decimal notation with a point, if it is one and finite: "1", "+.5",
/// "-1e-3", in quotes or not. The same in every locale.
std::optional<double> field_number(std::string_view field);

/// Whether a field's text is a number with a decimal comma, which is none here, but meant as one.
bool has_decimal_comma(std::string_view text);

/// Whether a field's text stands for a missing or undefined number: empty, or NaN, NA, inf and the like.
bool is_missing(std::string_view text);

/// The separator among ',', ';' and tab that makes the best table of the first records: rows of equal lengths, then
/// many numbers, then many columns, decide.
char detect_separator(std::string_view text);

}  // namespace tinymlp
