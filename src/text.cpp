// Quotes texts for messages and checks UTF-8.
#include "text.h"

#include <cstddef>

namespace tinymlp {
namespace {

constexpr std::size_t longest_shown = 60;  // bytes

bool is_continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

/// The length of the UTF-8 sequence that `bytes` begins with; 0 if it is malformed.
std::size_t sequence_length(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char first = at(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : 4;
  if (first < 0xC2 || first > 0xF4 || bytes.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!is_continuation(at(i))) return 0;
  const bool overlong = (first == 0xE0 && at(1) < 0xA0) || (first == 0xF0 && at(1) < 0x90);
  const bool surrogate = first == 0xED && at(1) >= 0xA0;
  const bool beyond = first == 0xF4 && at(1) >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}

}  // namespace

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t length = sequence_length(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

std::string in_quotes(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string shown = "\"";
  while (!text.empty()) {
    if (shown.size() > longest_shown) {
      shown += "...";
      break;
    }
    const auto byte = static_cast<unsigned char>(text[0]);
    const std::size_t length = sequence_length(text);
    // C1 control characters (U+0080 to U+009F) could steer a terminal as those below U+0020 do.
    const bool control = byte < 0x20 || byte == 0x7F || (byte == 0xC2 && length == 2 && (text[1] & 0x60) == 0);
    if (length == 0 || control) {
      shown += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
      text.remove_prefix(1);
    } else {
      shown += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
  return shown + "\"";
}

std::string shape_text(const std::vector<Index>& shape) {
  std::string text;
  for (const Index size : shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
  return "(" + text + ")";
}

}  // namespace tinymlp
