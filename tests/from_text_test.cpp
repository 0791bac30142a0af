// Tests of from_text.h: what std::from_chars is specified to do, whether or not the standard library has it for double.
#include "from_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <string_view>

namespace tinymlp {
namespace {

constexpr double untouched = 42;

struct Read {
  double value = untouched;
  std::size_t used = 0;
  std::errc error{};
};

Read read(std::string_view text) {
  // Not the end of a string: what is behind must not be looked at.
  const std::string longer = std::string(text) + "5";
  Read result;
  const auto [stop, error] = from_text(longer.data(), longer.data() + text.size(), result.value);
  result.used = static_cast<std::size_t>(stop - longer.data());
  result.error = error;
  return result;
}

void expect_number(std::string_view text, double value, std::size_t used) {
  const Read result = read(text);
  EXPECT_EQ(result.error, std::errc{}) << text;
  EXPECT_EQ(result.used, used) << text;
  EXPECT_EQ(result.value, value) << text;
  EXPECT_EQ(std::signbit(result.value), std::signbit(value)) << text;
}

TEST(FromText, ReadsANumber) {
  expect_number("1.5", 1.5, 3);
  expect_number("-0", -0.0, 2);
  expect_number(".5", 0.5, 2);
  expect_number("5.", 5, 2);
  expect_number("-.5e-3", -0.0005, 6);
  expect_number("1E5", 100000, 3);
  expect_number("0.1", 0.1, 3);
  expect_number("1e308", 1e308, 5);
  expect_number("179769313486231570000e288", 1.7976931348623157e308, 25);
  expect_number("4.9406564584124654e-324", std::numeric_limits<double>::denorm_min(), 23);
  expect_number("0e999", 0, 5);
  expect_number("123456789012345678901234567890", 123456789012345678901234567890.0, 30);
}

TEST(FromText, StopsWhereTheNumberEnds) {
  expect_number("1,5", 1, 1);
  expect_number("0x10", 0, 1);
  expect_number("-0x10", -0.0, 2);
  expect_number("1e", 1, 1);
  expect_number("1e+", 1, 1);
  expect_number("2 ", 2, 1);
  expect_number("1.2.3", 1.2, 3);
}

TEST(FromText, ReadsWhatIsNoFiniteNumber) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  expect_number("inf", infinity, 3);
  expect_number("-INFINITY", -infinity, 9);
  EXPECT_TRUE(std::isnan(read("nan").value));
}

TEST(FromText, RefusesWhatIsNoNumber) {
  for (const std::string_view text : {"", "-", "+", "+1", " 1", "\t1", ".", "-.", "e5", "x", "--1", "- 1"}) {
    const Read result = read(text);
    EXPECT_EQ(result.error, std::errc::invalid_argument) << text;
    EXPECT_EQ(result.used, 0U) << text;
    EXPECT_EQ(result.value, untouched) << text;
  }
}

TEST(FromText, SaysWhatIsBeyondTheRange) {
  for (const std::string_view text : {"1e309", "-1e999", "1e-400", "-1e-999"}) {
    const Read result = read(text);
    EXPECT_EQ(result.error, std::errc::result_out_of_range) << text;
    EXPECT_EQ(result.used, text.size()) << text;
    EXPECT_EQ(result.value, untouched) << text;
  }
}

}  // namespace
}  // namespace tinymlp
