// tinymlp predict: from CSV to CSV, with models of ours and of PyTorch's.
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "program.h"
#include "source_folder.h"

namespace tinymlp::test {
namespace {

class PredictTest : public ProgramTest {
 protected:
  /// Classes with text labels in a table of semicolons, and a model of it in run/.
  void SetUp() override {
    ProgramTest::SetUp();
    std::ostringstream text;
    text << "\xEF\xBB\xBF\"petal length\";petal width;species\r\n";
    for (int i = 0; i < 60; ++i) {
      const int kind = i % 3;
      text << 10 + 3 * kind + 0.1 * (i % 7) << ";" << 0.5 * kind + 0.02 * (i % 5) << ";"
           << (kind == 0   ? "setosa"
               : kind == 1 ? "versicolor"
                           : "\"virginica; or so\"")
           << "\r\n";
    }
    write("flowers.csv", text.str());
  }
  void train_flowers() const {
    succeed("train --quiet --data flowers.csv --target species --standardize --epochs 200 --out run");
  }
};

using Rows = std::vector<std::vector<std::string>>;

/// The fields of a CSV without quotes.
Rows fields(const std::string& text) {
  Rows rows;
  for (const std::string& line : lines(text)) {
    rows.emplace_back();
    std::istringstream stream(line);
    for (std::string field; std::getline(stream, field, ',');) rows.back().push_back(field);
  }
  return rows;
}

void expect_near(const Rows& got, const Rows& expected) {
  ASSERT_EQ(got.size(), expected.size());
  EXPECT_EQ(got[0], expected[0]);
  for (std::size_t row = 1; row < got.size(); ++row) {
    ASSERT_EQ(got[row].size(), expected[row].size());
    for (std::size_t i = 0; i < got[row].size(); ++i)
      EXPECT_NEAR(std::stod(got[row][i]), std::stod(expected[row][i]),
                  1e-6 * (1 + std::abs(std::stod(expected[row][i]))))
          << "row " << row;
  }
}

TEST_F(PredictTest, GoesFromATableOfTextLabelsToPredictions) {
  train_flowers();
  EXPECT_EQ(Json::parse(succeed("evaluate run --data flowers.csv --json"))["accuracy"], 1);
  const std::string out = succeed("predict run --data flowers.csv");
  const auto all = lines(out);
  ASSERT_EQ(all.size(), 61U);
  EXPECT_EQ(all[0], "prediction,p(setosa),p(versicolor),\"p(virginica; or so)\"");
  EXPECT_TRUE(all[1].starts_with("setosa,")) << all[1];
  EXPECT_TRUE(all[2].starts_with("versicolor,")) << all[2];
  EXPECT_TRUE(all[3].starts_with("\"virginica; or so\",")) << all[3];
  for (std::size_t row = 1; row < all.size(); ++row) {
    const std::string numbers =
        all[row].substr(all[row].rfind("\"") == std::string::npos ? all[row].find(',') + 1 : all[row].rfind("\"") + 2);
    double sum = 0;
    const Rows shares = fields(numbers);
    for (const std::string& share : shares[0]) sum += std::stod(share);
    EXPECT_NEAR(sum, 1, 1e-12) << all[row];
  }
  EXPECT_EQ(succeed("predict run/model.safetensors --data flowers.csv"), out);
}

TEST_F(PredictTest, MatchesColumnsByNameAndIgnoresOthers) {
  train_flowers();
  const std::string expected = succeed("predict run --data flowers.csv");
  std::string other = "name,petal width,petal length\n", bare;
  for (int i = 0; i < 60; ++i) {
    std::ostringstream width, length;
    width << 0.5 * (i % 3) + 0.02 * (i % 5);
    length << 10 + 3 * (i % 3) + 0.1 * (i % 7);
    other += "Ann," + width.str() + "," + length.str() + "\n";
    bare += length.str() + "\t" + width.str() + "\n";
  }
  write("other.csv", other);
  write("bare.csv", bare);
  EXPECT_EQ(succeed("predict run --data other.csv"), expected);
  EXPECT_EQ(succeed("predict run --data bare.csv"), expected);
}

TEST_F(PredictTest, ATargetWithoutANameIsTheLastColumnAndThatIsSaid) {
  train_flowers();
  const std::string expected = succeed("predict run --data flowers.csv"), text = read("flowers.csv");
  write("bare.csv", text.substr(text.find('\n') + 1));
  const Outcome outcome = run("predict run --data bare.csv");
  EXPECT_EQ(outcome.out, expected);
  EXPECT_NE(outcome.err.find("the last of 3 columns is taken for the target"), std::string::npos) << outcome.err;
  EXPECT_EQ(run("predict run --data bare.csv --quiet").err, "");
  EXPECT_EQ(run("predict run --data bare.csv --target 2").err.find("the last"), std::string::npos);
  EXPECT_EQ(succeed("predict run --data bare.csv --target 2"), expected);
}

TEST_F(PredictTest, SaysWhichColumnsDoNotFit) {
  train_flowers();
  write("misspelt.csv", "petal length,petal widht\n1,2\n");
  expect_error("predict run --data misspelt.csv", 2, "\"petal width\" of the model is missing (misspelt.csv)");
  expect_error("predict run --data misspelt.csv", 2, "is it the column \"petal widht\"?");
  write("few.csv", "1\n2\n");
  expect_error("predict run --data few.csv", 2, "1 features, but the model has 2");
  write("many.csv", "1,2,3,4\n5,6,7,8\n");
  expect_error("predict run --data many.csv", 2, "4 features, but the model has 2");
  write("text.csv", "petal length,petal width\n1,2\n3,wide\n");
  expect_error("predict run --data text.csv", 2,
               "\"wide\" is not a number (text.csv, line 3, row 2, column \"petal width\")");
  write("missing.csv", "petal length,petal width\n1,2\n,4\n");
  expect_error("predict run --data missing.csv", 2,
               "a value is missing (missing.csv, line 3, row 2, column \"petal length\")");
  write("empty.csv", "petal length,petal width\n");
  expect_error("predict run --data empty.csv", 2, "no row");
  write("huge.csv", "petal length,petal width\n1,1e200\n");
  expect_error("predict run --data huge.csv", 2,
               "beyond the range of a float (huge.csv, row 1, column \"petal width\")");
  for (const std::string words :
       {"", " --data .", " --data spiral", " --data gone.csv", " --data flowers.csv --target kind",
        " --data flowers.csv --activation tanh", " --data flowers.csv --task regression",
        " --data flowers.csv --output .", " --data flowers.csv --output gone/p.csv"})
    expect_error("predict run" + words, 2, "(");
  EXPECT_FALSE(exists("gone"));
}

TEST_F(PredictTest, GivesNumbersForARegression) {
  succeed("train --quiet --data sine --activation tanh --epochs 50 --out run");
  succeed("data sine --output sine.csv");
  const Rows predictions = fields(succeed("predict run --data sine.csv")), data = fields(read("sine.csv"));
  ASSERT_EQ(predictions.size(), 501U);
  EXPECT_EQ(predictions[0], std::vector<std::string>{"prediction"});
  double squares = 0;
  for (std::size_t row = 1; row < 501; ++row)
    squares += std::pow(std::stod(predictions[row].at(0)) - std::stod(data[row].at(1)), 2) / 500;
  const Json seen = Json::parse(succeed("evaluate run --data sine.csv --json"));
  EXPECT_NEAR(squares, seen["loss"].get<double>(), 1e-6);
  for (std::size_t row = 1; row < 501; ++row) {
    const std::string& text = predictions[row][0];
    EXPECT_EQ(text.find_first_not_of("0123456789.-e"), std::string::npos) << text;
  }
}

TEST_F(PredictTest, AgreesWithEvaluateForEveryLossOfClasses) {
  for (const std::string loss : {"mse", "half-mse", "bce", "cross-entropy"}) {
    succeed("train --quiet --data moons --epochs 20 --out run --force --loss " + loss);
    succeed("data moons --output moons.csv");
    const Rows predictions = fields(succeed("predict run --data moons.csv")), data = fields(read("moons.csv"));
    EXPECT_EQ(predictions[0], (std::vector<std::string>{"prediction", "p(0)", "p(1)"}));
    double right = 0;
    for (std::size_t row = 1; row < predictions.size(); ++row) {
      right += predictions[row][0] == data[row][2] ? 1 : 0;
      const double p = std::stod(predictions[row][2]);
      EXPECT_TRUE(p >= 0 && p <= 1);
      if (loss == "bce" || loss == "cross-entropy") {
        EXPECT_EQ(predictions[row][0], p > 0.5 ? "1" : "0");
      }
    }
    EXPECT_EQ(right / 500, Json::parse(succeed("evaluate run --data moons.csv --json"))["accuracy"]) << loss;
  }
}

TEST_F(PredictTest, WritesAFileWholeEvenOverItsInput) {
  train_flowers();
  const std::string expected = succeed("predict run --data flowers.csv");
  EXPECT_EQ(succeed("predict run --data flowers.csv --output out.csv"), "");
  EXPECT_EQ(read("out.csv"), expected);
  EXPECT_EQ(succeed("predict run --data flowers.csv --output flowers.csv"), "");
  EXPECT_EQ(read("flowers.csv"), expected);
  const std::string before = read("out.csv");
  expect_error("predict run --data out.csv --output out.csv", 2, "out.csv");
  EXPECT_EQ(read("out.csv"), before);
}

TEST_F(PredictTest, JsonIsAnObjectALine) {
  train_flowers();
  const auto rows = json_lines(succeed("predict run --data flowers.csv --json"));
  ASSERT_EQ(rows.size(), 60U);
  EXPECT_EQ(rows[2]["prediction"], "virginica; or so");
  EXPECT_GT(number(rows[2]["p(virginica; or so)"]), 0.5);
}

TEST_F(PredictTest, ReadsAPipeOnce) {
  train_flowers();
  if (!std::filesystem::exists("/bin/sh") || !std::filesystem::exists("/dev/stdin")) GTEST_SKIP() << "no shell";
  const std::string command = "cd '" + path("").string() + "' && cat flowers.csv | " + TINYMLP_PROGRAM +
                              " predict run --data /dev/stdin --quiet > piped.csv";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(read("piped.csv"), succeed("predict run --data flowers.csv"));
}

TEST_F(PredictTest, AModelTrainedWithoutAHeaderGoesByPlace) {
  write("bare.csv", "0,5,0.5\n1,4,1.5\n2,6,2.5\n3,5,3.5\n");
  succeed("train --quiet --data bare.csv --test-fraction 0 --epochs 3 --lr 0.001 --out run");
  const std::string expected = succeed("predict run --data bare.csv");
  write("named.csv", "length,width\n0,5\n1,4\n2,6\n3,5\n");
  EXPECT_EQ(succeed("predict run --data named.csv"), expected);
  write("swapped.csv", "x2,x1\n5,0\n4,1\n6,2\n5,3\n");
  EXPECT_EQ(succeed("predict run --data swapped.csv"), expected);
}

TEST_F(PredictTest, PredictsWhatPyTorchPredicts) {
  const std::string folder = (source_folder() / "tests/reference/exchange").string() + "/";
  const std::pair<const char*, const char*> cases[] = {{"linear", ""},
                                                       {"tanh", " --activation tanh"},
                                                       {"gelu", " --activation gelu --task classification"},
                                                       {"relu", ""}};
  for (const auto& [name, options] : cases) {
    std::ifstream file(folder + name + ".csv");
    std::ostringstream expected;
    expected << file.rdbuf();
    ASSERT_FALSE(expected.str().empty()) << name;
    const std::string words = "predict " + folder + name + ".safetensors --data " + folder + "rows.csv" + options;
    expect_near(fields(succeed(words)), fields(expected.str()));
  }
  const std::string gelu = folder + "gelu.safetensors --activation gelu --data " + folder + "rows.csv ";
  EXPECT_EQ(fields(succeed("predict " + gelu))[0].size(), 1U);  // the logit as a number
  EXPECT_EQ(fields(succeed("predict " + gelu + "--loss bce"))[0].size(), 3U);
  expect_error("predict " + gelu + "--loss cross-entropy", 2, "--loss");
  expect_error("predict " + folder + "relu.safetensors --task regression --data " + folder + "rows.csv", 2,
               "3 numbers for one target");
}

}  // namespace
}  // namespace tinymlp::test
