// Runs that end before their end: by --max-seconds, by a signal, by a kill; and that go on to the very same numbers.
#include <csignal>
#include <sstream>

#include "program.h"

namespace tinymlp::test {
namespace {

/// metrics.csv without its last column, the seconds.
std::string without_seconds(const std::string& csv) {
  std::string text;
  for (const std::string& line : lines(csv)) text += line.substr(0, line.rfind(',')) + "\n";
  return text;
}

class ResumeTest : public ProgramTest {
 protected:
  void expect_same_run(const std::string& one, const std::string& other, const std::string& what) const {
    EXPECT_EQ(read(one + "/model.safetensors"), read(other + "/model.safetensors")) << what;
    EXPECT_EQ(without_seconds(read(one + "/metrics.csv")), without_seconds(read(other + "/metrics.csv"))) << what;
    Json a = read_json(one + "/run.json"), b = read_json(other + "/run.json");
    for (const char* part : {"status", "data", "model", "version"}) EXPECT_EQ(a[part], b[part]) << what << " " << part;
    for (Json* run : {&a, &b}) (*run)["metrics"].erase("seconds");
    EXPECT_EQ(a["metrics"], b["metrics"]) << what;
  }
};

// 50 training rows. A time limit of 0 seconds ends a training after one step.
const std::string base = "train --quiet --data moons --samples 100 --noise 0.3 --hidden 9,7:tanh ";
const std::string small = base + "--batch-size 8 ";

TEST_F(ResumeTest, StoppedAfterEveryStepAndGoneOnWithItIsTheSameRun) {
  const std::string request = small + "--epochs 3 --momentum 0.9 --weight-decay 0.01 --validation-fraction 0.2 ";
  succeed(request + "--out whole");
  succeed(request + "--max-seconds 0 --out run");
  EXPECT_EQ(read_json("run/run.json")["status"], "time over");
  EXPECT_EQ(read_json("run/run.json")["metrics"]["epochs"], 0);
  EXPECT_EQ(read_json("run/run.json")["metrics"]["steps_of_next_epoch"], 1);
  int stops = 1;
  while (read_json("run/run.json")["status"] == "time over" && stops < 100) {
    succeed("train --quiet --resume run");
    ++stops;
  }
  EXPECT_EQ(stops, 15) << "40 rows: 5 steps an epoch";
  expect_same_run("run", "whole", "one step at a time");
  EXPECT_EQ(read_json("run/run.json")["resumed"].size(), 14U);
}

TEST_F(ResumeTest, EverySettingSurvivesAStopInTheMiddleOfAnEpoch) {
  for (const std::string settings :
       {"--batch-size 8", "--batch-size 1 --momentum 0.9 --nesterov", "--no-shuffle", "--batch-size full",
        "--patience 2 --validation-fraction 0.3 --lr 2", "--loss mse --init pytorch", "--threads 2 --test-fraction 0",
        "--standardize --decay-biases --weight-decay 0.1"}) {
    const std::string request = base + "--epochs 12 " + settings;
    succeed(request + " --out whole --force");
    succeed(request + " --max-seconds 0 --out run --force");
    succeed("train --quiet --resume run --max-seconds 0");
    succeed("train --quiet --resume run --max-seconds 1000");
    expect_same_run("run", "whole", settings);
  }
}

TEST_F(ResumeTest, EveryOptimizerScheduleAndDropoutGoesOnWhereItStopped) {
  bool drops = false;
  for (const std::string optimizer : {"sgd --momentum 0.9 --l1 0.001", "adam", "adamw", "rmsprop", "adagrad"})
    for (const std::string schedule : {"constant", "step(2,0.5)", "exponential(0.8)", "cosine", "plateau(0,0.5)"}) {
      const std::string settings = "--lr 0.02 --warmup 2 --clip-norm 1 --optimizer " + optimizer + " --schedule " +
                                   schedule + " --dropout " + (drops ? "0.2,0.4" : "0");
      drops = !drops;
      const std::string request = small + "--epochs 5 " + settings;
      succeed(request + " --out whole --force");
      succeed(request + " --max-seconds 0 --out run --force");
      for (int stop = 0; stop < 3; ++stop) succeed("train --quiet --resume run --max-seconds 0");
      succeed("train --quiet --resume run --max-seconds 1000");
      expect_same_run("run", "whole", settings);
      succeed("train --quiet --config whole/run.json --out again --force");
      EXPECT_EQ(read("again/model.safetensors"), read("whole/model.safetensors")) << settings;
    }
}

TEST_F(ResumeTest, AnInterruptionSavesAndExits130) {
  const std::string request = small + "--epochs 1000000000 --seed 5 ";
  for (const int signal : {SIGINT, SIGTERM}) {
    const std::string run = "run" + std::to_string(signal);
    Running training = start(request + "--checkpoint-seconds 1000 --out " + run);
    wait_for(run + "/run.json", training);
    training.signal(signal);
    const Outcome outcome = training.wait();
    EXPECT_EQ(outcome.status, 130);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("interrupted after "), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("--resume " + run), std::string::npos) << outcome.err;
    EXPECT_EQ(lines(outcome.err).size(), 1U);
    const Json record = read_json(run + "/run.json");
    EXPECT_EQ(record["status"], "interrupted");
    EXPECT_TRUE(exists(run + "/checkpoint/state.safetensors"));
    // To the end of an epoch some way on, and the same without a stop.
    const std::string epochs = std::to_string(record["metrics"]["epochs"].get<int>() + 20);
    succeed("train --quiet --epochs " + epochs + " --resume " + run);
    succeed(small + "--seed 5 --out whole --force --epochs " + epochs);
    EXPECT_EQ(read(run + "/model.safetensors"), read("whole/model.safetensors"));
    EXPECT_EQ(without_seconds(read(run + "/metrics.csv")), without_seconds(read("whole/metrics.csv")));
  }
}

TEST_F(ResumeTest, AnInterruptionWithoutOutKeepsNothing) {
  Running training = start("train --data moons --json --epochs 1000000000");
  training.wait_for_output("\"epoch\":3");
  training.signal(SIGINT);
  const Outcome outcome = training.wait();
  EXPECT_EQ(outcome.status, 130);
  EXPECT_NE(outcome.err.find("nothing is kept without --out"), std::string::npos) << outcome.err;
  EXPECT_EQ(json_lines(outcome.out).back()["event"], "interrupted");
  EXPECT_TRUE(files().empty());
}

TEST_F(ResumeTest, ASecondInterruptionEndsAtOnceAndLeavesNoPartialFile) {
  for (int i = 0; i < 5; ++i) {
    // A state of some megabytes takes a while to write.
    const std::string run = "run" + std::to_string(i);
    Running training = start("train --quiet --data moons --hidden 600,600 --epochs 1000000 --out " + run);
    wait_for(run + "/run.json", training);
    training.signal(SIGINT);
    training.signal(SIGINT);
    EXPECT_EQ(training.wait().status, 130);
    for (const std::string& name : files()) EXPECT_EQ(name.find(".tmp"), std::string::npos) << name;
  }
}

TEST_F(ResumeTest, AKilledRunGoesOnFromItsCheckpoint) {
  const std::string request = small + "--checkpoint-seconds 0.02 ";
  Running training = start(request + "--epochs 1000000000 --out run");
  wait_for("run/checkpoint/state.safetensors", training);
  training.signal(SIGKILL);
  EXPECT_EQ(training.wait().status, 128 + SIGKILL);
  EXPECT_EQ(read_json("run/run.json")["status"], "running");
  // The state is older than the kill: how far it had come is not known, so go on to a fixed end.
  const Outcome outcome = run("train --resume run --epochs 1000000000 --max-seconds 0");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const std::string epochs = std::to_string(read_json("run/run.json")["metrics"]["epochs"].get<int>() + 5);
  succeed("train --quiet --resume run --max-seconds 1000 --epochs " + epochs);
  succeed(request + "--out whole --epochs " + epochs);
  EXPECT_EQ(read("run/model.safetensors"), read("whole/model.safetensors"));
}

TEST_F(ResumeTest, ARunWithoutACheckpointBeginsAnew) {
  succeed(small + "--epochs 4 --out whole");
  succeed(small + "--epochs 4 --out run");
  std::filesystem::remove(path("run/checkpoint/state.safetensors"));
  const Outcome outcome = run("train --resume run");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("from the beginning"), std::string::npos);
  expect_same_run("run", "whole", "without a checkpoint");
}

