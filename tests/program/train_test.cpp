// tinymlp train: what it learns, writes, and refuses.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "program.h"

namespace tinymlp::test {
namespace {

/// The last event of a training.
Json result(const std::string& out) { return json_lines(out).back(); }

TEST_F(ProgramTest, LearnsWhatNeedsAnActivation) {
  for (const std::string data : {"xor", "circle", "moons"})
    for (const std::string activation : {"tanh", "relu"})
      EXPECT_GE(result(succeed("train --json --quiet --epochs 300 --data " + data + " --activation " +
                               activation))["test_accuracy"],
                0.95)
          << data << " " << activation;
  EXPECT_GE(number(result(succeed("train --json --quiet --data spiral --epochs 500"))["test_accuracy"]), 0.95);
  EXPECT_GE(
      number(result(succeed("train --json --quiet --data xor4 --epochs 2000 --activation tanh"))["train_accuracy"]), 1);
  for (const std::string activation : {"tanh", "relu"})
    EXPECT_LE(number(result(
                  succeed("train --json --quiet --data sine --epochs 400 --activation " + activation))["test_loss"]),
              0.03)
        << activation;
}

TEST_F(ProgramTest, WithoutAnActivationSomeThingsCannotBeLearnt) {
  for (const std::string data : {"xor", "circle"})
    EXPECT_LE(
        number(result(succeed("train --json --quiet --data " + data + " --activation identity"))["test_accuracy"]), 0.8)
        << data;
  EXPECT_GE(number(result(succeed("train --json --quiet --data gauss --hidden none"))["test_accuracy"]), 0.95);
}

TEST_F(ProgramTest, EveryLossOfTwoClassesLearns) {
  for (const std::string loss : {"mse", "half-mse", "mae", "huber", "hinge", "bce", "cross-entropy"})
    EXPECT_GE(
        number(result(succeed("train --json --quiet --data circle --activation tanh --loss " + loss))["test_accuracy"]),
        0.95)
        << loss;
}

TEST_F(ProgramTest, EveryOptimizerAndScheduleLearns) {
  for (const std::string optimizer : {"adam", "adamw", "rmsprop", "adagrad"})
    EXPECT_GE(number(result(
                  succeed("train --json --quiet --data circle --lr 0.02 --optimizer " + optimizer))["test_accuracy"]),
              0.95)
        << optimizer;
  for (const std::string schedule : {"step(30,0.5)", "exponential(0.98)", "cosine", "plateau(5,0.5)"})
    EXPECT_GE(result(succeed("train --json --quiet --data circle --lr 0.3 --warmup 3 --schedule " +
                             schedule))["test_accuracy"],
              0.95)
        << schedule;
}

TEST_F(ProgramTest, TheLearningRateOfEachEpochIsWrittenDown) {
  std::vector<double> rates;
  for (const Json& event : json_lines(succeed("train --json --data xor --epochs 4 --schedule step(2,0.5) --warmup 1")))
    if (event["event"] == "epoch") rates.push_back(event["learning_rate"]);
  EXPECT_EQ(rates, (std::vector<double>{0.1, 0.1, 0.05, 0.05}));
}

TEST_F(ProgramTest, SettingsOfTrainingAreWrittenDown) {
  succeed(
      "train --data xor --epochs 2 --out run --optimizer adamw --lr 0.01 --l1 0.001 --clip-norm 2 --dropout 0.5,0.25 "
      "--schedule plateau(3,0.5) --warmup 1 --loss hinge");
  const Json settings = read_json("run/run.json")["settings"];
  const std::pair<const char*, Json> expected[] = {
      {"optimizer", "adamw"}, {"weight-decay", 0.01},  {"l1", 0.001},
      {"clip-norm", 2.0},     {"dropout", "0.5,0.25"}, {"schedule", "plateau(3,0.5)"},
      {"warmup", 1},          {"loss", "hinge"},       {"target-coding", "plus-minus"}};
  for (const auto& [name, value] : expected) EXPECT_EQ(settings[name], value) << name;
  succeed("train --data xor --epochs 2 --out plain");
  const Json plain = read_json("plain/run.json")["settings"];
  EXPECT_EQ(plain["weight-decay"], 0.0);
  EXPECT_EQ(plain["dropout"], "none");
  EXPECT_EQ(plain["schedule"], "constant");
}

TEST_F(ProgramTest, DropoutCountsInTheModelsNumberingAndIsOffInEvaluation) {
  const Json trained =
      result(succeed("train --json --quiet --data circle --epochs 50 --hidden 16,16 --dropout 0.1 --out run"));
  const std::string model = read("run/model.safetensors");
  for (const char* name : {"\"0.weight\"", "\"3.weight\"", "\"6.bias\""})
    EXPECT_NE(model.find(name), std::string::npos) << name;
  EXPECT_EQ(model.find("\"2.weight\""), std::string::npos);
  const Json evaluated = Json::parse(succeed("evaluate run --data circle --json"));
  EXPECT_EQ(evaluated["loss"], trained["test_loss"]);
  EXPECT_EQ(evaluated["accuracy"], trained["test_accuracy"]);
}

TEST_F(ProgramTest, DropoutOfNothingChangesNothing) {
  succeed("train --quiet --data xor --epochs 0 --out start");  // initial draws depend on a layer's place
  const auto losses = [&](const std::string& dropout) {
    std::string all;
    for (const Json& event :
         json_lines(succeed("train --json --data xor --epochs 3 --init start/model.safetensors --dropout " + dropout)))
      if (event["event"] == "epoch") all += event["train_loss"].dump() + " ";
    return all;
  };
  EXPECT_EQ(losses("0"), losses("none"));
  EXPECT_NE(losses("0.5"), losses("none"));
  EXPECT_EQ(losses("0.5"), losses("0.5,0.5"));
}

TEST_F(ProgramTest, TheCodingOfClassesIsKeptInTheModel) {
  const Json trained = result(
      succeed("train --json --quiet --data circle --activation tanh --loss mse --target-coding plus-minus --out run"));
  EXPECT_GE(number(trained["test_accuracy"]), 0.95);
  const Json evaluated = Json::parse(succeed("evaluate run --data circle --json"));
  EXPECT_EQ(evaluated["loss"], trained["test_loss"]);
  EXPECT_EQ(evaluated["accuracy"], trained["test_accuracy"]);
  // Errors between -1 and 1 are twice as large as between 0 and 1 before anything is learnt.
  const auto first_loss = [&](const std::string& coding) {
    return json_lines(succeed("train --json --data circle --init zeros --lr 0 --epochs 1 --loss mse --target-coding " +
                              coding))[1]["train_loss"]
        .get<double>();
  };
  EXPECT_EQ(first_loss("plus-minus"), 1);
  EXPECT_NEAR(first_loss("zero-one"), 0.5, 0.1);
}

TEST_F(ProgramTest, WithoutOutNothingIsWritten) {
  succeed("train --data xor --epochs 2");
  EXPECT_TRUE(files().empty());
}

TEST_F(ProgramTest, ARunDirectoryHoldsTheRun) {
  const auto events = json_lines(succeed("train --json --data moons --epochs 7 --seed 3 --out runs/a"));
  ASSERT_EQ(events.size(), 9U);
  EXPECT_EQ(events.front()["event"], "start");
  EXPECT_EQ(events[1]["event"], "epoch");
  EXPECT_EQ(events.back()["event"], "result");
  const Json run = read_json("runs/a/run.json");
  EXPECT_EQ(run["status"], "done");
  EXPECT_EQ(run["settings"]["data"], "moons");
  EXPECT_EQ(run["settings"]["seed"], 3);
  EXPECT_EQ(run["settings"]["epochs"], 7);
  EXPECT_EQ(run["settings"]["learning-rate"], 0.1);
  EXPECT_EQ(run["settings"]["hidden"], "32,32");
  EXPECT_EQ(run["settings"]["loss"], "bce");
  EXPECT_EQ(run["data"]["training_rows"], 250);
  EXPECT_EQ(run["data"]["test_rows"], 250);
  EXPECT_EQ(run["model"]["parameters"], 3 * 32 + 33 * 32 + 33);
  EXPECT_EQ(run["metrics"]["test_loss"], events.back()["test_loss"]);
  const auto rows = lines(read("runs/a/metrics.csv"));
  ASSERT_EQ(rows.size(), 8U);
  EXPECT_EQ(rows[0],
            "epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,test_loss,test_accuracy,learning_rate,"
            "seconds");
  EXPECT_TRUE(rows[7].starts_with("7,"));
  EXPECT_NE(rows[7].find(",,,"), std::string::npos);  // no validation part
  EXPECT_NE(rows[7].find(",0.1,"), std::string::npos);
  for (const char* figure : {"loss", "boundary"})
    EXPECT_TRUE(exists(std::string("runs/a/") + figure + ".gp")) << figure;
}

TEST_F(ProgramTest, WithoutGnuplotScriptAndDataRemain) {
  const Outcome outcome = run("train --data xor --epochs 2 --out run");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.err.find("gnuplot is not installed"), std::string::npos);
  EXPECT_TRUE(exists("run/loss.gp"));
  EXPECT_TRUE(exists("run/boundary.csv"));
  EXPECT_FALSE(exists("run/loss.svg"));
}

TEST_F(ProgramTest, FiguresAreWholeSvgs) {
  if (std::system("gnuplot --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "gnuplot is not installed";
  for (const std::string data : {"xor", "plane", "sine"}) {
    const std::string words = "train --quiet --epochs 3 --lr 0.01 --out " + data + " --data " + data;
    EXPECT_EQ(run(words, {{"PATH", std::getenv("PATH")}}).err, "");
    EXPECT_NE(read(data + "/loss.svg").find("</svg>"), std::string::npos);
    EXPECT_EQ(exists(data + "/boundary.svg"), data != "sine");
  }
  EXPECT_NE(read("xor/boundary.svg").find("<image"), std::string::npos);
}

TEST_F(ProgramTest, TheSameRequestGivesTheSameBytes) {
  const std::string request =
      "train --quiet --data spiral --hidden 70,40:tanh --batch-size 250 --epochs 5 --momentum 0.9 ";
  succeed(request + "--threads 1 --out one");
  for (const std::string threads : {"1", "2", "3"}) {
    succeed(request + "--threads " + threads + " --out again --force");
    EXPECT_EQ(read("again/model.safetensors"), read("one/model.safetensors")) << threads << " threads";
  }
  succeed(request + "--seed 1 --out other");
  EXPECT_NE(read("other/model.safetensors"), read("one/model.safetensors"));
}

TEST_F(ProgramTest, SettingsReachTheTraining) {
  const std::string request = "train --quiet --data xor --epochs 3 --lr 0.01 --out ";
  succeed(request + "plain");
  for (const std::string setting :
       {"--momentum 0.5", "--momentum 0.5 --nesterov", "--weight-decay 0.1", "--weight-decay 0.1 --decay-biases",
        "--batch-size 7", "--batch-size full", "--seed 5", "--no-shuffle", "--init he-uniform", "--init pytorch",
        "--init normal(0.3)", "--activation gelu", "--activation leaky-relu(0.2)", "--output-activation tanh",
        "--loss half-mse", "--data-seed 4", "--noise 0.2", "--samples 300", "--test-fraction 0.3"}) {
    succeed(request + "other --force " + setting);
    EXPECT_NE(read("other/model.safetensors"), read("plain/model.safetensors")) << setting;
  }
  succeed("train --quiet --data xor --epochs 3 --lr 0.02 --out other --force");
  EXPECT_NE(read("other/model.safetensors"), read("plain/model.safetensors"));
  succeed(request + "a --force --weight-decay 0.1");
  succeed(request + "b --force --weight-decay 0.1 --decay-biases");
  EXPECT_NE(read("a/model.safetensors"), read("b/model.safetensors"));
}

TEST_F(ProgramTest, AnExistingRunIsRefusedWithoutForce) {
  succeed("train --quiet --data xor --epochs 2 --out run");
  const std::string before = read("run/model.safetensors");
  expect_error("train --data xor --epochs 3 --out run", 2, "--force");
  EXPECT_EQ(read("run/model.safetensors"), before);
  succeed("train --quiet --data sine --epochs 3 --out run --force");
  EXPECT_EQ(read_json("run/run.json")["settings"]["data"], "sine");
  EXPECT_FALSE(exists("run/boundary.csv")) << "a sine has no boundary: that was the earlier run's";
  write("file", "");
  expect_error("train --data xor --out file", 2, "file");
  expect_error("train --data xor --out file/below", 1, "file/below");
}

TEST_F(ProgramTest, DivergenceIsAFailureThatKeepsTheLastGoodWeights) {
  const Outcome outcome = run("train --quiet --data plane --activation identity --lr 10 --epochs 50 --out run");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(lines(outcome.err).size(), 1U);
  for (const char* part : {"diverged", "epoch", "step", "layer", "lower --learning-rate (now 10)", "run"})
    EXPECT_NE(outcome.err.find(part), std::string::npos) << part;
  const Json run = read_json("run/run.json");
  EXPECT_EQ(run["status"], "diverged");
  EXPECT_GE(number(run["divergence"]["epoch"]), 1);
  EXPECT_EQ(lines(read("run/metrics.csv")).size(), 1 + run["metrics"]["epochs"].get<std::size_t>());
  const Json good = Json::parse(succeed("evaluate run --data plane --json"));
  EXPECT_TRUE(std::isfinite(good["loss"].get<double>()));
}

TEST_F(ProgramTest, QuietLeavesOnlyResults) {
  const Outcome quiet = run("train --data xor --epochs 3 --quiet");
  EXPECT_EQ(quiet.err, "");
  EXPECT_NE(quiet.out.find("test accuracy"), std::string::npos);
  const auto events = json_lines(succeed("train --data xor --epochs 3 --json --quiet"));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0]["event"], "result");
  const Outcome loud = run("train --data xor --epochs 1000", {{"TERM", "xterm"}});
  EXPECT_EQ(loud.err.find('\x1B'), std::string::npos) << "no colour and no bar in a file";
  EXPECT_LE(lines(loud.err).size(), 24U);
}

TEST_F(ProgramTest, GoesOnFromWeightsInAFile) {
  succeed("train --quiet --data xor --hidden 8 --epochs 5 --out run");
  const Json before = read_json("run/run.json")["metrics"];
  const Json after =
      result(succeed("train --json --quiet --data xor --hidden 8 --epochs 0 --init run/model.safetensors"));
  EXPECT_EQ(after["test_loss"], before["test_loss"]);
  expect_error("train --data xor --hidden 9 --init run/model.safetensors", 2, "2-8-1, not 2-9-1");
}

TEST_F(ProgramTest, TestDataAreMatchedByNameAndLabel) {
  write("train.csv", "a,b,kind\n0,5,no\n1,5,no\n2,6,yes\n3,5,yes\n0,6,no\n3,6,yes\n");
  write("test.csv", "kind,b,a\nyes,5,2.5\nyes,5,3\n");  // other columns, one class
  const auto start = json_lines(succeed("train --json --data train.csv --epochs 300 --test-data test.csv"));
  EXPECT_EQ(start.front()["data"]["test_rows"], 2);
  EXPECT_EQ(start.front()["data"]["classes"], Json({"no", "yes"}));
  EXPECT_EQ(start.back()["test_accuracy"], 1);
  write("other.csv", "kind,b,a\nmaybe,5,2.5\n");
  expect_error("train --data train.csv --test-data other.csv", 2, "maybe");
  write("short.csv", "kind,a\nyes,2.5\n");
  expect_error("train --data train.csv --test-data short.csv", 2, "\"b\"");
  expect_error("train --data train.csv --test-data test.csv --test-fraction 0.5", 2, "--test-fraction");
}

TEST_F(ProgramTest, ACsvGivesAFifthOfItsRowsToTheTest) {
  std::ostringstream rows;
  for (int i = 0; i < 50; ++i) rows << i * 0.1 << ";" << i % 7 << ";" << i * 0.2 - 1 << "\n";
  write("rows.csv", rows.str());
  const auto events = json_lines(succeed("train --json --data rows.csv --epochs 2 --lr 0.01"));
  EXPECT_EQ(events.front()["data"]["task"], "regression");
  EXPECT_EQ(events.front()["data"]["training_rows"], 40);
  EXPECT_FALSE(events.back().contains("test_accuracy"));
  const auto classes = json_lines(succeed("train --json --data rows.csv --target 1 --epochs 2 --lr 0.01"));
  EXPECT_EQ(classes.front()["data"]["classes"].size(), 7U);
  EXPECT_EQ(classes.front()["model"]["loss"], "cross-entropy");
}

}  // namespace
}  // namespace tinymlp::test
