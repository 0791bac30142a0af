// --config: options from a file.
#include "program.h"

namespace tinymlp::test {
namespace {

TEST_F(ProgramTest, ARunsOwnRecordMakesTheSameRunAgain) {
  succeed(
      "train --quiet --data moons --epochs 4 --lr 0.03 --momentum 0.5 --seed 18446744073709551615 --hidden 5,6:tanh "
      "--init normal(0.3) --validation-fraction 0.25 --patience 3 --no-shuffle --batch-size full --out a");
  succeed("train --quiet --config a/run.json --out b");
  EXPECT_EQ(read("a/model.safetensors"), read("b/model.safetensors"));
  EXPECT_EQ(read_json("a/run.json")["settings"], read_json("b/run.json")["settings"]);
  write("rows.csv", "a,b,y\n0,5,1\n1,5,1.5\n2,6,7\n3,5,8\n0,6,2\n3,6,9\n");
  succeed("train --quiet --data rows.csv --target y --task regression --standardize --lr 0.01 --epochs 3 --out c");
  succeed("train --quiet --config c/run.json --out d");
  EXPECT_EQ(read("c/model.safetensors"), read("d/model.safetensors"));
}

TEST_F(ProgramTest, TheCommandLineBeatsTheFile) {
  write("c.json", R"({"data": "moons", "epochs": 3, "lr": 0.25, "hidden": [4, 3], "no-shuffle": false, "json": true})");
  const auto start = json_lines(succeed("train --config c.json --epochs 2")).front();
  EXPECT_EQ(start["settings"]["epochs"], 2);
  EXPECT_EQ(start["settings"]["learning-rate"], 0.25);
  EXPECT_EQ(start["settings"]["hidden"], "4,3");
  EXPECT_EQ(start["settings"]["no-shuffle"], false);
}

TEST_F(ProgramTest, ErrorsNameFileAndKey) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"learning-rte": 1})", "unknown option \"learning-rte\" (c.json): did you mean \"learning-rate\"?"},
      {R"({"epochs": "many"})", "\"many\" is not a number (c.json, \"epochs\")"},
      {R"({"epochs": 2.5})", "\"2.5\" is not a whole number (\"epochs\" in c.json)"},
      {R"({"epochs": -1})", "-1 is out of range (\"epochs\" in c.json)"},
      {R"({"epochs": true})", "c.json, \"epochs\""},
      {R"({"epochs": null})", "c.json, \"epochs\""},
      {R"({"activation": {"name": "relu"}})", "the value is of the wrong kind (c.json, \"activation\")"},
      {R"({"activation": "rleu"})", "\"activation\" in c.json): did you mean \"relu\"?"},
      {R"({"activation": ""})", "the value is empty (c.json, \"activation\")"},
      {R"({"hidden": "4,0"})", "\"hidden\" in c.json"},
      {R"({"nesterov": 1})", "the switch is neither true nor false (c.json, \"nesterov\")"},
      {R"({"lr": 1, "learning-rate": 2})", "another name"},
      {R"({"lr": 1, "lr": 2})", "the key \"lr\" stands there twice (c.json)"},
      {R"({"resume": "run"})", "cannot stand in a file (c.json, \"resume\")"},
      {R"({"lr": 1e999})", "out of range (c.json)"},
      {R"({"lr": 1)", "no JSON (c.json, byte "},
      {"[1]", "no object (c.json)"},
      {"", "no JSON (c.json"},
  };
  for (const auto& [contents, part] : cases) {
    write("c.json", contents);
    expect_error("train --data moons --config c.json", 2, part);
  }
  expect_error("train --data moons --config gone.json", 2, "gone.json");
  expect_error("train --config", 2, "a value is missing (--config)");
}

}  // namespace
}  // namespace tinymlp::test
