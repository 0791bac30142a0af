// What is no CSV is refused, with file, line, row and column named.
#include <gtest/gtest.h>

#include <cmath>
#include "csv_texts.h"
#include "tinymlp/random.h"

namespace tinymlp {
namespace {

TEST(ParseCsv, RefusesFeaturesThatAreNoFiniteNumbers) {
  for (const char* field :
       {"abc", "0x10", "1e", "1.2.3", "--1", "+-1", "+", "-", ".", "1 2", "1_000", "e5", "1f", "\xEF\xBC\x91"})
    expect_error(std::string("a,b,y\n1,2,0\n3,") + field + ",1\n",
                 "is not a number (t.csv, line 3, row 2, column \"b\")");
  for (const char* field : {"nan", "NaN", "-nan", "inf", "-Infinity", "+INF", "NA", "null", "?"})
    expect_error(std::string("a,b,y\n1,2,0\n3,") + field + ",1\n",
                 "is not a finite number (t.csv, line 3, row 2, column \"b\")");
  for (const char* field : {"", " ", "\"\"", "\" \""})
    expect_error(std::string("a,b,y\n1,2,0\n3,") + field + ",1\n",
                 "a value is missing (t.csv, line 3, row 2, column \"b\")");
  for (const char* field : {"1e999", "-1e999", "+1e-999"})
    expect_error(std::string("a,b,y\n1,2,0\n3,") + field + ",1\n",
                 "is beyond the range of a double (t.csv, line 3, row 2, column \"b\")");
  expect_error("a;b;y\n1,5;2;0\n2,5;3;1\n",
               "\"1,5\" is not a number (t.csv, line 2, row 1, column \"a\"): write a decimal point");
  expect_error("1,5;2,5;0\n2,5;3,5;1\n", "\"1,5\" is not a number (t.csv, line 1, row 1, column 1 of 3)");
  expect_error("1,5\t2,5\t0\n2,5\t3,5\t1\n", "\"1,5\" is not a number (t.csv, line 1, row 1, column 1 of 3)");
  expect_error("1,2,0\n3,x,1\n", "\"x\" is not a number (t.csv, line 2, row 2, column 2 of 3)");
}

TEST(ParseCsv, CountsLinesWithinQuotesAndBlankOnes) {
  expect_error("\"a\nb\",y\n\n1,\"c\r\nd\"\n\nx,e\n",
               "\"x\" is not a number (t.csv, line 7, row 2, column \"a\\x0Ab\")");
}

TEST(ParseCsv, RefusesRaggedRows) {
  expect_error("a,b,y\n1,2,0\n3,1\n", "a row of 2 fields, where the first has 3 (t.csv, line 3, row 2)");
  expect_error("a,b,y\n1,2,0\n3,4,1,5\n", "a row of 4 fields, where the first has 3 (t.csv, line 3, row 2)");
  expect_error("1,2,0\n3,4,1,\n", "a row of 4 fields, where the first has 3 (t.csv, line 2, row 2)");
}

TEST(ParseCsv, RefusesWhatIsNoTable) {
  for (const char* text : {"", "\n", "\r\n\r\n", " \n  \n", "\xEF\xBB\xBF"})
    expect_error(text, "the file is empty (t.csv)");
  for (const char* text : {"a,b,c", "a,b,c\n", "a,b,c\r\n\r\n"})
    expect_error(text, "there is a header but no row (t.csv, line 1)");
  for (const char* text : {"a", "a\n1\n2\n", "1\n2\n"}) expect_error(text, "a single column (t.csv, line 1)");
}

TEST(ParseCsv, RefusesBadHeaders) {
  expect_error("a,b,a,y\n1,2,3,4\n", "two columns are called \"a\" (t.csv, line 1, column 3 of 4)");
  expect_error(",a,y\n0,1,2\n1,2,3\n", "a column has no name (t.csv, line 1, column 1 of 3)");
  expect_error("a\xC3,y\n1,2\n", "a name is not UTF-8 (t.csv, line 1, column 1 of 2)");
}

TEST(ParseCsv, RefusesBadQuotes) {
  expect_error("a,y\n1,2\n3,\"4\n5,6\n", "a quote is opened and never closed (t.csv, line 3)");
  expect_error("a,y\n1,\"b\"c\n", "text after a closing quote (t.csv, line 2)");
  expect_error("\"", "a quote is opened and never closed (t.csv, line 1)");
}

TEST(ParseCsv, RefusesNulBytesAndOtherEncodings) {
  const std::string nul(1, '\0');
  expect_error("a,b,y\n1,2" + nul + ",3\n", "a NUL byte (t.csv, line 2, row 1, column \"b\")");
  expect_error("a" + nul + ",b,y\n1,2,3\n", "a NUL byte (t.csv, line 1, column 1 of 3)");
  expect_error("a,y\n1,b\n2,\"c\n" + nul + "\"\n", "a NUL byte (t.csv, line 4, row 2, column \"y\")");
  expect_error("a,y\n1,b\n2,c\n" + nul, "a NUL byte (t.csv, line 4, row 3, column \"a\")");
  expect_error(
      "\xFF\xFE"
      "a" +
          nul,
      "the text is UTF-16 (t.csv, line 1)");
  expect_error("a,y\r1,2\r3,4\r", "a carriage return without a line feed (t.csv, line 1)");
}

TEST(ParseCsv, TakesAnyBytesWithoutHarm) {
  // Tables of two columns with random bytes, of those that matter, put in: each is read or refused with an InputError.
  static constexpr std::string_view bytes("01.-+e,;\t\"\r\n ab\0\xC3\xA4\xEF\xBB\xBF", 21);
  const Texts fields = {"0", "1", "-2.5", "\"3\"", "1e5", "a", "\"a,b\"", "\"\"\"\"", "\" \n\"", "\xC3\xA4"};
  Random random(1, Purpose::check);
  const auto below = [&](std::size_t bound) { return random.below(static_cast<std::uint32_t>(bound)); };
  int read = 0, refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::uint32_t rows = below(6); rows > 0; --rows) text += fields[below(5)] + "," + fields[below(10)] + "\n";
    for (std::uint32_t changes = below(4); changes > 0; --changes)
      text.insert(below(text.size() + 1), 1, bytes[below(bytes.size())]);
    try {
      const DataSet data = parse(text, i % 3 == 0 ? regression : CsvOptions{});
      ASSERT_EQ(static_cast<Index>(data.inputs.size()), data.rows() * data.features());
      for (const double x : data.inputs) ASSERT_TRUE(std::isfinite(x));
      for (const double y : data.targets)
        ASSERT_TRUE(data.task == Task::regression ? std::isfinite(y) : y < static_cast<double>(data.classes()));
      ++read;
    } catch (const InputError&) {
      ++refused;
    }
  }
  EXPECT_GT(read, 2000);
  EXPECT_GT(refused, 2000);
}

TEST(ParseCsv, TakesLittleMemoryForManyBlankLinesAndColumns) {
  std::string text = "a";
  for (int i = 0; i < 1000; ++i) text += ",b" + std::to_string(i);
  text += std::string(2'000'000, '\n');  // by lines alone 16 GB
  expect_error(text, "there is a header but no row");
  expect_error(std::string(2'000'000, ','), "more than 1000000 columns (t.csv, line 1)");
}

}  // namespace
}  // namespace tinymlp
