// tinymlp gradcheck: everything is right as it is, each planted bug is found, and requests that make no sense are
// refused.
#include <algorithm>
#include <cmath>
#include <set>

#include "program.h"
#include "tinymlp/activations.h"
#include "tinymlp/losses.h"

namespace tinymlp::test {
namespace {

/// The checks that a call with --json reports, and what it says in the end.
struct Report {
  std::vector<Json> checks;
  Json sum;
};
Report report_of(const Outcome& outcome) {
  Report report{json_lines(outcome.out), {}};
  report.sum = report.checks.back();
  report.checks.pop_back();
  return report;
}

TEST_F(ProgramTest, GradcheckFindsNothingWrong) {
  const Outcome outcome = run("gradcheck --json");
  ASSERT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  const auto [checks, sum] = report_of(outcome);
  std::set<std::string> seen;
  for (const Json& check : checks) {
    seen.insert(check.at("kind").get<std::string>() + " " + check.at("what").get<std::string>());
    EXPECT_TRUE(check.at("passed").get<bool>()) << check;
    EXPECT_LE(check.at("worst_error").get<double>(), 1e-7) << check;
    EXPECT_GT(check.at("points").get<int>(), 0) << check;
    EXPECT_EQ(check.at("points_on_kinks"), 0) << check;
  }
  for (const std::string& activation : activation_names()) EXPECT_TRUE(seen.contains("activation " + activation));
  for (const std::string& loss : loss_names()) {
    EXPECT_TRUE(seen.contains("loss " + loss));
    EXPECT_TRUE(seen.contains("network 3-5-2, every activation, " + loss));
  }
  EXPECT_TRUE(seen.contains("layer Dense(3, 5), batch 1"));
  EXPECT_EQ(sum.at("checks"), checks.size());
  EXPECT_EQ(sum.at("failed"), 0);
}

TEST_F(ProgramTest, GradcheckOfOneThingChecksThatAlone) {
  const Outcome activation = run("gradcheck --activation leaky-relu(0.3) --json");
  EXPECT_EQ(activation.status, 0) << activation.err;
  EXPECT_EQ(report_of(activation).checks.size(), 1 + loss_names().size());
  EXPECT_EQ(report_of(activation).checks[0].at("what"), "leaky-relu(0.3)");
  const Outcome loss = run("gradcheck --loss bce --json");
  EXPECT_EQ(report_of(loss).checks.size(), 1 + activation_names().size());
  EXPECT_EQ(report_of(run("gradcheck --loss bce --activation tanh --json")).checks.size(), 3U);
  const auto layer = report_of(run({"gradcheck", "--layer", "Dense(2, 7)", "--json"}, {})).checks;
  ASSERT_EQ(layer.size(), 2U);  // a batch of one and a larger one
  EXPECT_EQ(layer[0].at("points"), 14 + 7 + 2);
}

TEST_F(ProgramTest, GradcheckShowsATable) {
  const Outcome outcome = run("gradcheck --activation relu --loss mse");
  EXPECT_EQ(outcome.status, 0);
  const auto said = lines(outcome.out);
  ASSERT_EQ(said.size(), 5U) << outcome.out;
  for (const char* column : {"check", "points", "worst error", "verdict"})
    EXPECT_NE(said[0].find(column), std::string::npos) << said[0];
  EXPECT_TRUE(said[1].starts_with("activation relu ")) << said[1];
  EXPECT_TRUE(said[1].ends_with("right")) << said[1];
  EXPECT_TRUE(said[4].starts_with("all 3 checks passed")) << said[4];
}

TEST_F(ProgramTest, GradcheckOfATrainedModelPasses) {
  succeed("train --data spiral --samples 60 --epochs 3 --hidden 7:relu,5:tanh --out run --quiet");
  const Outcome outcome = run("gradcheck --model run --data spiral --samples 60 --points 0 --json");
  ASSERT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  const auto [checks, sum] = report_of(outcome);
  ASSERT_EQ(checks.size(), 7U);
  EXPECT_EQ(checks[0].at("what"), "0.weight of Dense(2, 7)");
  EXPECT_EQ(checks[0].at("points"), 14);
  EXPECT_EQ(checks[6].at("what"), "input");
  EXPECT_EQ(checks[6].at("points"), 14);  // 7 rows of 2
  EXPECT_EQ(report_of(run("gradcheck --model run --data spiral --samples 60 --points 3 --batch-size 2 --json"))
                .checks[6]
                .at("points"),
            3);
}

TEST_F(ProgramTest, EachInjectedBugIsFound) {
  // Of each bug's checks, those that find it and those that cannot.
  const std::map<std::string, std::pair<int, int>> expected{{"relu-sigmoid-derivative", {2, 0}},
                                                            {"tanh-without-derivative", {2, 1}},
                                                            {"cross-entropy-sign", {3, 0}},
                                                            {"forgotten-mean", {2, 1}},
                                                            {"transposed-weight-gradient", {2, 1}},
                                                            {"bias-last-row", {1, 1}},
                                                            {"gradients-added", {1, 1}},
                                                            {"derivative-at-y", {2, 1}}};
  const auto names = lines(succeed("gradcheck --inject list"));
  EXPECT_EQ(names.size(), expected.size());
  for (const std::string& name : names) {
    ASSERT_TRUE(expected.contains(name)) << name;
    const Outcome outcome = run("gradcheck --json --inject " + name);
    EXPECT_EQ(outcome.status, 1) << name;
    const auto [checks, sum] = report_of(outcome);
    int found = 0, missed = 0;
    for (const Json& check : checks) {
      if (check.at("passed").get<bool>()) {
        ++missed;
        EXPECT_LE(check.at("worst_error").get<double>(), 1e-7) << name << check;
      } else {
        ++found;
        EXPECT_GE(check.at("worst_error").get<double>(), 0.01) << name << check;
      }
    }
    EXPECT_EQ(std::pair(found, missed), expected.at(name)) << name;
    EXPECT_EQ(sum.at("failed"), found);
  }
}

TEST_F(ProgramTest, AnInjectedBugIsShownWithItsNumbers) {
  const Outcome outcome = run("gradcheck --inject forgotten-mean");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("planted: "), std::string::npos);
  EXPECT_NE(outcome.err.find("tinymlp: error: the planted bug is found by 2 of 3 checks"), std::string::npos)
      << outcome.err;
  EXPECT_NE(outcome.out.find("WRONG"), std::string::npos);
  EXPECT_NE(outcome.out.find("the finite difference"), std::string::npos);
  EXPECT_NE(outcome.out.find("batch"), std::string::npos);
}

TEST_F(ProgramTest, TheSizesOfInjectedErrorsTellTheBug) {
  const auto ratio = [&](const std::string& bug, std::size_t which) {
    const Json check = report_of(run("gradcheck --json --inject " + bug)).checks.at(which);
    return check.at("gradient").get<double>() / check.at("finite_difference").get<double>();
  };
  EXPECT_NEAR(ratio("cross-entropy-sign", 0), -1, 1e-5);
  EXPECT_NEAR(ratio("forgotten-mean", 1), 7, 1e-4);
  EXPECT_NEAR(ratio("gradients-added", 1), 2, 1e-5);
}

TEST_F(ProgramTest, GradcheckRefusesWhatMakesNoSense) {
  expect_error("gradcheck --activation relo", 2, "did you mean \"relu\"?");
  expect_error("gradcheck --loss msee", 2, "did you mean \"mse\"?");
  expect_error("gradcheck --layer Danse", 2, "unknown layer \"Danse\" (--layer): did you mean \"Dense\"?");
  expect_error("gradcheck --layer Dense(3)", 2, "needs two sizes");
  expect_error("gradcheck --inject bias-lost-row", 2, "did you mean \"bias-last-row\"?");
  expect_error("gradcheck --inject bias-last-row --loss mse", 2, "--loss");
  expect_error("gradcheck --data xor", 2, "--data");
  expect_error("gradcheck --points 5", 2, "--points");
  expect_error("gradcheck --model nowhere --data xor", 2, "nowhere");
  succeed("train --data xor --samples 20 --epochs 1 --hidden 3 --out run --quiet");
  expect_error("gradcheck --model run", 2, "--data");
  expect_error("gradcheck --model run --data xor --loss mse", 2, "--loss");
  expect_error("gradcheck --model run --data xor --layer Dense", 2, "--layer");
  expect_error("gradcheck --model run --data xor --batch-size 0", 2, "--batch-size");
}

}  // namespace
}  // namespace tinymlp::test
