// Pictures in the terminal: in colours where it takes them, else in characters; of its width.
#include <algorithm>
#include <functional>

#include "program.h"

namespace tinymlp::test {
namespace {

const std::string escape = "\x1B[";
const std::string spiral = "train --quiet --data spiral --epochs 5 --plot";

class PlotTest : public ProgramTest {
 protected:
  /// What is to be seen of it: without commands for colours, and with the ends of lines as the program wrote them.
  static std::vector<std::string> seen(const std::string& text) {
    std::string left;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text.compare(at, escape.size(), escape) == 0)
        at = text.find('m', at);  // the end of a command for a colour
      else if (text[at] != '\r')
        left += text[at];
      if (at == std::string::npos) break;
    }
    return lines(left);
  }
  /// Characters, not bytes.
  static std::size_t width(const std::string& line) {
    return static_cast<std::size_t>(
        std::ranges::count_if(line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }
  static bool is_ascii(const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return c == '\n' || c == '\r' || (c >= ' ' && c <= '~'); });
  }
  static std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
  }
};

TEST_F(PlotTest, OffATerminalItIsCharacters) {
  const std::string plot = succeed("train --quiet --data moons --epochs 50 --validation-fraction 0.2 --plot");
  EXPECT_TRUE(is_ascii(plot)) << plot;
  EXPECT_NE(plot.find("loss  * train  + validation  o test"), std::string::npos) << plot;
  EXPECT_GT(std::ranges::count(plot, '*'), 20) << plot;
  EXPECT_NE(plot.find(" o  0   .x. 1\n"), std::string::npos) << plot;
  for (const std::string& line : lines(plot)) EXPECT_LE(line.size(), 80U);
  const Outcome narrow = run(spiral, {{"COLUMNS", "40"}});
  for (const std::string& line : lines(narrow.out)) EXPECT_LE(line.size(), 40U);
}

TEST_F(PlotTest, WithJsonItGoesWhereNoJsonIs) {
  const Outcome json = run("train --quiet --json --data moons --epochs 5 --plot");
  EXPECT_EQ(json_lines(json.out).back()["event"], "result");
  EXPECT_NE(json.err.find("* train"), std::string::npos);
  EXPECT_NE(json.err.find(".x. 1"), std::string::npos);
}

TEST_F(PlotTest, ATerminalGetsHalfBlocksInColours) {
  for (const int columns : {60, 80}) {
    const Outcome outcome = run_in_terminal(spiral, columns);
    EXPECT_EQ(outcome.status, 0) << outcome.out;
    EXPECT_GT(count(outcome.out, "▀"), 300U);
    for (const char* colour : {"38;2;0;114;178m", "38;2;213;94;0m"})  // of classes, train and test
      EXPECT_NE(outcome.out.find(escape + colour), std::string::npos) << colour;
    std::size_t widest = 0;
    for (const std::string& line : seen(outcome.out)) widest = std::max(widest, width(line));
    EXPECT_EQ(widest, static_cast<std::size_t>(columns));
    // Colours end where their line does.
    for (const std::string& line : lines(outcome.out)) {
      if (line.find(escape) == std::string::npos) continue;
      EXPECT_EQ(line.rfind(escape + "0m"), line.rfind(escape)) << line;
    }
  }
}

TEST_F(PlotTest, CurvesHaveTheColoursOfTheFigure) {
  const std::string out = run_in_terminal(spiral + " --validation-fraction 0.2", 80).out;
  for (const char* curve :
       {"38;2;0;114;178m█\x1B[0m train", "38;2;0;158;115m█\x1B[0m validation", "38;2;213;94;0m█\x1B[0m test"})
    EXPECT_NE(out.find(escape + curve), std::string::npos) << curve << "\n" << out;
}

TEST_F(PlotTest, TheTableOf256ColoursIsEnough) {
  const std::string out = run_in_terminal(spiral, 80, {{"COLORTERM", ""}}).out;
  EXPECT_NE(out.find(escape + "38;5;25m"), std::string::npos) << "the blue of class -1: 0, 95, 175";
  EXPECT_NE(out.find(escape + "38;5;166m"), std::string::npos) << "the orange of class 1: 215, 95, 0";
  EXPECT_EQ(out.find("8;2;"), std::string::npos);
}

