// Curves on axes, in characters.
#include "terminal/line_plot.h"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

namespace tinymlp::program {
namespace {

constexpr Medium narrow{.columns = 33};  // 21 of them for the curves

std::vector<std::string> lines(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> all;
  for (std::string line; std::getline(stream, line);) all.push_back(line);
  return all;
}

TEST(LinePlot, NamesWhatItShowsAndWhere) {
  const LinePlot plot{.y_name = "loss", .x_name = "epoch", .curves = {{"one", {'*', {}}, {1, 2, 3}, {4, 3, 0}}}};
  const std::vector<std::string> text = lines(line_plot(plot, narrow));
  ASSERT_EQ(text.size(), 18U);
  EXPECT_EQ(text[0], "      loss  * one");
  EXPECT_EQ(text[1], "         4 |**");
  EXPECT_TRUE(text[8].starts_with("         2 |"));
  EXPECT_EQ(text[15], "         0 |                    *");
  EXPECT_EQ(text[16], "           +---------------------");
  EXPECT_EQ(text[17], "     epoch  1                   3");
}

TEST(LinePlot, TheFirstCurveLiesAboveTheOthers) {
  const std::vector<double> x{0, 1}, y{0, 1};
  const LinePlot plot{.y_name = "", .x_name = "", .curves = {{"a", {'a', {}}, x, y}, {"lower", {'b', {}}, x, y}}};
  const std::string text = line_plot(plot, narrow);
  EXPECT_EQ(text.find('b'), text.rfind('b')) << "in the legend alone\n" << text;
}

TEST(LinePlot, ALogarithmicAxisHasItsMeanInTheMiddle) {
  const LinePlot plot{
      .y_name = "", .x_name = "", .curves = {{"a", {'*', {}}, {0, 1}, {0.01, 100}}}, .logarithmic = true};
  const std::vector<std::string> text = lines(line_plot(plot, narrow));
  EXPECT_TRUE(text[8].starts_with("         1 |")) << text[8];
  EXPECT_EQ(text[8].find('*'), 12 + 10U) << text[8];
}

TEST(LinePlot, ZeroIsALineInBothDirections) {
  const LinePlot plot{.y_name = "", .x_name = "", .curves = {{"a", {'*', {}}, {-1, 1}, {7, 7}}}, .with_zero = true};
  const std::vector<std::string> text = lines(line_plot(plot, narrow));
  EXPECT_EQ(text[15], "         0 |----------+----------");
  EXPECT_EQ(text[8], "           |          |");
  EXPECT_EQ(text[1], "         7 |*********************");
}

TEST(LinePlot, WhatIsNotFiniteIsAGap) {
  const double inf = HUGE_VAL, nan = std::nan("");
  const LinePlot plot{.y_name = "", .x_name = "", .curves = {{"a", {'*', {}}, {0, 1, 2, 3, 4}, {1, 2, nan, inf, 3}}}};
  const std::vector<std::string> text = lines(line_plot(plot, narrow));
  ASSERT_EQ(text.size(), 18U);
  std::string columns(21, ' ');
  for (std::size_t row = 1; row < 16; ++row)
    for (std::size_t i = 12; i < text[row].size(); ++i)
      if (text[row][i] == '*') columns[i - 12] = '*';
  EXPECT_EQ(columns, "******              *");
  EXPECT_EQ(line_plot({.y_name = "", .x_name = "", .curves = {{"a", {'*', {}}, {0}, {nan}}}}, narrow), "");
}

}  // namespace
}  // namespace tinymlp::program
