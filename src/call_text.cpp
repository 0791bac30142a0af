#include "call_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include "from_text.h"
#include "text.h"
#include "tinymlp/error.h"

namespace tinymlp {

namespace {

template <class Number>
std::string shortest(Number number) {
  std::array<char, 64> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  return {buffer.data(), result.ptr};
}

}  // namespace

std::string number_text(float number) { return shortest(number); }
std::string number_text(double number) { return shortest(number); }

CallText parse_call(std::string_view kind, std::string_view text) {
  const auto fail = [&](const std::string& why) {
    return InputError(std::string(kind) + " " + in_quotes(text) + ": " + why);
  };
  const auto open = text.find('(');
  CallText call{std::string(trim(text.substr(0, open))), {}};
  if (open == std::string_view::npos) return call;
  const std::string_view rest = trim(text.substr(open + 1));
  if (rest.empty() || rest.back() != ')') throw fail("the closing bracket is missing: write it at the end");
  std::string_view inside = rest.substr(0, rest.size() - 1);
  if (trim(inside).empty()) return call;
  while (true) {
    const auto comma = inside.find(',');
    const std::string_view part = inside.substr(0, comma);
    const auto equals = part.find('=');
    const std::string_view key = equals == std::string_view::npos ? std::string_view{} : trim(part.substr(0, equals));
    if (equals != std::string_view::npos && key.empty()) throw fail("a name is missing before the \"=\"");
    const std::string_view digits = trim(equals == std::string_view::npos ? part : part.substr(equals + 1));
    double value = 0;
    const auto result = from_text(digits.data(), digits.data() + digits.size(), value);
    if (result.ec != std::errc{} || result.ptr != digits.data() + digits.size() || !std::isfinite(value))
      throw fail(in_quotes(digits) + " is not a number: write one such as 0.1");
    call.arguments.push_back({std::string(key), value});
    if (comma == std::string_view::npos) return call;
    inside.remove_prefix(comma + 1);
  }
}

}  // namespace tinymlp
