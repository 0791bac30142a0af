// Reads LOW:HIGH:STEP.
#include "curves/number_range.h"

#include <algorithm>
#include <cmath>

#include "options/numbers.h"
#include "text.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {
constexpr double most_numbers = 1e6;
constexpr double rounding = 1e-9;  // of a quotient that should be whole
}  // namespace

std::vector<double> read_range(const std::string& text, const std::string& option) {
  const auto fail = [&](const std::string& why) {
    return InputError(in_quotes(text) + " is no range (" + option + "): " + why + ", as -8:8:0.1");
  };
  const auto first = text.find(':'), last = text.rfind(':');
  if (first == std::string::npos || first == last || text.find(':', first + 1) != last)
    throw fail("give LOW:HIGH:STEP");
  const NumberRange any{.lowest = -1e30, .highest = 1e30};
  const double low = parse_number(text.substr(0, first), option, any);
  const double high = parse_number(text.substr(first + 1, last - first - 1), option, any);
  const double step = parse_number(text.substr(last + 1), option, any);
  if (!(low < high)) throw fail("LOW must be below HIGH");
  if (!(step > 0)) throw fail("STEP must be above 0");
  const double count = std::ceil((high - low) / step - rounding);
  if (!(count <= most_numbers)) throw fail("it has more than a million numbers; give a larger STEP");
  const double steps_to_low = std::round(low / step);
  const bool multiples = std::abs(low / step - steps_to_low) <= rounding * std::max(1.0, std::abs(steps_to_low));
  std::vector<double> numbers;
  for (double i = 0; i < count; ++i) numbers.push_back(multiples ? (steps_to_low + i) * step : low + i * step);
  return numbers;
}

}  // namespace tinymlp::program