TEST_F(PlotTest, WhereColoursAreUnwantedOrUnknownItIsCharacters) {
  const std::vector<std::map<std::string, std::string>> plain{
      {{"NO_COLOR", "1"}}, {{"TERM", "dumb"}}, {{"LANG", "C"}}, {{"LC_ALL", "C"}}, {{"LC_CTYPE", "de_DE.ISO-8859-1"}}};
  for (const auto& variables : plain) {
    const std::string out = run_in_terminal(spiral, 70, variables).out;
    EXPECT_TRUE(is_ascii(out)) << variables.begin()->first << "\n" << out;
    EXPECT_NE(out.find(" o  -1   .x. 1"), std::string::npos) << out;
    for (const std::string& line : lines(out)) EXPECT_LE(line.size(), 70U + 1U) << line;  // and a carriage return
  }
  EXPECT_GT(count(run_in_terminal(spiral, 80, {{"LC_ALL", "en_US.utf8"}, {"LANG", "C"}}).out, "▀"), 0U);
}

/// Rows whose class, or number, follows from where they lie.
TEST_F(PlotTest, TheBoundaryLiesWhereTheRowsSay) {
  std::string table = "a,b,side\n";
  for (int i = 0; i < 200; ++i)
    table += std::to_string(i % 20 - 10 + (i % 20 >= 10 ? 1 : 0)) + "," + std::to_string(i / 20) + "," +
             (i % 20 < 10 ? "left" : "right\x1B[2J") + "\n";
  write("sides.csv", table);
  const std::vector<std::string> plot =
      lines(succeed("train --quiet --data sides.csv --hidden 4 --epochs 100 --lr 0.05 --plot"));
  int rows = 0;
  for (const std::string& line : plot) {
    const std::size_t side = line.find('|');
    if (side == std::string::npos) continue;
    const std::size_t middle = line.find('.', side);
    if (line.find('*') != std::string::npos || middle == std::string::npos) continue;
    ++rows;
    EXPECT_EQ(line.substr(side, middle - side).find('x'), std::string::npos) << line;
    EXPECT_EQ(line.find('o', middle), std::string::npos) << line;
    EXPECT_NEAR(static_cast<double>(middle - side), static_cast<double>(line.size() - middle), 6) << line;
  }
  EXPECT_GT(rows, 5);
  EXPECT_EQ(plot.back().find('\x1B'), std::string::npos) << "a name that is a command to the terminal";
  EXPECT_NE(plot.back().find("right\\x1B[2J"), std::string::npos) << plot.back();
}

TEST_F(PlotTest, NumbersRiseFromBlankToFull) {
  std::string table = "a,b,height\n";
  for (int row = 0; row < 10; ++row)
    for (int column = 0; column < 10; ++column)
      table += std::to_string(column) + "," + std::to_string(row) + "," + std::to_string(0.1 * row) + "\n";
  write("slope.csv", table);
  const std::string words =
      "train --quiet --data slope.csv --hidden none --task regression --lr 0.01 --epochs 50 --plot";
  const std::string plot = succeed(words);
  EXPECT_NE(plot.find(" .:-=+*%@# to "), std::string::npos) << plot;
  std::vector<std::size_t> ends;  // a row of the plane each: how much lies there
  const std::string marks = " .:-=+*%@#";
  for (const std::string& line : lines(plot.substr(plot.rfind("epoch"))))
    if (const std::size_t side = line.find('|'); side != std::string::npos)
      ends.push_back(line.size() > side + 1 ? marks.find(line.back()) : 0);
  ASSERT_GT(ends.size(), 5U) << plot;
  EXPECT_TRUE(std::ranges::is_sorted(ends, std::greater())) << plot;
  EXPECT_GT(ends.front(), ends.back() + 4);
  EXPECT_NE(run_in_terminal(words, 80).out.find("height from "), std::string::npos);
}

TEST_F(PlotTest, OtherNumbersOfFeaturesHaveLossesAlone) {
  const std::string plot = succeed("train --quiet --data sine --epochs 3 --lr 0.01 --plot");
  EXPECT_NE(plot.find("* train"), std::string::npos);
  EXPECT_EQ(std::ranges::count(plot, '+'), 1) << "one corner, of the losses: " << plot;
}

TEST_F(PlotTest, ActivationsAreDrawnAlike) {
  const auto plot = lines(succeed("activations sigmoid --plot"));
  ASSERT_EQ(plot.size(), 18U);
  EXPECT_EQ(plot[0], "   sigmoid  * value  o derivative");
  for (const std::string& line : plot) EXPECT_LE(line.size(), 80U);
  EXPECT_EQ(plot[1].back(), '*');  // near 1 at the right, where the derivative is near 0
  EXPECT_EQ(plot[15][12], '*');
  EXPECT_TRUE(plot[17].starts_with("         x  -8")) << plot[17];
  const std::string colours = run_in_terminal("activations relu,tanh --plot --quiet", 80).out;
  EXPECT_GT(count(colours, "▀") + count(colours, "▄"), 100U);
  EXPECT_TRUE(is_ascii(run_in_terminal("activations relu --plot --quiet", 80, {{"NO_COLOR", "1"}}).out));
}

}  // namespace
}  // namespace tinymlp::test
