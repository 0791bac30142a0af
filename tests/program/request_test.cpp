// What the program says about itself, and to a request that is wrong.
#include "program.h"

#include <algorithm>

namespace tinymlp::test {
namespace {

TEST_F(ProgramTest, HelpIsOnStandardOutputAndFitsATerminal) {
  for (const std::string command : {"", "train", "evaluate", "predict", "compare", "collapse", "inspect", "activations",
                                    "gradcheck", "experiment", "data", "devices", "parity", "bench"}) {
    const Outcome outcome = run(command + " --help");
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.err, "");
    const auto at = outcome.out.find("Examples:\n  tinymlp ");
    ASSERT_NE(at, std::string::npos) << outcome.out;
    EXPECT_GE(lines(outcome.out.substr(at)).size(), 3U) << command;  // two of them, or more
    for (const std::string& line : lines(outcome.out)) EXPECT_LE(line.size(), 104U) << line;
  }
  EXPECT_EQ(run("train --data spiral -h").status, 0);
}

TEST_F(ProgramTest, HelpNamesEveryCommandAndDefault) {
  for (const char* command : {"train", "evaluate", "predict", "data", "devices", "parity", "bench"})
    EXPECT_NE(succeed("--help").find(std::string("\n  ") + command + " "), std::string::npos);
  const std::string help = succeed("train --help");
  for (const char* part :
       {"--hidden", "(default: 32,32)", "--learning-rate", "(default: 0.1)", "--epochs", "(default: 100)"})
    EXPECT_NE(help.find(part), std::string::npos) << part;
}

TEST_F(ProgramTest, VersionIsOneLine) {
  const std::string version = succeed("--version");
  EXPECT_TRUE(version.starts_with("tinymlp 0."));
  EXPECT_NE(version.find("commit"), std::string::npos);
  EXPECT_EQ(lines(version).size(), 1U);
}

TEST_F(ProgramTest, MisspeltNamesGetTheNearestRightOne) {
  const std::pair<const char*, const char*> cases[] = {
      {"trian --data xor", "did you mean \"train\"?"},
      {"--hlep", "did you mean \"--help\"?"},
      {"train --data spirl", "did you mean \"spiral\"?"},
      {"train --data xor --learning-rte 1", "did you mean \"--learning-rate\"?"},
      {"train --data xor --activation rleu", "did you mean \"relu\"?"},
      {"train --data xor --output-activation tahn", "did you mean \"tanh\"?"},
      {"train --data xor --hidden 8:sigmid", "did you mean \"sigmoid\"?"},
      {"train --data xor --init he-nromal", "did you mean \"he-normal\"?"},
      {"train --data xor --loss bec", "did you mean \"bce\"?"},
      {"train --data xor --optimizer adm", "did you mean \"adam\"?"},
      {"train --data xor --schedule cosin", "did you mean \"cosine\"?"},
      {"train --data xor --target-coding plus-mins", "did you mean \"plus-minus\"?"},
      {"train --data xor --device cup", "did you mean \"cpu\"?"},
      {"train --data xor epochs 5", "did you mean \"--epochs\"?"},
      {"data sprial", "did you mean \"spiral\"?"},
  };
  for (const auto& [words, part] : cases) expect_error(words, 2, part);
  EXPECT_TRUE(files().empty());
}

TEST_F(ProgramTest, WrongValuesNameTheirOption) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "no command"},
      {"train", "--data"},
      {"train --data", "--data"},
      {"train --data --epochs 3", "a value is missing (--data)"},
      {"train --data xor --epochs 3 --epochs 4", "given 2 times (--epochs)"},
      {"train --data xor --lr 1 --learning-rate 2", "given 2 times (--learning-rate)"},
      {"train --data xor stray", "unexpected argument \"stray\""},
      {"train --data xor --lr fast", "\"fast\" is not a number (--learning-rate)"},
      {"train --data xor --lr 0.1x", "\"0.1x\" is not a number (--learning-rate)"},
      {"train --data xor --lr nan", "\"nan\" is not a number (--learning-rate)"},
      {"train --data xor --lr=-1", "-1 is out of range (--learning-rate)"},
      {"train --data xor --lr 1e30", "the learning rate is 1e+30: give a number from 0 to below 1e30"},
      {"train --data xor --momentum 1", "1 is out of range (--momentum)"},
      {"train --data xor --nesterov", "no momentum (--nesterov)"},
      {"train --data xor --nesterov=yes", "--nesterov"},
      {"train --data xor --optimizer adam --momentum 0.9", "takes no momentum (--momentum)"},
      {"train --data xor --optimizer adagrad --momentum 0.9", "takes no momentum (--momentum)"},
      {"train --data xor --optimizer rmsprop --momentum 0.9 --nesterov", "sgd's, not rmsprop's (--nesterov)"},
      {"train --data xor --weight-decay=-1", "--weight-decay"},
      {"train --data xor --l1 x", "\"x\" is not a number (--l1)"},
      {"train --data xor --clip-norm=-1", "-1 is out of range (--clip-norm)"},
      {"train --data xor --schedule step", "write \"step(EVERY,FACTOR)\""},
      {"train --data xor --schedule plateau(2,2)", "FACTOR is 2"},
      {"train --data xor --warmup 3 --epochs 2", "(--warmup)"},
      {"train --data xor --dropout 1.5", "--dropout"},
      {"train --data xor --dropout 0.1,0.2,0.3", "3 probabilities for 2 hidden layers (--dropout"},
      {"train --data xor --hidden none --dropout 0.1", "no hidden layer"},
      {"train --data xor --loss hinge --target-coding zero-one", "the loss hinge takes classes of -1 and 1"},
      {"train --data xor --loss bce --target-coding plus-minus", "the loss bce takes classes of 0 and 1"},
      {"train --data sine --target-coding plus-minus", "targets that are numbers have no coding"},
      {"train --data sine --loss hinge", "the loss hinge is for classes"},
      {"train --data xor --epochs 2.5", "\"2.5\" is not a whole number (--epochs)"},
      {"train --data xor --batch-size 0", "--batch-size"},
      {"train --data xor --batch-size half", "--batch-size"},
      {"train --data xor --threads 0", "--threads"},
      {"train --data xor --seed -3", "--seed"},
      {"train --data xor --samples 0", "--samples"},
      {"train --data xor --noise 9", "noise 9"},
      {"train --data xor --test-fraction 1", "--test-fraction"},
      {"train --data xor --hidden 16,,16", "--hidden"},
      {"train --data xor --hidden 0", "--hidden"},
      {"train --data xor --hidden 1000000,1000000", "--hidden"},
      {"train --data xor --init normal", "normal(0.01)"},
      {"train --data xor --init gone.safetensors", "gone.safetensors"},
      {"train --data xor --target y", "--target"},
      {"train --data xor --force", "--force"},
      {"train --data sine --loss bce", "--loss"},
      {"train --data gone.csv", "gone.csv"},
      {"train --data fashion-mnist --data-dir .", "fashion-mnist"},
      {"train --data .", "train-images-idx3-ubyte"},
      {"train --data xor --validation-fraction 1", "--validation-fraction"},
      {"train --data xor --validation-fraction 0.999", "leaves no row to train on"},
      {"evaluate --data xor", "no MODEL"},
      {"evaluate gone --data xor", "gone"},
      {"evaluate . --data xor", "model.safetensors"},
      {"data", "data"},
  };
  for (const auto& [words, part] : cases) expect_error(words, 2, part);
  EXPECT_TRUE(files().empty());
}

