// The experiments, run as a user does: the list, records and reports, errors, and some of the catalogue that is quick.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

#include "program.h"

namespace tinymlp::test {
namespace {

std::vector<std::string> listed_ids(const std::string& list) {
  std::vector<std::string> ids;
  for (const std::string& line : lines(list)) ids.push_back(line.substr(0, line.find(' ')));
  return ids;
}

/// Whether what was measured is as it says it should be.
bool holds(const Json& claim) {
  const double value = claim.at("measured");
  const std::string expectation = claim.at("expectation");
  if (expectation == "between")
    return value >= claim.at("reference")[0].get<double>() && value <= claim.at("reference")[1].get<double>();
  const double reference = claim.at("reference"), tolerance = claim.at("tolerance");
  if (expectation == "at least") return value >= reference - tolerance;
  if (expectation == "at most") return value <= reference + tolerance;
  EXPECT_EQ(expectation, "near");
  return value >= reference - tolerance && value <= reference + tolerance;
}

TEST_F(ProgramTest, ExperimentListPrintsOneALineItsIdFirst) {
  const std::string list = succeed("experiment list");
  const std::vector<std::string> ids = listed_ids(list);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
  for (const char* id : {"linear-collapse",   "linear-optimum",
                         "linear-bottleneck", "linear-dynamics",
                         "linear-ceiling",    "xor4",
                         "playground",        "spiral",
                         "approximation",     "fashion-mnist",
                         "activation-curves", "tanh-is-sigmoid",
                         "piecewise-linear",  "vanishing-gradient",
                         "initialization",    "dying-relu",
                         "matrix-product",    "linear-regression",
                         "polynomial",        "weight-decay",
                         "symmetric-input",   "mnist1d",
                         "symmetry",          "dropout"})
    EXPECT_NE(std::ranges::find(ids, id), ids.end()) << id;
  for (const std::string& line : lines(list)) EXPECT_GT(line.size(), line.find("  ") + 10) << line;
}

TEST_F(ProgramTest, ExperimentNamesTheNearestIdBeforeAnythingIsDone) {
  expect_error("experiment xor5 --out run", 2, "unknown experiment \"xor5\": did you mean \"xor4\"?");
  expect_error("experiment matrix-product speral --out run", 2, "did you mean \"spiral\"?");
  expect_error("experiment", 2, "is given");
  expect_error("experiment list xor4", 2, "\"list\" stands alone");
  expect_error("experiment matrix-product --jobs 0", 2, "--jobs");
  expect_error("experiment matrix-product --force", 2, "--out");
  expect_error("experiment fashion-mnist --data-dir nowhere --out run", 2, "fashion-mnist");
  EXPECT_TRUE(files().empty());
}

TEST_F(ProgramTest, ExperimentsGradeThemselves) {
  const Outcome outcome = run("experiment linear-collapse tanh-is-sigmoid matrix-product activation-curves --json");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  const std::vector<Json> records = json_lines(outcome.out);
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[0].at("id"), "linear-collapse");
  EXPECT_EQ(records[3].at("id"), "activation-curves");
  for (const Json& record : records) {
    EXPECT_EQ(record.at("pass"), true) << record.dump(1);
    EXPECT_FALSE(record.at("claims").empty());
    EXPECT_FALSE(record.at("shows").get<std::string>().empty());
    for (const Json& claim : record.at("claims")) {
      EXPECT_EQ(claim.at("pass").get<bool>(), holds(claim)) << claim.dump(1);
      EXPECT_EQ(claim.at("result"), "PASS") << claim.dump(1);
      EXPECT_FALSE(claim.at("source").get<std::string>().empty());
      EXPECT_TRUE(std::set<std::string>({"theory", "published", "measured"}).contains(claim.at("basis"))) << claim;
    }
  }
}

TEST_F(ProgramTest, ExperimentPrintsATableOfItsClaims) {
  const Outcome outcome = run("experiment matrix-product");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.out.starts_with("matrix-product: ")) << outcome.out;
  bool header = false, row = false;
  for (const std::string& line : lines(outcome.out)) {
    header |= line.find("reference  tolerance  measured  result  source") != std::string::npos;
    row |= line.find("0.557966") != std::string::npos && line.find("PASS  theory: Newman 1986") != std::string::npos;
  }
  EXPECT_TRUE(header && row) << outcome.out;
  EXPECT_EQ(run("experiment matrix-product --quiet").err, "");
}

TEST_F(ProgramTest, ExperimentsDoNotDependOnTheNumberOfJobs) {
  const auto claims = [&](const std::string& jobs) {
    Json all;
    for (const Json& record : json_lines(succeed("experiment symmetric-input weight-decay --json --jobs " + jobs)))
      all.push_back(record.at("claims"));
    return all;
  };
  EXPECT_EQ(claims("1"), claims("3"));
}

