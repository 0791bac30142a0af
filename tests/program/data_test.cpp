// The options that choose data: standardized features, a validation part, extremes.
#include <cmath>
#include <sstream>

#include "program.h"
#include "tinymlp/io/model.h"

namespace tinymlp::test {
namespace {

class DataTest : public ProgramTest {
 protected:
  Json train(const std::string& words) const { return json_lines(succeed("train --json --quiet " + words)).back(); }
  Json evaluate(const std::string& words) const { return Json::parse(succeed("evaluate --json " + words)); }
};

/// Two classes told apart by a difference that is small beside the features' sizes; the third feature is constant.
std::string distant_rows(int rows) {
  std::ostringstream text;
  text << "weight,share,constant,kind\n";
  for (int i = 0; i < rows; ++i)
    text << 1000000 + 10 * (i % 7) + (i % 2) * 200 << "," << 1e-7 * ((i % 5) + (i % 2)) << ",0.1,"
         << (i % 2 ? "odd" : "even") << "\n";
  return text.str();
}

TEST_F(DataTest, StandardizedFeaturesAreLearntAndTheModelRemembersHow) {
  write("rows.csv", distant_rows(101));
  const Json raw = train("--data rows.csv --epochs 60 --activation tanh"),
             standardized = train("--data rows.csv --epochs 60 --activation tanh --standardize --out run");
  EXPECT_LT(number(raw["test_accuracy"]), 0.8);
  EXPECT_EQ(standardized["test_accuracy"], 1);
  EXPECT_TRUE(std::isfinite(standardized["test_loss"].get<double>()));
  EXPECT_EQ(read_json("run/run.json")["settings"]["standardize"], true);
  const ModelFile model = read_model(path("run"));
  ASSERT_EQ(model.description.scaling.mean.size(), 3U);
  EXPECT_NEAR(model.description.scaling.mean[0], 1000130, 20);
  EXPECT_EQ(model.description.scaling.mean[2], 0.1);
  EXPECT_EQ(model.description.scaling.deviation[2], 1);
  EXPECT_NEAR(evaluate("run --data rows.csv --test-fraction 0.2")["loss"].get<double>(),
              standardized["test_loss"].get<double>(), 1e-12);
  EXPECT_EQ(evaluate("run --data rows.csv --standardize")["accuracy"], 1);
}

TEST_F(DataTest, TheTrainingRowsAloneTellTheScaling) {
  write("train.csv", "x,y\n1,0.5\n3,1.5\n5,2.5\n");
  write("test.csv", "x,y\n1000000,0.5\n");
  succeed("train --quiet --data train.csv --test-data test.csv --standardize --epochs 1 --out run");
  EXPECT_EQ(read_model(path("run")).description.scaling.mean, std::vector<double>{3});
  succeed(
      "train --quiet --data train.csv --validation-fraction 0.4 --test-fraction 0 --standardize --epochs 1 --out two");
  const double mean = read_model(path("two")).description.scaling.mean.at(0);
  EXPECT_TRUE(mean == 2 || mean == 3 || mean == 4) << mean;  // of two of the three rows
  EXPECT_NEAR(read_model(path("two")).description.scaling.deviation.at(0), mean == 3 ? 2 : 1, 1e-12);
}

TEST_F(DataTest, AFileThatDoesNotSayIsStandardizedByTheRowsThatAreNotLookedAt) {
  write("rows.csv", distant_rows(60));
  succeed("train --quiet --data rows.csv --standardize --test-fraction 0 --epochs 30 --out run");
  ModelFile model = read_model(path("run"));
  // The same weights without a description: two tensors a layer, as PyTorch names them.
  const std::string bytes = read("run/model.safetensors");
  const Json before = evaluate("run --data rows.csv");
  std::string foreign = bytes;
  const auto at = foreign.find("\"tinymlp\"");
  ASSERT_NE(at, std::string::npos);
  foreign.replace(at, 9, "\"unknown\"");
  write("foreign.safetensors", foreign);
  EXPECT_NEAR(evaluate("foreign.safetensors --data rows.csv --standardize")["loss"].get<double>(),
              before["loss"].get<double>(), 1e-6);
  EXPECT_GT(evaluate("foreign.safetensors --data rows.csv")["loss"].get<double>(), before["loss"].get<double>() + 1);
}

TEST_F(DataTest, StandardizingIsRefusedWhereItMeansNothing) {
  succeed("train --quiet --data xor --epochs 1 --out run");
  expect_error("evaluate run --data xor --standardize", 2, "as they are (--standardize)");
}

TEST_F(DataTest, ValidationRowsAreNotTrainedOn) {
  const auto start = json_lines(succeed("train --json --data xor --validation-fraction 0.2 --epochs 1")).front();
  EXPECT_EQ(start["data"]["training_rows"], 200);
  EXPECT_EQ(start["data"]["test_rows"], 250);
  EXPECT_EQ(start["settings"]["validation-fraction"], 0.2);
  succeed("train --quiet --data xor --epochs 3 --validation-fraction 0.2 --out run");
  EXPECT_EQ(evaluate("run --data xor")["loss"], read_json("run/run.json")["metrics"]["test_loss"]);
}

TEST_F(DataTest, NumbersThatFloatsCannotHoldNeedStandardizing) {
  write("huge.csv", "x,y\n1e300,0.5\n-1e300,1.5\n3e300,2.5\n2e300,1\n1e299,1\n");
  expect_error("train --data huge.csv --epochs 2 --out run", 2, "\"x\"): standardize");
  EXPECT_FALSE(exists("run"));
  EXPECT_TRUE(
      std::isfinite(train("--data huge.csv --epochs 2 --standardize --lr 0.01 --out run")["train_loss"].get<double>()));
  EXPECT_TRUE(std::isfinite(evaluate("run --data huge.csv")["loss"].get<double>()));
  write("targets.csv", "x,y\n1,1e300\n2,1.5\n3,2.5\n");
  expect_error("train --data targets.csv --standardize", 2, "column \"y\"): give smaller numbers");
}

TEST_F(DataTest, SmallSetsAndLargeBatchesTrain) {
  write("one.csv", "x,y\n3,0.5\n");
  for (const std::string standardize : {"", " --standardize"})
    EXPECT_LT(number(train("--data one.csv --batch-size 64 --lr 0.05" + standardize)["train_loss"]), 0.01);
  write("constant.csv", "x,kind\n3,a\n3,b\n3,a\n3,b\n3,a\n");
  EXPECT_TRUE(std::isfinite(train("--data constant.csv --standardize")["train_loss"].get<double>()));
  write("header.csv", "x,y\n");
  expect_error("train --data header.csv", 2, "no row");
  write("class.csv", "x,kind\n3,a\n");
  expect_error("train --data class.csv", 2, "one class");
}

TEST_F(DataTest, AClassWithoutTrainingRowsIsKnownAllTheSame) {
  write("rows.csv", "x,kind\n0,a\n1,a\n5,b\n6,b\n9,c\n");
  write("train.csv", "x,kind\n0,a\n1,a\n5,b\n6,b\n");
  write("test.csv", "x,kind\n0,a\n9,c\n");
  expect_error("train --data train.csv --test-data test.csv", 2, "unknown class \"c\"");
  // Of 1, 2 and 2 rows half are tested on; whichever it is, the model knows three classes and its numbers are finite.
  for (const std::string seed : {"0", "1", "2", "3"}) {
    const Json result =
        train("--data rows.csv --epochs 50 --lr 0.05 --test-fraction 0.4 --out run --force --data-seed " + seed);
    EXPECT_TRUE(std::isfinite(result["test_loss"].get<double>())) << seed;
    const Json seen = evaluate("run --data rows.csv");
    EXPECT_EQ(seen["classes"], Json({"a", "b", "c"}));
    EXPECT_TRUE(std::isfinite(seen["loss"].get<double>()));
  }
}

}  // namespace
}  // namespace tinymlp::test
