// Tests of tinymlp/gradient_clip.h: the norm of all gradients before and after, in sizes of one and of many chunks.
#include "tinymlp/gradient_clip.h"

#include <gtest/gtest.h>

#include "support.h"

namespace tinymlp {
namespace {

Real norm(const Matrix& gradients) {
  Real sum = 0;
  for (const Scalar g : gradients.values) sum += static_cast<Real>(g) * g;
  return std::sqrt(sum);
}

TEST(GradientClip, ShortensToTheLimitAndKeepsTheDirection) {
  for (const Index size : {1, 7, 33, 9000, 50001})
    for (const int threads : {1, 3}) {
      const auto device = make_cpu_device(threads);
      const Matrix before(1, size, 1);
      const double limit = static_cast<double>(norm(before)) / 4;
      Matrix after = before;
      GradientClip clip(*device, size, limit);
      clip.apply(after.data());
      EXPECT_TRUE(near(norm(after), limit, 2e-6L, 20 * epsilon)) << size;
      const Real scale = limit / (norm(before) + 1e-6L);
      for (Index i = 0; i < size; ++i)
        ASSERT_TRUE(near(after.at(0, i), scale * before.at(0, i), 0, 20 * epsilon)) << i << " of " << size;
    }
}

TEST(GradientClip, LeavesShortGradientsAsTheyAre) {
  const auto device = make_cpu_device();
  const Matrix before(1, 100, 1);
  Matrix after = before;
  GradientClip clip(*device, 100, static_cast<double>(norm(before)) * 1.001);
  clip.apply(after.data());
  EXPECT_EQ(after.values, before.values);
  Matrix zeros(1, 100);
  clip.apply(zeros.data());
  for (const Scalar g : zeros.values) EXPECT_EQ(g, 0);
}

TEST(GradientClip, GivesTheSameBitsOnAnyNumberOfThreads) {
  std::vector<std::vector<Scalar>> results;
  for (const int threads : {1, 2, 3}) {
    const auto device = make_cpu_device(threads);
    Matrix gradients(1, 100000, 1);
    GradientClip(*device, 100000, 0.1).apply(gradients.data());
    results.push_back(gradients.values);
  }
  EXPECT_EQ(results[0], results[1]);
  EXPECT_EQ(results[0], results[2]);
}

TEST(GradientClip, DoesNotHideNan) {
  const auto device = make_cpu_device();
  Matrix gradients(1, 5, 1);
  gradients.values[3] = std::numeric_limits<Scalar>::quiet_NaN();
  GradientClip(*device, 5, 0.1).apply(gradients.data());
  for (const Scalar g : gradients.values) EXPECT_TRUE(std::isnan(g));
}

TEST(GradientClip, RefusesALimitThatIsNone) {
  const auto device = make_cpu_device();
  for (const double limit : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), 1e30})
    expect_error<InputError>("the largest norm of the gradients is", [&] { GradientClip(*device, 5, limit); });
}

}  // namespace
}  // namespace tinymlp
