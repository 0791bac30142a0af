// report.html of a run: one file that holds all it needs, and the numbers of metrics.csv.
#include <sstream>

#include "program.h"

namespace tinymlp::test {
namespace {

class ReportTest : public ProgramTest {
 protected:
  /// The data of the page's charts, in their order.
  static std::vector<Json> charts(const std::string& page) {
    const std::string begin = "<script type=\"application/json\">";
    std::vector<Json> found;
    for (std::size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at)) {
      at += begin.size();
      found.push_back(Json::parse(page.substr(at, page.find("</script>", at) - at)));
    }
    return found;
  }
  /// A column of metrics.csv.
  std::vector<double> metrics(std::size_t column) const {
    std::vector<double> values;
    for (const std::string& line : lines(read("run/metrics.csv"))) {
      std::istringstream cells(line);
      std::string cell;
      for (std::size_t i = 0; i <= column; ++i) std::getline(cells, cell, ',');
      if (line.starts_with("epoch")) continue;
      values.push_back(std::stod(cell));
    }
    return values;
  }
};

TEST_F(ReportTest, HoldsTheCurvesOfTheRun) {
  succeed("train --quiet --data moons --epochs 7 --validation-fraction 0.2 --out run");
  const std::vector<Json> found = charts(read("run/report.html"));
  ASSERT_EQ(found.size(), 2U);
  const Json &loss = found[0], &accuracy = found[1];
  EXPECT_EQ(loss["series"], Json({"training", "validation", "test"}));
  EXPECT_EQ(loss["data"][0], Json(metrics(0)));
  EXPECT_EQ(loss["data"][1], Json(metrics(1)));
  EXPECT_EQ(loss["data"][2], Json(metrics(3)));
  EXPECT_EQ(loss["data"][3], Json(metrics(5)));
  EXPECT_EQ(accuracy["data"][1], Json(metrics(2)));
  EXPECT_EQ(accuracy["data"][3], Json(metrics(6)));
}

TEST_F(ReportTest, NeedsNothingElse) {
  succeed("train --quiet --data moons --epochs 3 --out run");
  const std::string page = read("run/report.html");
  for (const char* part : {"<link rel=\"stylesheet\"", "src=\"http", "href=\"http", "url(http", "@import"})
    EXPECT_EQ(page.find(part), std::string::npos) << part;
  for (const char* part : {"uPlot", "<h1>moons: 2-32-32-1, relu, 3 epochs</h1>", "<td>learning-rate</td>",
                           "tinymlp train --config run/run.json", "0  Dense(2, 32)"})
    EXPECT_NE(page.find(part), std::string::npos) << part;
}

TEST_F(ReportTest, NamesAreTextAndNotMarkup) {
  write("<b>&.csv", "a,b\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n9,x\n10,y\n");
  succeed("train --quiet --data <b>&.csv --epochs 2 --lr 0.01 --out run");
  const std::string page = read("run/report.html");
  EXPECT_EQ(page.find("<b>&"), std::string::npos);
  EXPECT_NE(page.find("&lt;b&gt;&amp;"), std::string::npos);
}

TEST_F(ReportTest, TellsWhatIsWrong) {
  succeed("train --quiet --data spiral --hidden 9,9,9,9,9,9,9,9 --activation sigmoid --epochs 2 --out run");
  EXPECT_NE(read("run/report.html").find("<b class=\"bad\">vanishing</b>"), std::string::npos);
  run("train --quiet --data plane --activation identity --lr 10 --epochs 50 --out run --force", {});
  EXPECT_NE(read("run/report.html").find("<b class=\"bad\">diverged</b>"), std::string::npos);
}

}  // namespace
}  // namespace tinymlp::test