TEST_F(ProgramTest, ExperimentWritesRecordsFiguresAndAReport) {
  succeed("experiment matrix-product tanh-is-sigmoid --out run");
  for (const char* name : {"run/matrix-product/record.json", "run/matrix-product/growth.gp",
                           "run/matrix-product/growth.csv", "run/experiments.json", "run/report.md", "run/report.html"})
    EXPECT_TRUE(exists(name)) << name;
  EXPECT_EQ(files().size(), 12U);  // three folders, three files in two of them, three for all
  const Json all = read_json("run/experiments.json");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0], read_json("run/matrix-product/record.json"));
  EXPECT_EQ(all[0].at("figures")[0].at("data"), "growth.csv");
  const std::string report = read("run/report.md");
  for (const char* part : {"## matrix-product", "## tanh-is-sigmoid", "Newman 1986", "(matrix-product/growth.svg)"})
    EXPECT_NE(report.find(part), std::string::npos) << part;
  const std::string page = read("run/report.html");
  for (const char* part :
       {"<h1>Why networks need activations</h1>", "<a href=\"#matrix-product\">matrix-product</a>",
        "<h2 id=\"matrix-product\">", "theory: Newman 1986", "<figure class=\"chart\"", "<b class=\"good\">PASS</b>"})
    EXPECT_NE(page.find(part), std::string::npos) << part;
  expect_error("experiment matrix-product --out run", 2, "--force");
  succeed("experiment matrix-product --out run --force");
}

TEST_F(ProgramTest, ExperimentFiguresAreDrawnWhereThereIsGnuplot) {
  if (std::system("command -v gnuplot > /dev/null") != 0) GTEST_SKIP() << "gnuplot is not installed";
  const Outcome outcome = run("experiment matrix-product --out run", {{"PATH", std::getenv("PATH")}});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(read("run/matrix-product/growth.svg").find("</svg>"), std::string::npos);
}

// With an activation the network says one thing of the middle and another all around; without one it cannot.
TEST_F(ProgramTest, PlanesShowWhatEachNetworkSays) {
  const char* const search = std::getenv("PATH");
  const bool draws = std::system("command -v gnuplot > /dev/null") == 0;
  EXPECT_EQ(run("experiment playground --out run", {{"PATH", draws ? search : "/nowhere"}}).status, 0);
  std::vector<std::array<double, 5>> panels(1);  // at the middle and near the corners
  const std::array<std::string, 5> begins{"0.07594", "-6,-6,", "-6,6,", "6,-6,", "6,6,"};
  int empty = 0;
  for (const std::string& line : lines(read("run/playground/circle-planes.csv"))) {
    empty = line.empty() ? empty + 1 : 0;
    if (empty == 2) panels.emplace_back();
    for (std::size_t i = 0; i < 5; ++i)
      if (line.starts_with(begins[i]) && (i > 0 || line.find(",0.07594") != std::string::npos))
        panels.back()[i] = std::stod(line.substr(line.rfind(',') + 1));
  }
  ASSERT_EQ(panels.size(), 3U) << "no activation, relu, tanh";
  for (std::size_t k = 0; k < 3; ++k) {
    const bool corners_differ =
        std::all_of(panels[k].begin() + 1, panels[k].end(), [&](double corner) { return corner * panels[k][0] < 0; });
    EXPECT_EQ(corners_differ, k > 0) << k;
  }
  const std::string svg = draws ? read("run/playground/circle-planes.svg") : "no activation: 0.";
  EXPECT_NE(svg.find("no activation: 0."), std::string::npos);
}

/// An IDX file of bytes: its sizes, big-endian, before the bytes.
std::string idx(const std::vector<unsigned>& sizes, const std::string& bytes) {
  std::string file{'\0', '\0', '\x08', static_cast<char>(sizes.size())};
  for (const unsigned size : sizes)
    for (const int shift : {24, 16, 8, 0}) file += static_cast<char>(size >> shift & 255);
  return file + bytes;
}

// Images that say nothing about their classes: a network that is as good on them as on Fashion-MNIST is a wrong one.
TEST_F(ProgramTest, AClaimThatFailsIsExitStatusOne) {
  std::filesystem::create_directory(path("fashion-mnist"));
  std::string images, labels;
  for (unsigned i = 0; i < 60; ++i) {
    for (unsigned k = 0; k < 784; ++k) images += static_cast<char>((i * 7919 + k * 104729) % 251);
    labels += static_cast<char>(i * i % 97 % 10);
  }
  for (const std::string part : {"train", "t10k"}) {
    write("fashion-mnist/" + part + "-images-idx3-ubyte", idx({60, 28, 28}, images));
    write("fashion-mnist/" + part + "-labels-idx1-ubyte", idx({60}, labels));
  }
  const Outcome outcome = run("experiment fashion-mnist matrix-product --json --data-dir . --out run");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.err.find("tinymlp: error: not every claim holds (fashion-mnist)"), std::string::npos)
      << outcome.err;
  const std::vector<Json> records = json_lines(outcome.out);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].at("pass"), false);
  EXPECT_EQ(records[0].at("claims")[0].at("result"), "FAIL");
  EXPECT_EQ(records[1].at("pass"), true);
  EXPECT_NE(read("run/report.md").find("| FAIL |"), std::string::npos);
}

}  // namespace
}  // namespace tinymlp::test
