// Writes data sets as CSV.
#include <array>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <system_error>

#include "../text.h"
#include "csv_writer.h"
#include "tinymlp/error.h"
#include "tinymlp/io/csv.h"

namespace tinymlp {
namespace {

constexpr std::size_t block_size = 65536;  // bytes collected before they go to the stream

template <class Number>
void append_number(std::string& line, Number number) {
  std::array<char, 64> digits;
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  line.append(digits.data(), result.ptr);
}

void write(std::ostream& stream, const std::string& block, const std::string& name) {
  stream << block << std::flush;
  if (stream) return;
  const std::string why = std::generic_category().message(errno);
  throw Error("the data set cannot be written as CSV (" + name + "): " + why);
}

}  // namespace

std::string csv_text(std::string_view text) {
  const bool plain = !text.empty() && trim(text) == text && text.find_first_of(",;\t\"\r\n") == std::string_view::npos;
  if (plain) return std::string(text);
  std::string field = "\"";
  for (const char c : text) field.append(c == '"' ? 2 : 1, c);
  return field + '"';
}

void write_csv(std::ostream& stream, const DataSet& data) {
  std::string block;
  for (const std::string& name : data.feature_names) {
    block += csv_text(name);
    block += ',';
  }
  block += csv_text(data.target_name);
  block += '\n';
  const std::size_t features = data.feature_names.size();
  for (std::size_t row = 0; row < data.targets.size(); ++row) {
    for (std::size_t i = row * features; i < (row + 1) * features; ++i) {
      if (data.bytes.empty())
        append_number(block, data.inputs[i]);
      else
        append_number(block, int{data.bytes[i]});
      block += ',';
    }
    if (data.task == Task::classification)
      block += csv_text(data.class_names.at(static_cast<std::size_t>(data.targets[row])));
    else
      append_number(block, data.targets[row]);
    block += '\n';
    if (block.size() < block_size) continue;
    write(stream, block, data.name);
    block.clear();
  }
  write(stream, block, data.name);
}

}  // namespace tinymlp
