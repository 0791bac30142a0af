// Tests of tinymlp/io/csv.h: the forms a CSV may take, what is a header and what is a class.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "csv_texts.h"

namespace tinymlp {
namespace {

// ---- forms ----

TEST(ParseCsv, ReadsHeaderFeaturesAndClasses) {
  const DataSet data = parse("width,height,kind\n1,2.5,cat\n-3,4e-1,dog\n0,1,cat\n");
  EXPECT_EQ(data.name, "t.csv");
  EXPECT_EQ(data.task, Task::classification);
  EXPECT_EQ(data.feature_names, (Texts{"width", "height"}));
  EXPECT_EQ(data.target_name, "kind");
  EXPECT_EQ(data.class_names, (Texts{"cat", "dog"}));
  EXPECT_EQ(data.inputs, (Numbers{1, 2.5, -3, 0.4, 0, 1}));
  EXPECT_EQ(data.targets, (Numbers{0, 1, 0}));
}

TEST(ParseCsv, ReadsTheSameInEveryForm) {
  const std::string plain = "a,b,c\n1,2.5,x\n3,-4,y\n";
  const DataSet expected = parse(plain);
  const auto with = [&](char separator, const std::string& line_end) {
    std::string text;
    for (const char c : plain) text += c == ',' ? std::string(1, separator) : c == '\n' ? line_end : std::string(1, c);
    return text;
  };
  for (const char separator : {',', ';', '\t'})
    for (const std::string line_end : {"\n", "\r\n", "\n\n", "\r\n \r\n"}) {
      const std::string text = with(separator, line_end);
      expect_same(parse(text), expected);
      expect_same(parse("\xEF\xBB\xBF" + text), expected);
      expect_same(parse(text.substr(0, text.find_last_not_of(" \r\n") + 1)), expected);  // no newline at the end
      expect_same(parse(line_end + text + line_end + line_end), expected);
    }
  expect_same(parse("\"a\",\"b\",\"c\"\r\n\"1\",\"2.5\",\"x\"\r\n\"3\",\"-4\",\"y\""), expected);
  expect_same(parse("a, b ,c\n 1,\"2.5\" , x\n3 , -4, y \n"), expected);
  expect_same(parse("a,b,c\r\n1,2.5,x\r\n3,-4,y\r"), expected);
}

TEST(ParseCsv, UnderstandsQuotes) {
  const DataSet data =
      parse("\"a,b\",\"say \"\"x\"\"\",\"la\r\nbel\"\n1,2,\"one\ntwo\"\n3,4,\"\"\"\"\n5,6,\" pad \"\n");
  EXPECT_EQ(data.feature_names, (Texts{"a,b", "say \"x\""}));
  EXPECT_EQ(data.target_name, "la\r\nbel");
  EXPECT_EQ(data.class_names, (Texts{" pad ", "\"", "one\ntwo"}));
  EXPECT_EQ(data.targets, (Numbers{2, 1, 0}));
}

TEST(ParseCsv, ReadsNumbersInEveryNotation) {
  const DataSet data =
      parse("x,y\n+1.5,0.25\n.5,-.25\n5.,1E2\n1e-320,+0\n99999999999999999999,1e+2\n-0,7.000\n", regression);
  EXPECT_EQ(data.inputs, (Numbers{1.5, 0.5, 5, 1e-320, 99999999999999999999.0, 0}));
  EXPECT_TRUE(std::signbit(data.inputs[5]));
  EXPECT_EQ(data.targets, (Numbers{0.25, -0.25, 100, 0, 100, 7}));
  EXPECT_EQ(parse("x,y\n00012,0.5\n999999999999999,0.5\n", regression).inputs, (Numbers{12, 999999999999999}));
}

TEST(ParseCsv, GuessesTheSeparatorByTheTableItMakes) {
  EXPECT_EQ(parse("1,2,a;b\n3,4,c;d\n").class_names, (Texts{"a;b", "c;d"}));
  EXPECT_EQ(parse("1,a;b;c\n2,d;e;f\n").class_names, (Texts{"a;b;c", "d;e;f"}));
  EXPECT_EQ(parse("1;2;a,b\n3;4;c,d\n").class_names, (Texts{"a,b", "c,d"}));
  EXPECT_EQ(parse("1\t2\tSmith, J.\n3\t4\tDoe, A.\n").class_names, (Texts{"Doe, A.", "Smith, J."}));
  EXPECT_EQ(parse("\"a;b;c\",\"d;e;f\"\n1,2\n3,4\n").feature_names, (Texts{"a;b;c"}));
  EXPECT_EQ(parse("x;y\n1;2\n3;4.5\n").feature_names, (Texts{"x"}));
}

// ---- header ----

TEST(ParseCsv, NamesColumnsWhereThereIsNoHeader) {
  const DataSet data = parse("1,2,a\n3,4,b\n");
  EXPECT_EQ(data.feature_names, (Texts{"x1", "x2"}));
  EXPECT_EQ(data.target_name, "target");
  EXPECT_EQ(data.rows(), 2);
  EXPECT_EQ(parse("1,2,3\n4,5,6\n").rows(), 2);
  EXPECT_EQ(parse("a,2,3\nb,5,6\n", target("0")).feature_names, (Texts{"x1", "x2"}));
}

TEST(ParseCsv, FindsHeadersThatArePartlyNumbers) {
  EXPECT_EQ(parse("1.5,x,7\n1,2,3\n4,5,6\n").feature_names, (Texts{"1.5", "x"}));
  const DataSet data = parse("0,1,label\n2,3,0\n4,5,1\n");  // as pandas writes columns without names
  EXPECT_EQ(data.feature_names, (Texts{"0", "1"}));
  EXPECT_EQ(data.target_name, "label");
  EXPECT_EQ(data.inputs, (Numbers{2, 3, 4, 5}));
  EXPECT_EQ(data.targets, (Numbers{0, 1}));
  const DataSet named = parse("0,1,species\n2,3,cat\n4,5,dog\n", target("species"));
  EXPECT_EQ(named.target_name, "species");
  EXPECT_EQ(named.class_names, (Texts{"cat", "dog"}));
}

TEST(ParseCsv, TakesNoRowWithAMissingValueForAHeader) {
  expect_error("nan,2,a\n3,4,b\n", "\"nan\" is not a finite number (t.csv, line 1, row 1, column 1 of 3)");
  expect_error("1,,a\n3,4,b\n", "a value is missing (t.csv, line 1, row 1, column 2 of 3)");
  expect_error("1,2,NA\n3,4,1\n3,4,0\n", "\"NA\" is not a finite number (t.csv, line 1, row 1, column 3 of 3)");
}

TEST(ParseCsv, FindsTheTarget) {
  const std::string text = "a,b,c\n1,2,3\n4,5,6\n";
  EXPECT_EQ(parse(text).target_name, "c");
  for (const char* column : {"b", "1"}) {
    const DataSet data = parse(text, target(column));
    EXPECT_EQ(data.target_name, "b");
    EXPECT_EQ(data.feature_names, (Texts{"a", "c"}));
    EXPECT_EQ(data.inputs, (Numbers{1, 3, 4, 6}));
    EXPECT_EQ(data.class_names, (Texts{"2", "5"}));
  }
  EXPECT_EQ(parse("1,0,x\n5,6,7\n8,9,1\n", target("0")).feature_names, (Texts{"1", "x"}));  // a name before a number
  EXPECT_EQ(parse("5,0,1\n8,0,2\n", target("0")).class_names, (Texts{"5", "8"}));           // no header: only a number
}

TEST(ParseCsv, RefusesUnknownTargets) {
  expect_error("width,label\n1,2\n3,4\n", "unknown target column \"lable\" (t.csv): did you mean \"label\"?",
               target("lable"));
  expect_error("a,b\n1,2\n", "(t.csv, 2 columns): give a number from 0 to 1 or a name", target("2"));
  expect_error("1,2\n3,4\n", "(t.csv, 2 columns, no header): give a number from 0 to 1", target("label"));
  for (const char* column : {"-1", "1.5", "99999999999999999999", ""}) {
    expect_error("a,b\n1,2\n", "t.csv", target(column));
    expect_error("1,-1\n3,4\n", "t.csv", target(column));
  }
}

// ---- targets ----

TEST(ParseCsv, TellsClassesFromNumbers) {
  EXPECT_EQ(parse("x,y\n1,0\n2,1.0\n3,+2\n4,1\n").class_names, (Texts{"0", "1", "2"}));
  EXPECT_EQ(parse("x,y\n1,0\n2,1.5\n").task, Task::regression);
  std::string text = "x,y\n";
  for (int i = 0; i < 40; ++i) text += "1," + std::to_string(i % 20) + "\n";
  EXPECT_EQ(parse(text).classes(), 20);
  EXPECT_EQ(parse(text, regression).task, Task::regression);
  text += "1,20\n";
  EXPECT_EQ(parse(text).task, Task::regression);
  EXPECT_EQ(parse(text, classification).classes(), 21);
  EXPECT_EQ(parse("x,y\n1,1e300\n2,0\n").task, Task::regression);
}

TEST(ParseCsv, SortsWholeNumbersByValueAndTextByCodePoint) {
  const DataSet numbers = parse("x,y\n1,10\n2,9\n3,-1\n4,100000\n5,9\n");
  EXPECT_EQ(numbers.class_names, (Texts{"-1", "9", "10", "100000"}));
  EXPECT_EQ(numbers.targets, (Numbers{2, 1, 0, 3, 1}));
  const DataSet texts = parse("x,y\n1,b\n2,10\n3,9\n4,B\n5,\xF0\x9F\x98\x80\n6,\xEF\xBF\xBD\n7,\xC3\xA4\n");
  EXPECT_EQ(texts.class_names, (Texts{"10", "9", "B", "b", "\xC3\xA4", "\xEF\xBF\xBD", "\xF0\x9F\x98\x80"}));
  EXPECT_EQ(texts.targets, (Numbers{3, 0, 1, 2, 6, 5, 4}));
  EXPECT_EQ(parse("x,y\n1,2.5\n2,-0.5\n3,10\n", classification).class_names, (Texts{"-0.5", "2.5", "10"}));
}

TEST(ParseCsv, RefusesTargetsThatAreNeitherNumbersNorClasses) {
  expect_error("x,y\n1,0.5\n2,abc\n3,1\n", "\"abc\" stands among numbers (t.csv, line 3, row 2, column \"y\")");
  EXPECT_EQ(parse("x,y\n1,0.5\n2,abc\n3,1\n", classification).classes(), 3);
  expect_error("x,y\n1,0\n2,nan\n3,1\n", "\"nan\" is not a finite number (t.csv, line 3, row 2, column \"y\")");
  expect_error("x,y\n1,0\n2,\n3,1\n", "a value is missing (t.csv, line 3, row 2, column \"y\")");
  expect_error("x,y\n1,a\n2,\" \"\n3,b\n", "a value is missing (t.csv, line 3, row 2, column \"y\")");
  expect_error("x,y\n1,a\n2,b\n", "\"a\" is not a number (t.csv, line 2, row 1, column \"y\")", regression);
  expect_error("x,y\n1,2\n2,1e999\n", "\"1e999\" is beyond the range of a double", regression);
  expect_error("x,y\n1,a\n2,\xFF\n", "a label is not UTF-8 (t.csv, line 3, row 2, column \"y\")");
}

TEST(ParseCsv, RefusesASingleClass) {
  expect_error("x,y\n1,a\n2,a\n", "all rows are of the one class \"a\" (t.csv, line 2, row 1, column \"y\")");
  expect_error("x,y\n1,0\n2,0\n", "all rows are of the one class \"0\"");
  EXPECT_EQ(parse("x,y\n1,0\n2,0\n", regression).rows(), 2);
}

// ---- what a model knows ----

TEST(ParseCsv, ReadsTheFeaturesThatAreAskedForInTheirOrder) {
  const std::string text = "id,b,kind,a\nBob,2,x,1\n,4,y,3\n";
  const DataSet data = parse(text, {.target = "kind", .task = {}, .features = {"a", "b"}});
  EXPECT_EQ(data.feature_names, (Texts{"a", "b"}));
  EXPECT_EQ(data.inputs, (Numbers{1, 2, 3, 4}));
  EXPECT_EQ(data.class_names, (Texts{"x", "y"}));
  // Not all of them are there: the columns are read as they are, for who can say what is missing.
  EXPECT_EQ(parse("b,c,y\n1,2,0\n3,4,1\n", {.target = {}, .task = {}, .features = {"a", "b"}}).feature_names,
            (Texts{"b", "c"}));
  expect_error("a,b\n1,2\n3,4\n", "there is no column of targets (t.csv): its columns are all features, add one",
               {.target = {}, .task = {}, .features = {"a", "b"}});
}

TEST(ParseCsv, ReadsFeaturesWithoutTargets) {
  const auto features = [](const Texts& names, const std::string& ignored = "") {
    CsvOptions options{.target = {}, .task = {}, .features = names, .without_targets = true};
    if (!ignored.empty()) options.target = ignored;
    return options;
  };
  const DataSet data = parse("a,b\n1,2\n3,4\n5,6\n", features({"b", "a"}));
  EXPECT_EQ(data.inputs, (Numbers{2, 1, 4, 3, 6, 5}));
  EXPECT_EQ(data.targets, (Numbers{0, 0, 0}));
  EXPECT_EQ(data.task, Task::regression);
  EXPECT_EQ(parse("1\n2\n", features({})).inputs, (Numbers{1, 2}));  // a single column
  EXPECT_EQ(parse("a\n1\n", features({"a"})).inputs, (Numbers{1}));
  EXPECT_EQ(parse("0,1,label\n2,3,0\n4,5,1\n", features({}, "2")).targets, (Numbers{0, 0}));
  EXPECT_EQ(parse("1,2,yes\n3,4,no\n", features({}, "2")).inputs, (Numbers{1, 2, 3, 4}));
  EXPECT_EQ(parse("a,b,kind\n1,2,\n3,4,no\n", features({}, "kind")).inputs, (Numbers{1, 2, 3, 4}));
  expect_error("a,b\n1,2\n", "unknown target column \"kind\"", features({}, "kind"));
  expect_error("a,b\n1,x\n", "\"x\" is not a number (t.csv, line 2, row 1, column \"b\")", features({"a", "b"}));
  expect_error("a,b\n", "there is a header but no row", features({"a", "b"}));
  expect_error("y\n1\n", "a single column", features({}, "y"));
}

TEST(ParseCsv, TakesNoDataForAHeaderOfNumbers) {
  const auto inputs = [](std::string_view text) {
    return parse(text, {.target = {}, .task = {}, .features = {"0", "1"}, .without_targets = true}).inputs;
  };
  EXPECT_EQ(inputs("0,1\n5,6\n"), (Numbers{5, 6}));        // just the names, in order
  EXPECT_EQ(inputs("1,0\n5,6\n"), (Numbers{1, 0, 5, 6}));  // data
  EXPECT_EQ(inputs("0,1,7\n5,6,7\n"), (Numbers{0, 1, 7, 5, 6, 7}));
  EXPECT_EQ(inputs("1,0,label\n5,6,7\n"), (Numbers{6, 5}));
}

}  // namespace
}  // namespace tinymlp