TEST_F(ResumeTest, MoreEpochsAfterTheEndGoOn) {
  succeed(small + "--epochs 9 --momentum 0.9 --out whole");
  succeed(small + "--epochs 4 --momentum 0.9 --out run");
  succeed("train --quiet --resume run --epochs 9");
  expect_same_run("run", "whole", "4 epochs, then 5");
  EXPECT_EQ(read_json("run/run.json")["settings"]["epochs"], 9);
  succeed("train --quiet --resume run");  // nothing is left to do
  expect_same_run("run", "whole", "nothing more");
}

TEST_F(ResumeTest, EarlyStoppingKeepsTheBestNetwork) {
  const std::string request =
      "train --data moons --samples 120 --noise 0.4 --hidden 64 --lr 1 --batch-size 4 --validation-fraction 0.3 ";
  const auto events = json_lines(succeed(request + "--json --epochs 500 --patience 10 --out run"));
  const Json& result = events.back();
  EXPECT_EQ(result["stopped_early"], true);
  const int best = result["best_epoch"];
  EXPECT_EQ(result["epochs"], best + 10);
  EXPECT_EQ(read_json("run/run.json")["metrics"]["best_epoch"], best);
  double lowest = 1e9;
  int lowest_epoch = 0;
  for (const Json& event : events)
    if (event["event"] == "epoch" && event["validation_loss"] < lowest) {
      lowest = event["validation_loss"];
      lowest_epoch = event["epoch"];
    }
  EXPECT_EQ(lowest_epoch, best);
  EXPECT_EQ(result["validation_loss"], lowest);
  EXPECT_EQ(result["test_loss"], events[static_cast<std::size_t>(best)]["test_loss"]);
  // The best network is that of a training which ends there.
  succeed(request + "--quiet --out short --epochs " + std::to_string(best));
  EXPECT_EQ(read("run/model.safetensors"), read("short/model.safetensors"));
  const std::string csv = read("run/metrics.csv");
  EXPECT_EQ(lines(csv).size(), static_cast<std::size_t>(best) + 11);
  EXPECT_EQ(csv.find(",,"), std::string::npos) << "every column has a value";
}

