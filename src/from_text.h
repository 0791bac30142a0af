// A double out of a text, the same in every locale.
#pragma once
#include <charconv>
#include <system_error>
#if defined(_LIBCPP_VERSION) && _LIBCPP_VERSION < 200000
#include <locale.h>
#include <stdlib.h>

#include <cmath>
#include <string>
#endif

namespace tinymlp {

/// std::from_chars, which libc++ has for double only since version 20. Before, strtod in the C locale reads what
/// from_chars would take.
inline std::from_chars_result from_text(const char* begin, const char* end, double& value) {
#if defined(_LIBCPP_VERSION) && _LIBCPP_VERSION < 200000
  static const locale_t c_locale = newlocale(LC_ALL_MASK, "C", nullptr);
  const char* const digits = begin + (begin != end && *begin == '-' ? 1 : 0);
  // strtod would also take blanks, a plus sign, and, behind 0x, hexadecimal digits, of which from_chars reads the 0.
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c | 32) == 'i' || (c | 32) == 'n'; };
  if (digits == end || !(is_digit(*digits) || *digits == '.' || is_letter(*digits)))
    return {begin, std::errc::invalid_argument};
  const bool hexadecimal = end - digits > 1 && digits[0] == '0' && (digits[1] | 32) == 'x';
  const std::string text(begin, hexadecimal ? digits + 1 : end);  // with a zero byte behind it
  char* stop = nullptr;
  const double number = strtod_l(text.c_str(), &stop, c_locale);
  if (stop == text.c_str()) return {begin, std::errc::invalid_argument};
  const char* const rest = begin + (stop - text.c_str());
  const bool infinite = std::isinf(number) && (*digits | 32) != 'i';
  bool only_zeros = true;
  for (const char* c = digits; c != rest && (*c | 32) != 'e'; ++c) only_zeros = only_zeros && (*c == '0' || *c == '.');
  if (infinite || (number == 0 && !only_zeros)) return {rest, std::errc::result_out_of_range};
  value = number;
  return {rest, std::errc{}};
#else
  double number = 0;
  const auto result = std::from_chars(begin, end, number);
  if (result.ec == std::errc{}) value = number;  // libc++ stores infinity or 0 for what is beyond the range
  return result;
#endif
}

}  // namespace tinymlp
