// Natural order: names are compared part by part, and in a part number by number and character by character.
#include "io/natural_order.h"

#include <algorithm>
#include <string_view>

namespace tinymlp {
namespace {

/// The first run of digits in `text` without its leading zeros, and cuts it off.
std::string_view take_number(std::string_view& text) {
  const std::size_t length = std::min(text.find_first_not_of("0123456789"), text.size());
  std::string_view number = text.substr(0, length);
  text.remove_prefix(length);
  number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
  return number;
}

bool is_digit(char character) { return character >= '0' && character <= '9'; }

/// Natural order of two parts of a name: below, equal to or above 0. A "weight" comes before everything else.
int compare_parts(std::string_view a, std::string_view b) {
  if (a == b) return 0;
  if (a == "weight" || b == "weight") return a == "weight" ? -1 : 1;
  while (!a.empty() && !b.empty()) {
    if (is_digit(a[0]) && is_digit(b[0])) {
      const std::string_view i = take_number(a), j = take_number(b);
      if (i != j) return i.size() != j.size() ? (i.size() < j.size() ? -1 : 1) : i.compare(j);
    } else if (a[0] != b[0]) {
      return static_cast<unsigned char>(a[0]) < static_cast<unsigned char>(b[0]) ? -1 : 1;
    } else {
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
  }
  return a.empty() && b.empty() ? 0 : a.empty() ? -1 : 1;
}

}  // namespace

bool stands_before(const std::string& a, const std::string& b) {
  for (std::size_t i = 0, j = 0;;) {
    const std::size_t i_end = std::min(a.find('.', i), a.size()), j_end = std::min(b.find('.', j), b.size());
    const int order = compare_parts(std::string_view(a).substr(i, i_end - i), std::string_view(b).substr(j, j_end - j));
    if (order != 0) return order < 0;
    if (i_end == a.size() && j_end == b.size()) return a < b;  // "01" and "1"
    if (i_end == a.size() || j_end == b.size()) return i_end == a.size();
    i = i_end + 1;
    j = j_end + 1;
  }
}

}  // namespace tinymlp