TEST_F(ResumeTest, ATimeLimitIsSaidInOneLine) {
  const Outcome outcome = run("train --data moons --epochs 1000000000 --max-seconds 0.1");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("test accuracy"), std::string::npos);
  EXPECT_NE(outcome.err.find("the time is over (--max-seconds 0.1) after "), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("nothing is kept without --out"), std::string::npos);
}

TEST_F(ResumeTest, WhatCannotGoOnIsAClearError) {
  const std::string rows =
      "a,b,kind\n0,5,no\n1,5,no\n2,6,yes\n3,5,yes\n0,6,no\n3,6,yes\n1,1,no\n2,2,yes\n5,5,yes\n0,1,no\n";
  write("rows.csv", rows);
  succeed("train --quiet --data rows.csv --epochs 5 --out run");
  expect_error("train --resume gone", 2, "there is no run to go on with (--resume gone)");
  expect_error("train --resume run --lr 0.2", 2, "--learning-rate beside --resume");
  expect_error("train --resume run --data rows.csv", 2, "--data beside --resume");
  expect_error("train --resume run --out other", 2, "--out beside --resume");
  expect_error("train --resume run --config run/run.json", 2, "--config beside --resume");
  expect_error("train --resume run --epochs 4", 2, "the run has begun its epoch 5 (--epochs 4)");
  write("rows.csv", rows + "9,9,yes\n");
  expect_error("train --resume run", 2, "the data are not those that the run began with");
  std::filesystem::remove(path("rows.csv"));
  expect_error("train --resume run", 2, "\"data\" in run/run.json");
  write("rows.csv", rows);
  const std::string state = read("run/checkpoint/state.safetensors"), record = read("run/run.json");
  write("run/checkpoint/state.safetensors", state.substr(0, state.size() / 2));
  expect_error("train --resume run", 2, "run/checkpoint/state.safetensors");
  write("run/checkpoint/state.safetensors", read("run/model.safetensors"));
  expect_error("train --resume run", 2, "it is no checkpoint of this program");
  write("run/checkpoint/state.safetensors", state);
  write("run/run.json", "{\"settings\": {\"data\": \"rows.csv\"}}");
  expect_error("train --resume run", 2, "run/run.json");
  write("run/run.json", record.substr(0, 40));
  expect_error("train --resume run", 2, "run/run.json, byte");
  write("run/run.json", record);
  succeed("train --quiet --resume run --epochs 6");
}

TEST_F(ResumeTest, PatienceNeedsAValidationPart) {
  expect_error("train --data moons --patience 3", 2, "no validation part to look at (--patience)");
  expect_error("train --data moons --samples 10 --validation-fraction 0.05 --patience 3", 2, "(--patience)");
  expect_error("train --data moons --validation-fraction 0.2 --patience 0", 2, "0 is out of range (--patience)");
  expect_error("train --data moons --max-seconds=-1", 2, "-1 is out of range (--max-seconds)");
  EXPECT_TRUE(files().empty());
}

}  // namespace
}  // namespace tinymlp::test
