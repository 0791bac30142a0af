// Tests of call_text.h: names with numbers as users write them, and numbers as the library writes them.
#include "call_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support.h"

namespace tinymlp {
namespace {

struct Expected {
  std::string text, name;
  std::vector<CallText::Argument> arguments;
};

TEST(ParseCall, ReadsNamesAndNumbers) {
  const std::vector<Expected> cases{
      {"relu", "relu", {}},
      {"  relu\t", "relu", {}},
      {"relu()", "relu", {}},
      {"relu( )", "relu", {}},
      {"leaky-relu(0.1)", "leaky-relu", {{"", 0.1}}},
      {"leaky-relu ( -2.5e-3 ) ", "leaky-relu", {{"", -2.5e-3}}},
      {"swish(beta=1.5)", "swish", {{"beta", 1.5}}},
      {"swish( beta = 1.5 )", "swish", {{"beta", 1.5}}},
      {"Dense(2, 16)", "Dense", {{"", 2}, {"", 16}}},
      {"f(1,b=2,\t3)", "f", {{"", 1}, {"b", 2}, {"", 3}}},
      {"", "", {}},
      {"(1)", "", {{"", 1}}},
      {"f(.5, 5., 0, -0)", "f", {{"", 0.5}, {"", 5}, {"", 0}, {"", -0.0}}},
      {"f(1.7976931348623157e308)", "f", {{"", std::numeric_limits<double>::max()}}},
  };
  for (const Expected& expected : cases) {
    const CallText call = parse_call("activation", expected.text);
    EXPECT_EQ(call.name, expected.name) << expected.text;
    ASSERT_EQ(call.arguments.size(), expected.arguments.size()) << expected.text;
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      EXPECT_EQ(call.arguments[i].key, expected.arguments[i].key) << expected.text;
      EXPECT_EQ(call.arguments[i].value, expected.arguments[i].value) << expected.text;
    }
  }
}

TEST(ParseCall, RefusesWhatIsNoNumber) {
  for (const std::string number : {"x", "", "1x", "1 2", "0x10", "1e999", "nan", "inf", "-inf", "1..2", "--1", "1e",
                                   "(1)", "b=c", "b=", "b=1=2", "½"})
    for (const std::string& text : {"f(" + number + ", 1)", "f(1, " + number + ")"}) {
      const std::string message = message_of<InputError>([&] { parse_call("activation", text); });
      EXPECT_NE(message.find("activation \"" + text + "\": \""), std::string::npos) << message;
      EXPECT_TRUE(message.ends_with("\" is not a number: write one such as 0.1")) << message;
    }
}

TEST(ParseCall, RefusesAMissingBracket) {
  for (const std::string text : {"relu(", "relu(1", "relu(1) 2", "relu(1, 2", "(", "relu((1)x"})
    expect_error<InputError>("the closing bracket is missing", [&] { parse_call("activation", text); });
}

TEST(ParseCall, RefusesATrailingComma) {
  EXPECT_THROW(parse_call("activation", "f(1,)"), InputError);
  EXPECT_THROW(parse_call("activation", "f(,)"), InputError);
}

TEST(ParseCall, RefusesAnEmptyKey) { EXPECT_THROW(parse_call("activation", "f(=1)"), InputError); }

TEST(ParseCall, MessagesStayOnOneLine) {
  for (const std::string text : {"f(\n)", "f\n(1", "f(a\n=x)"})
    EXPECT_EQ(message_of<InputError>([&] { parse_call("activation", text); }).find('\n'), std::string::npos);
  EXPECT_LT(message_of<InputError>([&] { parse_call("activation", std::string(100000, '(')); }).size(), 300U);
}

TEST(NumberText, IsTheShortestThatReadsBack) {
  EXPECT_EQ(number_text(0.1F), "0.1");
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(static_cast<double>(0.1F)), "0.10000000149011612");
  EXPECT_EQ(number_text(1.0), "1");
  EXPECT_EQ(number_text(-2.5F), "-2.5");
  EXPECT_EQ(number_text(1e300), "1e+300");
}

TEST(NumberText, ReadsBackExactly) {
  Random random(1, Purpose::check);
  for (int i = 0; i < 20000; ++i) {
    const double number = random.normal() * std::pow(10, random.uniform(-300, 300));
    EXPECT_EQ(parse_call("number", "f(" + number_text(number) + ")").arguments[0].value, number);
    const auto small = static_cast<float>(random.normal() * std::pow(10, random.uniform(-40, 37)));
    EXPECT_EQ(static_cast<float>(parse_call("number", "f(" + number_text(small) + ")").arguments[0].value), small);
  }
}

}  // namespace
}  // namespace tinymlp
