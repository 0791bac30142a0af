// tinymlp activations: curves, figures, the catalogue; and what training does with activations of all kinds.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "program.h"

namespace tinymlp::test {
namespace {

std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> all(1);
  for (const char c : line) {
    if (c == ',')
      all.emplace_back();
    else
      all.back() += c;
  }
  return all;
}

TEST_F(ProgramTest, ActivationsPrintsCurvesAsCsv) {
  const auto rows = lines(succeed("activations relu,tanh --csv --device cpu"));
  ASSERT_EQ(rows.size(), 161U);
  EXPECT_EQ(rows[0], "x,relu,relu derivative,tanh,tanh derivative");
  EXPECT_EQ(rows[1].substr(0, 8), "-8,0,0,-");
  EXPECT_EQ(rows[81], "0,0,0,0,1");  // index 80 is exactly 0
  EXPECT_EQ(fields(rows[80])[0], "-0.1");
  EXPECT_EQ(fields(rows[160])[0], "7.9");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto row = fields(rows[i]);
    const double x = -8 + 0.1 * static_cast<double>(i - 1);
    EXPECT_NEAR(std::stod(row[0]), x, 1e-6);
    EXPECT_NEAR(std::stod(row[1]), std::max(x, 0.0), 1e-6);
    EXPECT_EQ(row[2], x > 1e-9 ? "1" : "0");
    EXPECT_NEAR(std::stod(row[3]), std::tanh(x), 1e-6);
    EXPECT_NEAR(std::stod(row[4]), 1 - std::tanh(x) * std::tanh(x), 2e-6);
  }
}

TEST_F(ProgramTest, ActivationsPrintsATableAndJson) {
  const auto table = lines(succeed("activations leaky-relu(0.1),prelu --range -1:1:0.5"));
  ASSERT_EQ(table.size(), 5U);
  EXPECT_NE(table[0].find("leaky-relu(0.1)"), std::string::npos);
  EXPECT_NE(table[0].find("prelu(0.25)"), std::string::npos);
  EXPECT_NE(table[1].find("-0.25"), std::string::npos) << table[1];

  const auto objects = json_lines(succeed("activations relu,hard-tanh(-1,1) --range -2:2:1 --json"));
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_EQ(objects[0],
            Json::parse(R"({"activation":"relu","x":[-2,-1,0,1],"value":[0,0,0,1],"derivative":[0,0,0,1]})"));
  EXPECT_EQ(objects[1]["activation"], "hard-tanh(-1, 1)");
}

TEST_F(ProgramTest, ActivationsTakesAllWhereNoneIsNamed) {
  const auto rows = lines(succeed("activations --csv --range 0:2:1"));
  EXPECT_EQ(fields(rows[0]).size(), 1 + 2 * 27 + 2U);  // "hard-tanh(-1, 1)" and its derivative hold a comma each
  const auto listed = json_lines(succeed("activations list --json"));
  EXPECT_EQ(listed.size(), 27U);
  for (const Json& entry : listed)
    for (const char* key : {"activation", "formula", "derivative", "range", "initializer", "paper"})
      EXPECT_FALSE(entry.at(key).get<std::string>().empty()) << entry;
}

