// tinymlp collapse, as a user runs it.
#include <algorithm>
#include <cmath>

#include "program.h"

namespace tinymlp::test {
namespace {

class CollapseTest : public ProgramTest {
 protected:
  Json collapse(const std::string& words) const {
    return Json::parse(succeed("collapse " + words + " --json --quiet"));
  }
};

TEST_F(CollapseTest, AStackOfLinearLayersIsOneLayer) {
  const Json json = collapse("--data xor --hidden 8,5 --activation identity --epochs 3");
  EXPECT_EQ(json["verdict"], "affine");
  EXPECT_EQ(json["parameters"], 24 + 45 + 6);
  EXPECT_EQ(json["folded_parameters"], 3);
  EXPECT_EQ(json["folded_shape"], Json::array({1, 2}));
  EXPECT_EQ(json["rank"], 1);
  for (const char* rows : {"data", "random"}) {
    EXPECT_LE(json[rows]["largest_difference"], 1e-5 * std::max(1.0, json[rows]["largest_output"].get<double>()));
    EXPECT_LE(number(json[rows]["largest_difference_in_double"]), 1e-12);
  }
  EXPECT_EQ(json["optimum"]["method"], "logistic regression");
  EXPECT_GE(number(json["optimum"]["gap"]), 0);
}

TEST_F(CollapseTest, TrainingALinearStackReachesTheClosedForm) {
  const Json json = collapse(
      "--data xor --hidden 4 --activation identity --loss half-mse --batch-size full --learning-rate 0.02 "
      "--epochs 20000");
  EXPECT_EQ(json["optimum"]["method"], "least squares");
  EXPECT_LE(std::abs(json["optimum"]["gap"].get<double>()), 1e-6);
}

TEST_F(CollapseTest, ThreePointsRefuteANetworkWithACurve) {
  const Json json = collapse("--data xor --hidden 8 --activation tanh --epochs 50");
  EXPECT_EQ(json["verdict"], "not affine");
  const Json& witness = json["witness"];
  for (std::size_t i = 0; i < 2; ++i)
    EXPECT_NEAR(witness["middle"][i], (witness["x"][i].get<double>() + witness["y"][i].get<double>()) / 2, 1e-12);
  const double expected = (witness["f_x"][0].get<double>() + witness["f_y"][0].get<double>()) / 2;
  EXPECT_NEAR(witness["gap"], std::abs(witness["f_middle"][0].get<double>() - expected), 1e-12);
  EXPECT_GT(number(witness["gap"]), 0.01);
  EXPECT_LT(number(json["optimum"]["gap"]), 0);  // better than any affine map
}

TEST_F(CollapseTest, ASavedModelPredictsTheSame) {
  succeed("train --data spiral --hidden 6,6 --activation identity --epochs 5 --out run --quiet");
  const Json json = collapse("run --data spiral --save folded.safetensors");
  EXPECT_EQ(json["verdict"], "affine");
  const Json before = Json::parse(succeed("evaluate run --data spiral --json --quiet"));
  const Json after = Json::parse(succeed("evaluate folded.safetensors --data spiral --json --quiet"));
  EXPECT_EQ(before["accuracy"], after["accuracy"]);
  EXPECT_NEAR(number(before["loss"]), number(after["loss"]), 1e-6);
  EXPECT_EQ(collapse("folded.safetensors")["parameters"], 3);
  EXPECT_NE(succeed("collapse run --quiet").find("one affine map"), std::string::npos);
}

TEST_F(CollapseTest, SlopesThatWereLearntStay) {
  const Json json = collapse("--data xor --hidden 6 --activation prelu --epochs 20 --save folded.safetensors");
  EXPECT_EQ(json["verdict"], "not affine");
  EXPECT_EQ(json["data"]["largest_difference"], 0);  // there is nothing to fold
  EXPECT_EQ(json["folded_parameters"], json["parameters"]);
  EXPECT_EQ(collapse("folded.safetensors")["parameters"], json["parameters"]);
}

TEST_F(CollapseTest, RequestsAreChecked) {
  expect_error("collapse", 2, "neither a model nor data");
  expect_error("collapse nothing.safetensors", 2, "nothing.safetensors");
  succeed("train --data xor --epochs 1 --out run --quiet");
  expect_error("collapse run --epochs 3", 2, "trained already is given (--epochs)");
  expect_error("collapse run --save nowhere/a.safetensors", 2, "no such directory (--save");
  EXPECT_FALSE(exists("nowhere"));
}

}  // namespace
}  // namespace tinymlp::test
