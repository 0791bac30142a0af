// Tests of tinymlp/names.h: what a misspelt name was meant to be, and how the error says so.
#include "tinymlp/names.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tinymlp {
namespace {

using Names = std::vector<std::string>;

const Names data_sets = {"circle", "xor", "gauss", "spiral", "plane", "hills", "xor4"};

TEST(NearestName, MendsOneTypingError) {
  EXPECT_EQ(nearest_name("spirl", data_sets), "spiral");    // left out
  EXPECT_EQ(nearest_name("spirral", data_sets), "spiral");  // one too many
  EXPECT_EQ(nearest_name("apiral", data_sets), "spiral");   // replaced
  EXPECT_EQ(nearest_name("psiral", data_sets), "spiral");   // swapped
  EXPECT_EQ(nearest_name("oxr", data_sets), "xor");
}

TEST(NearestName, CountsASwapAsOneError) {
  EXPECT_EQ(nearest_name("acb", {"abc"}), "abc");         // one error in three letters
  EXPECT_EQ(nearest_name("cab", {"abc"}), "");            // two
  EXPECT_EQ(nearest_name("acb", {"axb", "abc"}), "axb");  // both one error away: the first
}

TEST(NearestName, IgnoresCase) {
  EXPECT_EQ(nearest_name("ReLU", {"elu", "relu"}), "relu");
  EXPECT_EQ(nearest_name("species", {"Specis"}), "Specis");
}

TEST(NearestName, PrefersFewerErrors) { EXPECT_EQ(nearest_name("xor44", {"xor", "xor4"}), "xor4"); }

TEST(NearestName, AllowsOneErrorInThreeLetters) {
  EXPECT_EQ(nearest_name("sigmiod", {"sigmoid"}), "sigmoid");
  EXPECT_EQ(nearest_name("siigmodi", {"sigmoid"}), "sigmoid");  // two in seven
  EXPECT_EQ(nearest_name("sgmdi", {"sigmoid"}), "");            // three in seven
  EXPECT_EQ(nearest_name("tiger", data_sets), "");
}

TEST(NearestName, FindsNothingForSingleLettersOrNothing) {
  EXPECT_EQ(nearest_name("x", {"y"}), "");
  EXPECT_EQ(nearest_name("", {"y"}), "");
  EXPECT_EQ(nearest_name("", {}), "");
  EXPECT_EQ(nearest_name("xor", {}), "");
}

TEST(NearestName, TakesLongTextsAtOnce) {
  const std::string long_name(1'000'000, 'x');
  EXPECT_EQ(nearest_name(long_name, {long_name + "y", "xor"}), "");
}

TEST(UnknownName, NamesTheNearest) {
  EXPECT_EQ(unknown_name("data set", "spirl", data_sets), "unknown data set \"spirl\": did you mean \"spiral\"?");
  EXPECT_EQ(unknown_name("column", "lable", {"label"}, "a.csv, line 1"),
            "unknown column \"lable\" (a.csv, line 1): did you mean \"label\"?");
}

TEST(UnknownName, ListsTheNamesWhereNoneIsNear) {
  EXPECT_EQ(unknown_name("data set", "tiger", data_sets),
            "unknown data set \"tiger\": give one of circle, xor, gauss, spiral, plane, hills, xor4");
  EXPECT_EQ(unknown_name("data set", "tiger", {}), "unknown data set \"tiger\": there is none to choose from");
}

TEST(UnknownName, CutsLongLists) {
  Names names;
  for (int i = 0; i < 1000; ++i) names.push_back("column" + std::to_string(i));
  const std::string text = unknown_name("column", "tiger", names);
  EXPECT_LT(text.size(), 1000U);
  EXPECT_TRUE(text.ends_with("column59 and 940 more")) << text;
}

TEST(UnknownName, StaysOnOneLineWhateverWasTyped) {
  EXPECT_EQ(unknown_name("name", "a\nb\x1B[2J\xFF", {"tiger"}),
            "unknown name \"a\\x0Ab\\x1B[2J\\xFF\": give one of tiger");
  EXPECT_EQ(unknown_name("name", "grün", {"tiger"}), "unknown name \"grün\": give one of tiger");
  EXPECT_LT(unknown_name("name", std::string(100000, 'a'), {"tiger"}).size(), 200U);
}

}  // namespace
}  // namespace tinymlp
