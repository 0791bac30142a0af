// bench: shares of the measured limits, as a table and as JSON; growth with its files; what it refuses.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "program.h"

namespace tinymlp::test {
namespace {

constexpr const char* quick = " --seconds 0.001";

/// Forward 2 in out for each layer; backward twice that, less once in the first layer.
const std::map<std::string, double> flop_of_a_unit{{"small-step", 32 * (4 * (2 * 16) + 6 * (16 * 16 + 16 * 1))},
                                                   {"tiny-step", 4 * (4 * (2 * 8) + 6 * (8 * 1))},
                                                   {"predict-row", 2 * (784 * 256 + 256 * 10)},
                                                   {"predict-rows", 2 * (784 * 256 + 256 * 10)}};

TEST_F(ProgramTest, BenchTimesTasksWithOneThreadAndWithAll) {
  const std::vector<std::string> names{"predict-rows", "small-step", "tiny-step", "predict-row"};
  const std::vector<Json> said = json_lines(
      succeed("bench predict-rows small-step tiny-step predict-row --threads 2 --json --quiet" + std::string(quick)));
  ASSERT_EQ(said.size(), 2U + 2U * names.size());
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(said[i].at("event"), "limits");
    EXPECT_EQ(said[i].at("threads"), i + 1);
    for (const char* key : {"multiply_add_flops", "read_bytes_per_second", "triad_bytes_per_second"})
      EXPECT_GT(said[i].at(key).get<double>(), 0) << key;
  }
  for (std::size_t i = 2; i < said.size(); ++i) {
    const Json& task = said[i];
    const std::string& name = names[i / 2 - 1];
    EXPECT_EQ(task.at("event"), "task");
    EXPECT_EQ(task.at("task"), name);
    EXPECT_EQ(task.at("flop"), flop_of_a_unit.at(name));
    EXPECT_EQ(task.at("device"), "cpu");
    EXPECT_EQ(task.at("threads"), i % 2 + 1);
    EXPECT_GE(number(task.at("repetitions")), 3);
    const auto seconds = task.at("seconds").get<double>();
    EXPECT_GT(seconds, 0);
    EXPECT_LE(task.at("quartile1").get<double>(), seconds);
    EXPECT_GE(task.at("quartile3").get<double>(), seconds);
    EXPECT_NEAR(task.at("rate").get<double>() * seconds, 1, 1e-9);
    EXPECT_NEAR(task.at("flops").get<double>() * seconds, task.at("flop").get<double>(), 1e-3);
    EXPECT_NEAR(task.at("share").get<double>() * seconds, task.at("limit_seconds").get<double>(), 1e-12);
    const double products = task.at("flop").get<double>() / said[i % 2].at("multiply_add_flops").get<double>();
    EXPECT_GE(task.at("limit_seconds").get<double>(), products * (1 - 1e-9));
    // The limit is measured in other moments, in which other programs may have taken most of the machine.
    EXPECT_TRUE(task.at("share").get<double>() > 0 && task.at("share").get<double>() < 20) << task;
    EXPECT_TRUE((std::set<Json>{"multiply-adds", "reading"}.contains(task.at("limit")))) << task;
  }
}

TEST_F(ProgramTest, BenchShowsATable) {
  const std::vector<std::string> said = lines(succeed("bench tiny-step --threads 1 --quiet" + std::string(quick)));
  ASSERT_EQ(said.size(), 7U);
  EXPECT_NE(said[0].find(" core"), std::string::npos) << said[0];
  EXPECT_TRUE(said[2].starts_with("limit ")) << said[2];
  EXPECT_TRUE(said[3].starts_with("1 thread ")) << said[3];
  EXPECT_TRUE(said[6].starts_with("tiny-step  1 thread ")) << said[6];
  EXPECT_NE(said[6].find("a step"), std::string::npos) << said[6];
}

TEST_F(ProgramTest, BenchGrowthDrawsAFigureFromWhatItWrites) {
  const std::string words = "bench --growth --largest 16 --threads 2 --json --out growth";
  const Outcome outcome = run(words + quick, {{"PATH", std::getenv("PATH")}});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  std::map<std::string, int> points;
  std::map<int, double> rates;  // by threads
  for (const Json& line : json_lines(outcome.out))
    if (line.at("event") == "limits") {
      rates[line.at("threads").get<int>()] = line.at("multiply_add_flops").get<double>();
    } else if (line.at("event") == "growth") {
      ++points[line.at("sweep").get<std::string>()];
      EXPECT_GT(line.at("seconds").get<double>(), 0);
      const double least = line.at("flop").get<double>() / rates.at(line.at("threads").get<int>());
      EXPECT_NEAR(line.at("multiply_add_seconds").get<double>() / least, 1, 1e-9) << line;
    }
  // Of batch and depth 1, 2, 3, 4, 5, 6, 8, 9, 12, 16, each with one thread and with two.
  EXPECT_EQ(points, (std::map<std::string, int>{{"width", 2}, {"batch", 20}, {"depth", 20}}));
  const std::vector<std::string> rows = lines(read("growth/batch.csv"));
  ASSERT_EQ(rows.size(), 11U);
  EXPECT_EQ(rows[0],
            "batch,flop,parameter_bytes,seconds_1,quartile1_1,quartile3_1,multiply_adds_1,parameters_1,"
            "seconds_2,quartile1_2,quartile3_2,multiply_adds_2,parameters_2");
  EXPECT_TRUE(rows[1].starts_with("1,818176,4884720,")) << rows[1];  // 203,530 parameters, six times 4 bytes
  for (const std::string& row : rows) EXPECT_EQ(std::ranges::count(row, ','), 12) << row;
  expect_error(words, 2, "the directory is not empty");
  std::vector<std::string> written{"growth",           "growth/batch.csv",  "growth/depth.csv",
                                   "growth/growth.gp", "growth/growth.svg", "growth/width.csv"};
  if (outcome.err.find("gnuplot is not installed") != std::string::npos)
    std::erase(written, "growth/growth.svg");
  else
    for (const char* text : {">1 thread<", ">2 threads<", ">its multiply-adds alone<", ">width<", ">batch<", ">depth<"})
      EXPECT_NE(read("growth/growth.svg").find(text), std::string::npos) << text;
  EXPECT_EQ(files(), written);
}

TEST_F(ProgramTest, BenchRefusesWrongRequests) {
  expect_error("bench smal-step", 2, "did you mean \"small-step\"?");
  expect_error("bench --growth small-step", 2, "leave out either it or small-step");
  expect_error("bench --largest 32", 2, "add --growth");
  expect_error("bench --out here", 2, "add --growth");
  expect_error("bench --growth --largest 4097", 2, "--largest");
  expect_error("bench --force", 2, "give --out DIR");
  expect_error("bench --seconds -1", 2, "--seconds");
  expect_error("bench --threads 0", 2, "--threads");
  const Outcome outcome = run("bench --device cuda", {{"TINYMLP_CUDA_LIBRARY", "/nowhere.so"}});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("no GPU can be used (--device cuda)"), std::string::npos) << outcome.err;
  EXPECT_TRUE(files().empty());
}

#ifdef EMULATED_LIBRARY
TEST_F(ProgramTest, BenchClaimsNoLimitOfAGpu) {
  const Outcome outcome =
      run("bench tiny-step --device cuda --json --seconds 0.001", {{"TINYMLP_CUDA_LIBRARY", EMULATED_LIBRARY}});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const std::vector<Json> said = json_lines(outcome.out);
  ASSERT_EQ(said.size(), 1U) << outcome.out;
  EXPECT_EQ(said[0].at("device"), "cuda");
  EXPECT_GT(said[0].at("seconds").get<double>(), 0);
  for (const char* key : {"threads", "limit", "limit_seconds", "share"}) EXPECT_TRUE(said[0].at(key).is_null()) << key;
}
#endif

}  // namespace
}  // namespace tinymlp::test
