// Which losses are drawn, on which axis.
#include "terminal/loss_plot.h"

#include <gtest/gtest.h>

#include <limits>
#include <sstream>

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

/// What stands in the middle of the axis: the mean of its ends, on a logarithmic one the geometric mean.
std::string middle(const std::vector<double>& losses) {
  std::istringstream stream(plot(epochs(losses)));
  std::string line, word;
  for (int i = 0; i < 9; ++i) std::getline(stream, line);
  std::istringstream(line) >> word;
  return word;
}

TEST(LossPlot, IsLogarithmicWhereLossesAreMoreThanThirtyTimesApart) {
  EXPECT_EQ(middle({30, 1}), "15.5");
  EXPECT_EQ(middle({36, 1}), "6");
  EXPECT_EQ(middle({2, infinity, 1}), "1.5") << "what cannot be drawn does not count";
  EXPECT_EQ(middle({100, 0}), "50") << "0 has no logarithm";
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