TEST_F(ProgramTest, ActivationsListIsTheCatalogue) {
  const std::string text = succeed("activations list");
  for (const std::string part :
       {"swish\n  value         x σ(beta x)\n", "  parameters    beta = 1\n", "  range         [-0.278465, ∞)\n",
        "  Lipschitz     1.09984\n", "  initializer   lecun-normal\n", "  paper         He, Zhang, Ren, Sun 2015\n",
        "  zero-centred  yes\n"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST_F(ProgramTest, ActivationsDrawsFiguresWithTheirDataBesideThem) {
  const std::map<std::string, std::string> with_gnuplot{{"PATH", std::getenv("PATH")}};
  for (const auto& [file, magic] : {std::pair("a.svg", "<?xml"), {"b.png", "\x89PNG"}, {"c.pdf", "%PDF"}}) {
    const Outcome outcome = run(std::string("activations relu,sigmoid,tanh --figure ") + file, with_gnuplot);
    if (outcome.err.find("gnuplot is not installed") != std::string::npos) GTEST_SKIP() << outcome.err;
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(read(file).starts_with(magic)) << file;
  }
  EXPECT_EQ(files(),
            (std::vector<std::string>{"a.csv", "a.gp", "a.svg", "b.csv", "b.gp", "b.png", "c.csv", "c.gp", "c.pdf"}));
  EXPECT_EQ(lines(read("a.csv"))[0], "x,relu,relu derivative,sigmoid,sigmoid derivative,tanh,tanh derivative");
  for (const std::string name : {"relu", "sigmoid", "tanh"})
    EXPECT_NE(read("a.svg").find(">" + name + "<"), std::string::npos);
  EXPECT_EQ(run("activations relu,elu --overlay --figure d.svg --quiet", with_gnuplot).status, 0);
  EXPECT_NE(read("d.svg").find(">derivatives<"), std::string::npos);
}

TEST_F(ProgramTest, ActivationsSaysWhatIsLeftWithoutGnuplot) {
  const Outcome outcome = run("activations relu --figure a.svg --device cpu");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("gnuplot is not installed (a.svg): its data and script, a.csv and a.gp"),
            std::string::npos)
      << outcome.err;
  EXPECT_EQ(files(), (std::vector<std::string>{"a.csv", "a.gp"}));
}

TEST_F(ProgramTest, ActivationsWritesItsNumbers) {
  EXPECT_EQ(succeed("activations relu --output a.csv"), "");
  EXPECT_EQ(read("a.csv"), succeed("activations relu --csv"));
}

TEST_F(ProgramTest, ActivationsRefusesWrongRequests) {
  const std::string words = "activations relu ";
  expect_error("activations sigmiod", 2, "did you mean \"sigmoid\"?");
  expect_error("activations relu(2)", 2, "relu takes no number");
  expect_error("activations relu,", 2, "unknown activation");
  expect_error(words + "--range 8:-8:0.1", 2, "LOW must be below HIGH, as -8:8:0.1");
  expect_error(words + "--range 0:1:0", 2, "STEP must be above 0");
  expect_error(words + "--range 0:1", 2, "give LOW:HIGH:STEP");
  expect_error(words + "--range 0:1:1:1", 2, "give LOW:HIGH:STEP");
  expect_error(words + "--range a:1:1", 2, "--range");
  expect_error(words + "--range 0:1:1e-9", 2, "more than a million");
  expect_error(words + "--figure a.jpg", 2, "must end in .svg, .png or .pdf");
  expect_error(words + "--figure nowhere/a.svg", 2, "there is no directory \"nowhere\"");
  expect_error(words + "--output nowhere/a.csv", 2, "there is no directory \"nowhere\"");
  expect_error(words + "--overlay", 2, "give --figure FILE");
  expect_error("activations --overlay --figure a.svg", 2, "name at most 7");
  expect_error(words + "--csv --json", 2, "give one of these");
  EXPECT_TRUE(files().empty());
}

TEST_F(ProgramTest, EachLayerHasItsActivation) {
  succeed(
      "train --data moons --epochs 3 --samples 60 --hidden 8:tanh,6:hard-tanh(-1,1),5,4:prelu --activation swish(1.5) "
      "--output-activation softsign --loss mse --out run");
  const std::vector<std::string> layers{"Dense(2, 8)", "tanh",        "Dense(8, 6)", "hard-tanh(-1, 1)", "Dense(6, 5)",
                                        "swish(1.5)",  "Dense(5, 4)", "prelu(0.25)", "Dense(4, 1)",      "softsign"};
  const Json record = read_json("run/run.json");
  EXPECT_EQ(record["model"]["layers"], layers);
  EXPECT_EQ(record["model"]["parameters"], 24 + 54 + 35 + 24 + 1 + 5);
  EXPECT_EQ(record["settings"]["output-activation"], "softsign");
  EXPECT_EQ(record["settings"]["hidden"], "8:tanh,6:hard-tanh(-1, 1),5,4:prelu(0.25)");
  const Json& trained = record["metrics"];
  const Json evaluated = json_lines(succeed("evaluate run --data moons --samples 60 --json")).back();
  EXPECT_EQ(evaluated["loss"], trained["test_loss"]);
  EXPECT_EQ(evaluated["accuracy"], trained["test_accuracy"]);
  // The slope in the file is the one that was learned, named as PyTorch names it.
  EXPECT_NE(read("run/model.safetensors").find("\"7.weight\":{\"dtype\":\"F32\",\"shape\":[1]"), std::string::npos);
}

TEST_F(ProgramTest, EveryActivationThatBendsLearns) {
  for (const Json& entry : json_lines(succeed("activations list --json"))) {
    const auto name = entry["activation"].get<std::string>();
    // hardshrink's gradients see a straight line with a gap, and nothing of the jumps that bend it.
    if (name == "identity" || name == "hardshrink") continue;
    const std::string words =
        "train --json --quiet --data circle --hidden 16,16 --epochs 300 --lr 0.05 --momentum 0.9 --activation " + name;
    EXPECT_GE(number(json_lines(succeed(words)).back()["test_accuracy"]), 0.9) << name;
  }
}

TEST_F(ProgramTest, InitialWeightsOfPReLUNeedItsSlopes) {
  const std::string train = "train --data moons --samples 60 --epochs 1 --hidden 4 ";
  succeed(train + "--activation prelu(0.5) --out with");
  succeed(train + "--out without");
  const Json again =
      json_lines(succeed(train + "--activation prelu --init with/model.safetensors --lr 0 --json")).back();
  const Json first = json_lines(succeed("evaluate with --data moons --samples 60 --json")).back();
  EXPECT_EQ(again["test_loss"], first["loss"]);
  expect_error(train + "--activation prelu --init without/model.safetensors", 2, "each prelu needs its slope there");
  expect_error(train + "--init with/model.safetensors", 2, "the weights are 5 tensors, not 4");
}

}  // namespace
}  // namespace tinymlp::test
