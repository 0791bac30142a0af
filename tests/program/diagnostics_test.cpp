// train --diagnostics: layers after each epoch, as events, files and figures; that looking changes nothing; that a run
// which was stopped goes on with what it has seen.
#include <cmath>
#include <cstdlib>
#include <set>

#include "program.h"

namespace tinymlp::test {
namespace {

const std::string small = "train --quiet --data moons --samples 80 --hidden 5,3 --activation tanh --batch-size 8 ";

TEST_F(ProgramTest, DiagnosticsHaveALineForEachLayerAndEpoch) {
  succeed(small + "--epochs 3 --diagnostics --out run");
  const std::vector<std::string> health = lines(read("run/health.csv"));
  ASSERT_EQ(health.size(), 1 + 4 * 5U) << "epochs 0 to 3, 5 layers";
  EXPECT_EQ(health[0], "epoch,layer,name,mean,deviation,dead,saturated,weight_norm,gradient_norm,update_ratio");
  EXPECT_TRUE(health[1].starts_with("0,0,\"Dense(2, 5)\",")) << health[1];
  EXPECT_TRUE(health[20].starts_with("3,4,\"Dense(3, 1)\",")) << health[20];
  EXPECT_TRUE(health[7].starts_with("1,1,\"tanh\",")) << health[7];
  EXPECT_TRUE(health[7].ends_with(",,,")) << "a tanh has no weights: " << health[7];
  EXPECT_EQ(lines(read("run/histograms.csv")).size(), 1 + 2 * 2 * 40U) << "before and after, 2 layers, 40 bins";
  EXPECT_EQ(lines(read("run/units.csv")).size(), 8 * 60 + 7 * 2U) << "8 maps of 60 rows, two empty lines between";
  EXPECT_EQ(lines(read("run/boundary-frames.csv")).size(), 4 * 80 + 3 * 2U) << "4 frames of 80 rows";
  for (const char* name : {"health.gp", "histograms.gp", "units.gp", "boundary-frames.gp"})
    EXPECT_TRUE(exists(std::string("run/") + name)) << name;
  EXPECT_EQ(read_json("run/run.json")["settings"]["diagnostics"], true);
}

TEST_F(ProgramTest, DiagnosticsOfTheLastEpochAreWhatInspectSees) {
  succeed(small + "--epochs 4 --test-fraction 0 --diagnostics --out run");
  const Json seen = Json::parse(succeed("inspect run --data moons --samples 80 --test-fraction 0 --json --quiet"));
  std::vector<std::string> last;
  for (const std::string& line : lines(read("run/health.csv")))
    if (line.starts_with("4,")) last.push_back(line);
  ASSERT_EQ(last.size(), seen["layers"].size());
  for (std::size_t i = 0; i < last.size(); ++i) {
    const std::string name = seen["layers"][i]["layer"];
    const std::size_t begin = last[i].find(name) + name.size() + 2;
    const double mean = std::stod(last[i].substr(begin)), expected = seen["layers"][i]["mean"];
    EXPECT_NEAR(mean, expected, 1e-6 + 1e-5 * std::abs(expected)) << last[i];
  }
}

TEST_F(ProgramTest, LookingChangesNothing) {
  for (const std::string settings : {"", "--optimizer adam --lr 0.01 --dropout 0.5", "--patience 2 --lr 1"}) {
    const std::string request = small + "--epochs 5 --validation-fraction 0.2 " + settings;
    succeed(request + " --out plain --force");
    succeed(request + " --diagnostics --out seen --force");
    EXPECT_EQ(read("plain/model.safetensors"), read("seen/model.safetensors")) << settings;
  }
}

TEST_F(ProgramTest, AStoppedRunGoesOnWithWhatItHasSeen) {
  const std::string request = small + "--epochs 3 --diagnostics ";
  succeed(request + "--out whole");
  succeed(request + "--max-seconds 0 --out run");
  // As if it had been killed after it wrote this and before its checkpoint.
  write("run/health.csv", read("run/health.csv") + "1,0,\"beyond the checkpoint\",,,,,,,\n");
  int stops = 1;
  for (; read_json("run/run.json")["status"] == "time over" && stops < 100; ++stops)
    succeed("train --quiet --resume run");
  EXPECT_GT(stops, 3);
  for (const char* name : {"health.csv", "histograms.csv", "units.csv", "boundary-frames.csv", "boundary-frames.gp"})
    EXPECT_EQ(read(std::string("run/") + name), read(std::string("whole/") + name)) << name;
}

TEST_F(ProgramTest, ARunThatGoesOnFurtherHasTheFramesOfOneThatHadThePlan) {
  succeed(small + "--epochs 40 --diagnostics --out whole");
  succeed(small + "--epochs 12 --diagnostics --out run");
  EXPECT_NE(read("run/boundary-frames.csv").find("\n12,"), std::string::npos) << "the last epoch is a frame";
  succeed("train --quiet --resume run --epochs 40");
  EXPECT_EQ(read("whole/boundary-frames.csv").find("\n12,"), std::string::npos) << "else this shows nothing";
  for (const char* name :
       {"health.csv", "histograms.csv", "units.csv", "boundary-frames.csv", "boundary-frames.gp", "boundary.csv"})
    EXPECT_EQ(read(std::string("run/") + name), read(std::string("whole/") + name)) << name;
}

TEST_F(ProgramTest, DiagnosticsAreEventsAndATable) {
  const std::string deep =
      "train --data moons --samples 40 --hidden 8,8,8,8,8,8 --activation sigmoid --epochs 2 --diagnostics ";
  std::vector<int> epochs;
  for (const Json& event : json_lines(succeed(deep + "--json"))) {
    if (event["event"] != "health") continue;
    epochs.push_back(event["epoch"]);
    EXPECT_EQ(event["layers"].size(), 13U);
    std::set<std::string> found;
    for (const Json& verdict : event["verdicts"]) found.insert(verdict["what"]);
    EXPECT_TRUE(found.contains("vanishing")) << event["verdicts"];
  }
  EXPECT_EQ(epochs, (std::vector<int>{0, 1, 2}));
  const std::string table = succeed(deep + "--quiet");
  EXPECT_NE(table.find("update/weight"), std::string::npos) << table;
  EXPECT_NE(table.find("vanishing-gradient"), std::string::npos) << table;
  EXPECT_EQ(files().size(), 0U);
}

TEST_F(ProgramTest, DiagnosticsAreDrawnWhereThereIsGnuplot) {
  if (std::system("command -v gnuplot > /dev/null") != 0) GTEST_SKIP() << "gnuplot is not installed";
  std::string classes = "a,b,kind\n", numbers = "a,b,y\n";
  for (int i = 0; i < 60; ++i) {
    const std::string place = std::to_string(i % 7) + "," + std::to_string(i % 5) + ",";
    classes += place + (i % 7 < 2 ? "left" : i % 5 < 3 ? "low" : "high") + "\n";
    numbers += place + std::to_string(0.1 * (i % 7) * (i % 5)) + "\n";
  }
  write("classes.csv", classes);
  write("numbers.csv", numbers);
  for (const std::string data : {"moons --samples 40", "classes.csv", "numbers.csv --lr 0.01"}) {
    const Outcome outcome =
        run("train --quiet --data " + data + " --hidden 4 --epochs 2 --diagnostics --force --out run",
            {{"PATH", std::getenv("PATH")}});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    for (const char* name : {"health.svg", "histograms.svg", "units.svg"})
      EXPECT_NE(read(std::string("run/") + name).find("</svg>"), std::string::npos) << data << " " << name;
    EXPECT_TRUE(read("run/boundary-frames.gif").starts_with("GIF89a")) << data;
    const std::string page = read("run/report.html");
    EXPECT_NE(page.find("src=\"data:image/gif;base64,R0lGODlh"), std::string::npos) << data;  // "GIF89a"
    EXPECT_NE(
        page.find("<source media=\"print, (prefers-reduced-motion: reduce)\" srcset=\"data:image/svg+xml;base64,"),
        std::string::npos)
        << data;
    EXPECT_NE(page.find("\" src=\"data:image/svg+xml;base64,PD94bWwg"), std::string::npos) << data;  // "<?xml "
    EXPECT_NE(page.find("</picture><figcaption>How the boundary moved, from before the first epoch to the end "
                        "<button type=\"button\"></button></figcaption>"),
              std::string::npos)
        << data;
  }
}

}  // namespace
}  // namespace tinymlp::test
