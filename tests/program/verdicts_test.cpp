// What is said of layers, at both sides of each bound.
#include "health/verdicts.h"

#include <gtest/gtest.h>

namespace tinymlp::program {
namespace {

LayerHealth of_four_units(const std::string& name, double deviation) {
  LayerHealth layer;
  layer.layer = name;
  layer.units = 4;
  layer.deviation = deviation;
  return layer;
}
LayerHealth dense(double gradient, double deviation = 1) {
  LayerHealth layer = of_four_units("Dense(4, 4)", deviation);
  layer.gradient_norm = gradient;
  return layer;
}
LayerHealth curve(double deviation = 1) {
  LayerHealth layer = of_four_units("tanh", deviation);
  layer.is_linear = false;
  return layer;
}

/// "what layer experiment" of each, "-" for the whole network.
std::vector<std::string> said(const std::vector<LayerHealth>& layers) {
  std::vector<std::string> all;
  for (const Verdict& verdict : verdicts(layers))
    all.push_back(verdict.what + " " + (verdict.layer ? std::to_string(*verdict.layer) : "-") + " " +
                  verdict.experiment);
  return all;
}
/// The text of the only one.
std::string text(const std::vector<LayerHealth>& layers) {
  const auto all = verdicts(layers);
  return all.size() == 1 ? all[0].text : std::to_string(all.size()) + " verdicts";
}
using Words = std::vector<std::string>;

TEST(Verdicts, LinearNetworksAreCalledSo) {
  EXPECT_EQ(said({dense(1), dense(1)}), Words{"linear - linear-collapse"});
  EXPECT_EQ(text({dense(1), dense(1)}),
            "no layer is curved: the 2 layers with weights compute what one can; put an activation between them");
  EXPECT_EQ(said({dense(1)}), Words{"linear - linear-ceiling"});
  EXPECT_EQ(said({dense(1), curve(), dense(1)}), Words{});
}

TEST(Verdicts, GradientsVanishWhereTheFirstIsAHundredthOfTheSteepest) {
  EXPECT_EQ(said({dense(1), curve(), dense(100), dense(50)}), Words{});
  EXPECT_EQ(said({dense(1), curve(), dense(128), dense(50)}), Words{"vanishing 0 vanishing-gradient"});
  EXPECT_EQ(text({dense(1), curve(), dense(128), dense(50)}),
            "layer 0's gradient is 0.0078125 of layer 2's: vanishing; try --init he-normal, or fewer layers");
  LayerHealth flat = curve();
  flat.saturated = 0.1;
  EXPECT_EQ(text({dense(1), flat, dense(128)}),
            "layer 0's gradient is 0.0078125 of layer 2's: vanishing; try relu with he-normal");
}

TEST(Verdicts, GradientsExplodeWhereTheFirstIsAHundredTimesTheLast) {
  EXPECT_EQ(said({dense(100), curve(), dense(1)}), Words{});
  EXPECT_EQ(said({dense(128), curve(), dense(1)}), Words{"exploding 0 initialization"});
  EXPECT_EQ(text({dense(128), curve(), dense(1)}),
            "layer 0's gradient is 128 times layer 2's: exploding; try --init auto, or --clip-norm 1");
  EXPECT_EQ(said({dense(128), curve(), dense(0)}), Words{}) << "a last layer that has ended";
  EXPECT_EQ(said({dense(0), curve(), dense(0)}), Words{"stopped - dying-relu"});
  EXPECT_EQ(said({curve()}), Words{}) << "no layer has weights";
}

TEST(Verdicts, SignalsFadeAndGrowFromTheFirstCurveToTheLast) {
  const auto between = [](double first, double last) {
    return std::vector<LayerHealth>{dense(1, 5), curve(first), dense(1, 7), curve(last), dense(1, 1000)};
  };
  EXPECT_EQ(said(between(100, 1)), Words{});
  EXPECT_EQ(said(between(128, 1)), Words{"fading 3 initialization"});
  EXPECT_EQ(said(between(1, 100)), Words{});
  EXPECT_EQ(said(between(1, 128)), Words{"growing 3 initialization"});
  EXPECT_EQ(text(between(1, 128)),
            "layer 3 varies 128 times as much as layer 1 from row to row: signals grow on the way; try --init auto");
  EXPECT_EQ(said(between(0, 1)), Words{}) << "what is constant cannot grow";
}

TEST(Verdicts, UnitsAreDeadSaturatedOrEqual) {
  LayerHealth dead = curve(), saturated = curve(), equal = dense(1);
  dead.dead = 0;
  saturated.saturated = 0.66;
  EXPECT_EQ(said({dense(1), dead, saturated}), Words{});
  dead.dead = 0.25;
  saturated.saturated = 0.67;
  equal.has_equal_units = true;
  EXPECT_EQ(said({equal, dead, saturated}),
            (Words{"symmetric 0 symmetry", "dead 1 dying-relu", "saturated 2 vanishing-gradient"}));
  EXPECT_EQ(
      text({dense(1), dead}),
      "25 % of the 4 tanh units of layer 1 are dead: flat in every row, so that they learn nothing; try leaky-relu, or "
      "a lower --learning-rate");
  EXPECT_TRUE(
      text({dense(1), saturated}).starts_with("67 % of what layer 1 (tanh) gives lies where its curve is flat"));
}

TEST(Verdicts, SharesBelowATenthHaveADigitMore) {
  LayerHealth dead = curve();
  dead.dead = 0.0625;
  EXPECT_TRUE(text({dense(1), dead}).starts_with("6.2 % of")) << text({dense(1), dead});
  dead.dead = 0.1;
  EXPECT_TRUE(text({dense(1), dead}).starts_with("10 % of")) << text({dense(1), dead});
}

TEST(Verdicts, ALineNamesTheExperiment) {
  EXPECT_EQ(verdict_line({.what = "a", .layer = {}, .text = "b", .experiment = "c"}), "b (tinymlp experiment c)");
}

}  // namespace
}  // namespace tinymlp::program
