// Where a CSV text comes from, for messages: `WHAT (FILE, line N, row M, column "NAME"): HOW TO MEND`.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tinymlp {

/// A place in a text.
struct CsvPlace {
  const char* at;                          // the line is counted up to here
  std::size_t row = 0;                     // of the data, from 1; 0: none
  std::optional<std::size_t> column = {};  // from 0
};

class CsvSource {
 public:
  /// Both must outlive it.
  CsvSource(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  const std::string& file() const { return file_; }
  void set_columns(std::size_t count) { columns_ = count; }
  /// The names of all columns; empty where there is no header.
  void set_names(std::vector<std::string> names) { names_ = std::move(names); }

  [[noreturn]] void fail(const std::string& what, const CsvPlace& place, const std::string& mend) const;
  /// Says why `field` is not the finite number it must be.
  [[noreturn]] void fail_number(std::string_view field, const CsvPlace& place) const;

 private:
  std::string_view text_;
  const std::string& file_;
  std::size_t columns_ = 0;
  std::vector<std::string> names_;
};

}  // namespace tinymlp
