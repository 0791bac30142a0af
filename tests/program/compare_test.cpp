// tinymlp compare, as a user runs it: the same whatever the jobs, going on after an interruption, fair to equals.
#include <algorithm>
#include <map>
#include <sstream>

#include "program.h"

namespace tinymlp::test {
namespace {

/// The command line of a small comparison: what `words` leave out.
std::string small(const std::string& words) {
  std::string all = "compare --quiet " + words;
  for (const char* option : {"--data xor", "--samples 60", "--hidden 4", "--epochs 4"})
    if (const std::string name = std::string(option).substr(0, std::string(option).find(' '));
        words.find(name + " ") == std::string::npos)
      all += " " + std::string(option);
  return all;
}

class CompareTest : public ProgramTest {
 protected:
  Json compare(const std::string& words) const { return Json::parse(succeed(small(words + " --json"))); }
  /// All runs of `words`, which end in "--out ", in part/, but none of the results.
  void leave_unfinished(const std::string& words) const {
    std::filesystem::create_directories(path("part/unfinished"));
    std::filesystem::create_directories(path("part/comparison.md"));  // in the way of the first file
    EXPECT_EQ(run(small(words + "part")).status, 1);
    std::filesystem::remove(path("part/comparison.md"));
  }
};

TEST_F(CompareTest, RanksByTheMedianAndComparesInPairs) {
  const Json json = compare("--activation identity,tanh,relu --seeds 9 --samples 400 --hidden 8 --epochs 60");
  EXPECT_EQ(json["event"], "result");
  EXPECT_EQ(json["seeds"], 9);
  ASSERT_EQ(json["variants"].size(), 3U);
  EXPECT_EQ(json["variants"][2]["variant"], "identity");
  double before = 1;
  for (std::size_t i = 0; i < 3; ++i) {
    const Json& variant = json["variants"][i];
    EXPECT_LE(variant["median"].get<double>(), before);
    before = variant["median"];
    EXPECT_EQ(variant["linear_model"], json["variants"][0]["linear_model"]);
    EXPECT_EQ(variant.contains("adjusted_p"), i > 0);
  }
  EXPECT_GT(json["variants"][0]["median"].get<double>(), json["variants"][0]["linear_model"].get<double>());
  EXPECT_LT(json["variants"][2]["adjusted_p"].get<double>(), 0.05);
}

TEST_F(CompareTest, FilesAreTheSameWhateverTheJobs) {
  const std::string words = "--activation tanh,relu --vary init=he-normal,xavier-normal --seeds 5 ";
  succeed(small(words + "--jobs 1 --out one"));
  succeed(small(words + "--jobs 3 --out three"));
  for (const char* name : {"comparison.md", "comparison.json", "runs.csv", "epochs.csv", "scores.csv", "scores.gp",
                           "curves.csv", "curves.gp", "success.csv", "success.gp", "report.html"}) {
    EXPECT_FALSE(read(std::string("one/") + name).empty()) << name;
    EXPECT_EQ(read(std::string("one/") + name), read(std::string("three/") + name)) << name;
  }
  EXPECT_FALSE(exists("one/unfinished"));
  EXPECT_EQ(lines(read("one/runs.csv")).size(), 1U + 4 * 5);
  EXPECT_EQ(lines(read("one/epochs.csv")).size(), 1U + 4 * 5 * 4);
  EXPECT_NE(read("one/comparison.md").find("| activation \\ init |"), std::string::npos);
}

TEST_F(CompareTest, EachVariantGetsTheSameDrawsAndBatches) {
  // relu under another name: every number of every epoch is the same.
  succeed(small("--activation relu,leaky-relu(0) --seeds 3 --out out"));
  std::map<std::string, std::vector<std::string>> numbers;
  for (const std::string& line : lines(read("out/epochs.csv")))
    numbers[line.substr(0, line.find(','))].push_back(line.substr(line.find(',')));
  EXPECT_EQ(numbers["relu"].size(), 3U * 4);
  EXPECT_EQ(numbers["relu"], numbers["leaky-relu(0)"]);
  EXPECT_NE(numbers["relu"][3], numbers["relu"][7]);  // other seeds, other draws
}

TEST_F(CompareTest, TheSameActivationUnderTwoNamesIsNoWinner) {
  const Json json = compare("--activation leaky-relu,leaky-relu(0.01) --seeds 10");
  EXPECT_TRUE(json["winner"].is_null());
  EXPECT_EQ(json["variants"][0]["median"], json["variants"][1]["median"]);
  EXPECT_EQ(json["variants"][1]["p"], 1);
}

TEST_F(CompareTest, NoWinnerBelowEightSeeds) {
  const Json json = compare("--activation tanh,identity --seeds 7 --epochs 60");
  EXPECT_TRUE(json["winner"].is_null());
  EXPECT_NE(json["reason"].get<std::string>().find("7 seeds are too few"), std::string::npos);
}

TEST_F(CompareTest, GoesOnWhereItStopped) {
  const std::string words = "--activation tanh,relu --seeds 4 --out ";
  succeed(small(words + "whole"));
  leave_unfinished(words);
  EXPECT_TRUE(std::filesystem::remove(path("part/unfinished/run-2-3.json")));
  const std::string first = read("part/unfinished/run-1-1.json");
  expect_error(small(words + "part --lr 0.2"), 2, "an unfinished comparison with other settings is there (--out part)");
  std::string again = small(words + "part");
  again.replace(again.find("--quiet"), 7, "");
  const Outcome outcome = run(again);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.err.find("going on: 7 runs are done already"), std::string::npos) << outcome.err;
  for (const char* name : {"comparison.json", "runs.csv", "epochs.csv", "scores.csv"})
    EXPECT_EQ(read(std::string("whole/") + name), read(std::string("part/") + name)) << name;
  EXPECT_FALSE(exists("part/unfinished"));
  expect_error(small(words + "whole"), 2, "there is a comparison already");
  succeed(small(words + "whole --force"));
}

TEST_F(CompareTest, TuningGoesOnWhereItStopped) {
  const std::string words = "--activation tanh --seeds 2 --learning-rate auto --out ";
  succeed(small(words + "whole"));
  leave_unfinished(words);
  EXPECT_TRUE(std::filesystem::remove(path("part/unfinished/tuning-1-0.03-2.json")));
  expect_error(small("--activation tanh --seeds 2 --out part"), 2, "with other settings");  // the rate is fixed
  std::string again = small(words + "part --seeds 3");  // a third seed leaves the tuned rate as it is
  again.replace(again.find("--quiet"), 7, "");
  again.replace(again.find("--seeds 2 "), 10, "");
  const Outcome outcome = run(again);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.err.find("going on: 20 tuning runs are done already"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("going on: 2 runs are done already"), std::string::npos) << outcome.err;
  const std::vector<std::string> two = lines(read("whole/epochs.csv")), three = lines(read("part/epochs.csv"));
  ASSERT_EQ(three.size(), 1U + 3 * 4);
  EXPECT_TRUE(std::equal(two.begin(), two.end(), three.begin()));
}

TEST_F(CompareTest, ARunWhoseLastStepDivergesIsOneToo) {
  // The only step's own loss is finite; where it leads no loss is.
  const Json json = compare("--data sine --activation relu,identity --lr 1e25 --batch-size full --epochs 1 --seeds 3");
  for (const Json& variant : json["variants"]) EXPECT_EQ(variant["diverged"], 3) << variant;
}

TEST_F(CompareTest, DropoutLeavesTheInitialDrawsAsTheyAre) {
  // With hardly any rate the losses are those of the draws and the data.
  const auto losses = [&](const std::string& words, const std::string& out) {
    succeed(small("--activation tanh --hidden 4,4 --lr 1e-30 --seeds 3 --out " + out + words));
    std::vector<std::string> all;  // of each epoch, on the test part
    for (const std::string& line : lines(read(out + "/epochs.csv"))) {
      std::istringstream fields(line);
      std::string field;
      for (int i = 0; i <= 5; ++i) std::getline(fields, field, ',');
      all.push_back(field);
    }
    return all;
  };
  const std::vector<std::string> without = losses("", "without");
  EXPECT_EQ(without.size(), 1U + 3 * 4);
  EXPECT_EQ(without[0], "test_loss");
  EXPECT_NE(without[1], without[5]);  // another seed
  EXPECT_EQ(losses(" --dropout 0.5", "with"), without);
}

TEST_F(CompareTest, ADivergedRunIsAResult) {
  const Json json = compare("--data sine --activation relu,identity --lr 1e10 --seeds 3");
  for (const Json& variant : json["variants"]) EXPECT_EQ(variant["diverged"], 3);
}

TEST_F(CompareTest, TunesTheLearningRate) {
  const Json json = compare("--activation tanh,sigmoid --learning-rate auto --seeds 2");
  for (const Json& variant : json["variants"]) {
    const double rate = variant["settings"]["learning-rate"];
    EXPECT_TRUE(rate >= 0.001 && rate <= 1) << rate;
  }
}

TEST_F(CompareTest, ShapesNetworks) {
  const Json json = compare("--activation tanh --vary depth=1,3 --vary width=2,5 --seeds 1");
  std::vector<std::string> shapes;
  for (const Json& variant : json["variants"]) shapes.push_back(variant["settings"]["hidden"]);
  std::ranges::sort(shapes);
  EXPECT_EQ(shapes, (std::vector<std::string>{"2", "2,2,2", "5", "5,5,5"}));
  const Json lists = compare("--vary hidden=3,3;7 --seeds 1");
  EXPECT_EQ(lists["variants"].size(), 2U);
}

TEST_F(CompareTest, RequestsAreChecked) {
  expect_error("compare --activation relu", 2, "no data (--data)");
  expect_error("compare --data xor --activation relu,tahn", 2, "did you mean \"tanh\"");
  expect_error("compare --data xor --activation relu,relu", 2, "given twice (--activation)");
  expect_error("compare --data xor --vary inti=zeros", 2, "did you mean \"init\"");
  expect_error("compare --data xor --vary init", 2, "names no values (--vary)");
  expect_error("compare --data xor --vary seed=1,2", 2, "use --seeds");
  expect_error("compare --data xor --vary nesterov=maybe", 2, "give on or off");
  expect_error("compare --data xor --learning-rate auto --vary lr=1,2", 2, "leave one of them out");
  expect_error("compare --data xor --seeds 0", 2, "out of range (--seeds)");
  expect_error("compare --data xor --force", 2, "nothing to replace (--force)");
  expect_error("compare --data xor --vary data=xor,sine", 2, "not of one kind");
  EXPECT_TRUE(files().empty());
}

}  // namespace
}  // namespace tinymlp::test
