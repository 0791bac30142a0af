// Which losses are drawn, on which axis.
#include "terminal/loss_plot.h"

#include <gtest/gtest.h>

#include <limits>

namespace tinymlp::program {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<EpochRecord> epochs(const std::vector<double>& losses) {
  std::vector<EpochRecord> all;
  for (const double loss : losses)
    all.push_back({.training = {static_cast<Index>(all.size() + 1), loss, {}, 0.1, 0}, .validation = {}, .test = {}});
  return all;
}
std::string plot(const std::vector<EpochRecord>& epochs) { return loss_plot(epochs, Medium{.columns = 33}); }

/// A logarithmic axis has the geometric mean in its middle.
bool is_logarithmic(const std::vector<double>& losses, const std::string& middle) {
  return plot(epochs(losses)).find(" " + middle + " |") != std::string::npos;
}

TEST(LossPlot, IsLogarithmicWhereLossesAreThirtyTimesApart) {
  EXPECT_FALSE(is_logarithmic({30, 1}, "5.48"));
  EXPECT_TRUE(is_logarithmic({100, 1}, "10"));
  EXPECT_TRUE(is_logarithmic({100, infinity, 1}, "10")) << "what cannot be drawn does not count";
  EXPECT_FALSE(is_logarithmic({100, 1, 0}, "10")) << "0 has no logarithm";
}

TEST(LossPlot, HasTheCurvesThatEveryEpochHas) {
  std::vector<EpochRecord> all = epochs({2, 1});
  for (EpochRecord& record : all) record.test = {record.training.loss, {}};
  all[0].validation = {1, {}};
  const std::string text = plot(all);
  EXPECT_NE(text.find("loss  * train  o test\n"), std::string::npos) << text;
  all[1].validation = {1, {}};
  EXPECT_NE(plot(all).find("+ validation"), std::string::npos);
  EXPECT_EQ(plot({}), "");
}

}  // namespace
}  // namespace tinymlp::program
