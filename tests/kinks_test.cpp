// Tests of src/kinks.h: where slopes jump, and that smooth functions have no kinks.
#include "kinks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace tinymlp {
namespace {

void expect_kinks(const std::vector<double>& expected, const std::function<double(double)>& f) {
  const std::vector<double> found = find_kinks(f, -8, 8);
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(found[i], expected[i], 2e-6);
}

TEST(FindKinks, FindsWhereSlopesJump) {
  expect_kinks({0}, [](double x) { return std::max(x, 0.0); });
  expect_kinks({0}, [](double x) { return x > 0 ? x : 0.99 * x; });
  expect_kinks({-3, 3}, [](double x) { return x * std::clamp(x + 3, 0.0, 6.0) / 6; });
  expect_kinks({-1.2345, 0.5, 7.9},
               [](double x) { return std::abs(x + 1.2345) + std::abs(x - 0.5) + std::abs(x - 7.9); });
}

TEST(FindKinks, FindsWhereValuesJump) {
  expect_kinks({-0.5, 0.5}, [](double x) { return std::abs(x) > 0.5 ? x : 0.0; });
}

TEST(FindKinks, FindsNoneInSmoothFunctions) {
  expect_kinks({}, [](double x) { return x; });
  expect_kinks({}, [](double x) { return std::tanh(x); });
  expect_kinks({}, [](double x) { return x * x * x; });
  expect_kinks({}, [](double x) { return x > 0 ? x : std::expm1(x); });  // its slope bends, but does not jump
}

}  // namespace
}  // namespace tinymlp
