// tinymlp inspect: each trouble is made on purpose and found; a healthy network is left in peace.
#include "program.h"

namespace tinymlp::test {
namespace {

class InspectTest : public ProgramTest {
 protected:
  /// Trains by these words and looks at the result.
  Json inspect(const std::string& words) const {
    succeed("train --quiet --out run --force " + words);
    return Json::parse(succeed("inspect run --json --data spiral"));
  }
  /// The verdict of that kind; null if there is none.
  static Json verdict(const Json& seen, const std::string& what) {
    for (const Json& one : seen["verdicts"])
      if (one["what"] == what) return one;
    return nullptr;
  }
};

TEST_F(InspectTest, LeavesAHealthyNetworkInPeace) {
  const Json seen = inspect("--data spiral --hidden 16,16 --activation tanh --epochs 20");
  EXPECT_EQ(seen["verdicts"], Json::array());
  EXPECT_EQ(seen["rows"], 250);
  EXPECT_EQ(seen["parameters"], 3 * 16 + 17 * 16 + 17);
  ASSERT_EQ(seen["layers"].size(), 5u);
  const Json &dense = seen["layers"][0], &tanh = seen["layers"][1];
  EXPECT_EQ(dense["layer"], "Dense(2, 16)");
  EXPECT_GT(number(dense["gradient_norm"]), 0);
  EXPECT_NEAR(dense["update_ratio"].get<double>(),
              0.1 * dense["gradient_norm"].get<double>() / dense["weight_norm"].get<double>(), 1e-12);
  EXPECT_TRUE(dense["dead"].is_null());
  EXPECT_EQ(tanh["dead"], 0);
  EXPECT_LT(number(tanh["saturated"]), 0.66);
  EXPECT_TRUE(tanh["gradient_norm"].is_null());
  const std::string text = succeed("inspect run --data spiral");
  for (const char* part : {"no trouble found", "2-16-16-1", "update/weight", "4  Dense(16, 1)"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
}

TEST_F(InspectTest, FindsGradientsThatVanish) {
  const Json seen = inspect("--data spiral --hidden 16,16,16,16,16,16,16,16 --activation sigmoid --epochs 0");
  const Json found = verdict(seen, "vanishing");
  ASSERT_FALSE(found.is_null()) << seen.dump(1);
  EXPECT_EQ(found["layer"], 0);
  EXPECT_EQ(found["experiment"], "vanishing-gradient");
  EXPECT_NE(found["text"].get<std::string>().find("try relu with he-normal"), std::string::npos);
}

TEST_F(InspectTest, FindsLinearStacksAndSignalsThatGrow) {
  const Json seen =
      inspect("--data spiral --hidden 16,16,16,16,16 --activation identity --init normal(0.01) --epochs 0");
  EXPECT_FALSE(verdict(seen, "linear").is_null());
  const Json large = inspect("--data spiral --hidden 64,64,64,64,64 --activation relu --init normal(3) --epochs 0");
  EXPECT_FALSE(verdict(large, "growing").is_null()) << large.dump(1);
}

TEST_F(InspectTest, FindsDeadUnits) {
  const Json seen = inspect("--data spiral --hidden 4,4,4,4,4,4,4,4,4,4,4,4 --activation relu --epochs 0 --seed 1");
  const Json found = verdict(seen, "dead");
  ASSERT_FALSE(found.is_null()) << seen.dump(1);
  EXPECT_EQ(found["experiment"], "dying-relu");
}

TEST_F(InspectTest, FindsSaturationAndEqualUnits) {
  const Json saturated = inspect("--data spiral --hidden 16 --activation tanh --init normal(20) --epochs 0");
  EXPECT_FALSE(verdict(saturated, "saturated").is_null()) << saturated.dump(1);
  const Json equal = inspect("--data spiral --hidden 8 --activation tanh --init zeros --epochs 0");
  EXPECT_FALSE(verdict(equal, "symmetric").is_null()) << equal.dump(1);
}

TEST_F(InspectTest, KnowsTheRateOnlyWhereItIsTold) {
  succeed("train --quiet --data spiral --epochs 1 --out run");
  const auto ratio = [&](const std::string& words) {
    return Json::parse(succeed("inspect --json --data spiral " + words))["layers"][0]["update_ratio"];
  };
  EXPECT_TRUE(ratio("run/model.safetensors").is_null());
  EXPECT_EQ(ratio("run/model.safetensors --lr 0.1"), ratio("run"));
}

TEST_F(InspectTest, SaysWhatIsWrongWithARequest) {
  succeed("train --quiet --data spiral --epochs 1 --out run");
  expect_error("inspect run --data sine", 2, "classes");
  expect_error("inspect nothing --data spiral", 2, "nothing");
  expect_error("inspect --data spiral", 2, "MODEL");
}

}  // namespace
}  // namespace tinymlp::test
