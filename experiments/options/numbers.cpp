// Reads numbers with from_chars, the same in every locale.
#include "options/numbers.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <type_traits>

#include "call_text.h"
#include "from_text.h"
#include "text.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

template <class Number>
std::optional<Number> parsed(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Number number{};
  const char* const end = text.data() + text.size();
  std::from_chars_result result{};
  if constexpr (std::is_same_v<Number, double>)
    result = from_text(text.data(), end, number);
  else
    result = std::from_chars(text.data(), end, number);
  if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
  return number;
}

}  // namespace

double parse_number(const std::string& text, const std::string& where, const NumberRange& range) {
  std::string advice = "give a number of at least " + number_text(range.lowest);
  if (!std::isinf(range.highest))
    advice = "give a number from " + number_text(range.lowest) + " to " + (range.below ? "below " : "") +
             number_text(range.highest);
  const auto number = parsed<double>(text);
  if (!number || !std::isfinite(*number))
    throw InputError(in_quotes(text) + " is not a number (" + where + "): " + advice);
  if (!(*number >= range.lowest && *number <= range.highest) || (range.below && *number == range.highest))
    throw InputError(text + " is out of range (" + where + "): " + advice);
  return *number;
}

Index parse_whole(const std::string& text, const std::string& where, Index lowest, Index highest) {
  const std::string advice = "give a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest);
  const auto number = parsed<Index>(text);
  if (!number) throw InputError(in_quotes(text) + " is not a whole number (" + where + "): " + advice);
  if (*number < lowest || *number > highest) throw InputError(text + " is out of range (" + where + "): " + advice);
  return *number;
}

std::uint64_t parse_seed(const std::string& text, const std::string& where) {
  const auto number = parsed<std::uint64_t>(text);
  if (!number)
    throw InputError(in_quotes(text) + " is no seed (" + where + "): give a whole number from 0 to " +
                     std::to_string(std::numeric_limits<std::uint64_t>::max()));
  return *number;
}

}  // namespace tinymlp::program