TEST_F(ProgramTest, ADeviceIsChosenAfterAllElseIsChecked) {
  setenv("TINYMLP_CUDA_LIBRARY", "/nowhere.so", 1);  // so that no GPU can be used, even if there is one
  expect_error("train --data xor --device cuda", 2, "no GPU can be used (--device cuda): the library /nowhere.so");
  expect_error("parity --data xor", 2, "no GPU can be used (parity): the library /nowhere.so");
  expect_error("train --data gone.csv --device cuda", 2, "gone.csv");
  expect_error("train --data xor --init gone.safetensors --device cuda", 2, "gone.safetensors");
  expect_error("train --data xor --device cuda --out run", 2, "no GPU can be used");
  unsetenv("TINYMLP_CUDA_LIBRARY");
  EXPECT_TRUE(files().empty());
}

TEST_F(ProgramTest, ControlCharactersInNamesCannotSpoilTheLine) {
  const Outcome outcome = run({"train", "--data", "a\nb\x1B[31m.csv"}, {});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(lines(outcome.err).size(), 1U);
  EXPECT_EQ(outcome.err.find('\x1B'), std::string::npos);
}

TEST_F(ProgramTest, AFullDiskIsAFailure) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  expect_error("data moons --output /dev/full", 1, "/dev/full");
}

TEST_F(ProgramTest, DataListDescribesEverySet) {
  const auto all = lines(succeed("data list"));
  EXPECT_GE(all.size(), 10U);
  for (const char* name : {"spiral", "xor4", "fashion-mnist"})
    EXPECT_EQ(
        std::ranges::count_if(all, [&](const std::string& line) { return line.starts_with(std::string(name) + " "); }),
        1);
}

TEST_F(ProgramTest, DataWritesCsv) {
  EXPECT_EQ(succeed("data xor4"), "x1,x2,label\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
  const std::string moons = succeed("data moons --samples 7 --noise 0.2 --data-seed 3");
  EXPECT_EQ(lines(moons).size(), 8U);
  EXPECT_EQ(succeed("data moons --samples 7 --noise 0.2 --data-seed 3 --output moons.csv"), "");
  EXPECT_EQ(read("moons.csv"), moons);
  EXPECT_NE(succeed("data moons --samples 7 --noise 0.2 --data-seed 4"), moons);
}

}  // namespace
}  // namespace tinymlp::test
