// Tests of tinymlp/sgd.h: ten steps of each variant against a plain loop in double.
#include "tinymlp/sgd.h"

#include <gtest/gtest.h>

#include "support.h"

namespace tinymlp {
namespace {

const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();

double rate_of(int step) { return 0.05 + 0.03 * (step % 4); }

/// The gradient that step `step` sees.
Matrix gradient_of(int step, Index n) { return Matrix(1, n, static_cast<std::uint32_t>(step + 1)); }

/// PyTorch's SGD in double, one parameter at a time. https://pytorch.org/docs/stable/generated/torch.optim.SGD.html
struct PlainSgd {
  SgdOptions options;
  std::vector<double> p, v;
  void step(double rate, const Matrix& gradient, Index weights) {
    for (std::size_t i = 0; i < p.size(); ++i) {
      double g = static_cast<double>(gradient.values[i]);
      if (options.decay_biases || static_cast<Index>(i) < weights) g = g + options.weight_decay * p[i];
      if (options.momentum != 0) {
        v[i] = options.momentum * v[i] + g;
        g = options.nesterov ? g + options.momentum * v[i] : v[i];
      }
      p[i] = p[i] - rate * g;
    }
  }
};

/// Ten steps of both; every parameter must agree after each.
void expect_same(const SgdOptions& options, ParameterCounts counts, int threads = 1) {
  const auto device = make_cpu_device(threads);
  Matrix parameters(1, counts.all, 100);
  PlainSgd plain{options, std::vector<double>(parameters.values.begin(), parameters.values.end()),
                 std::vector<double>(parameters.values.size())};
  Sgd sgd(options);
  sgd.prepare(*device, counts);
  for (int k = 0; k < 10; ++k) {
    const Matrix gradient = gradient_of(k, counts.all);
    const Step step{static_cast<std::uint64_t>(k + 1), static_cast<Scalar>(rate_of(k))};
    sgd.step({*device, &step}, parameters.data(), gradient.values.data());
    plain.step(rate_of(k), gradient, counts.weights);
    for (std::size_t i = 0; i < plain.p.size(); ++i)
      ASSERT_TRUE(near(parameters.values[i], plain.p[i], 40 * epsilon, 40 * epsilon))
          << "step " << k << ", parameter " << i << " of " << counts.weights << " weights, " << counts.all << " in all";
  }
}

const std::vector<ParameterCounts> sizes{{.all = 1, .weights = 1},   {.all = 1, .weights = 0},
                                         {.all = 23, .weights = 16}, {.all = 33, .weights = 33},
                                         {.all = 70, .weights = 3},  {.all = 9000, .weights = 8500}};

TEST(Sgd, FollowsPytorchsFormulas) {
  for (const ParameterCounts counts : sizes)
    for (const double weight_decay : {0.0, 0.3})
      for (const bool decay_biases : {false, true})
        for (const double momentum : {0.0, 0.5, 0.9})
          for (const bool nesterov : {false, true})
            if (!nesterov || momentum > 0)
              expect_same({.learning_rate = 7,  // each step has its own
                           .momentum = momentum,
                           .nesterov = nesterov,
                           .weight_decay = weight_decay,
                           .decay_biases = decay_biases},
                          counts);
}

TEST(Sgd, FollowsThemOnSeveralThreads) {
  expect_same({.momentum = 0.9, .nesterov = true, .weight_decay = 0.1}, {.all = 50000, .weights = 49000}, 3);
}

TEST(Sgd, ARateOfZeroMovesNothing) {
  const auto device = make_cpu_device();
  Matrix parameters(1, 20, 1), gradient(1, 20, 2);
  const auto before = parameters.values;
  for (const double momentum : {0.0, 0.9}) {
    Sgd sgd({.learning_rate = 0, .momentum = momentum, .weight_decay = 1});
    sgd.prepare(*device, {20, 10});
    const Step step{1, 0};
    sgd.step({*device, &step}, parameters.data(), gradient.data());
    EXPECT_EQ(parameters.values, before);
  }
}

TEST(Sgd, NamesWhatItRemembers) {
  const auto device = make_cpu_device();
  Sgd plain({});
  plain.prepare(*device, {20, 10});
  EXPECT_TRUE(plain.memory().empty());
  Sgd sgd({.momentum = 0.5});
  sgd.prepare(*device, {20, 10});
  const auto memory = sgd.memory();
  ASSERT_EQ(memory.size(), 1U);
  EXPECT_EQ(memory[0].name, "velocity");
  ASSERT_EQ(memory[0].size, 20);
  for (Index i = 0; i < 20; ++i) EXPECT_EQ(memory[0].values[i], 0);
  Matrix parameters(1, 20), gradient(1, 20, 2);
  const Step step{1, 1};
  sgd.step({*device, &step}, parameters.data(), gradient.data());
  sgd.step({*device, &step}, parameters.data(), gradient.data());
  for (Index i = 0; i < 20; ++i) EXPECT_TRUE(near(memory[0].values[i], 1.5L * gradient.at(0, i), 0, 2 * epsilon));
}

TEST(Sgd, GoesOnFromAMemoryThatIsPutBack) {
  const auto device = make_cpu_device();
  const auto step_twice = [&](Sgd& sgd, Matrix& parameters, int from) {
    for (int k = from; k < from + 2; ++k) {
      const Matrix gradient = gradient_of(k, 20);
      const Step step{1, Scalar(0.1)};
      sgd.step({*device, &step}, parameters.data(), gradient.values.data());
    }
  };
  const SgdOptions options{.momentum = 0.9, .nesterov = true, .weight_decay = 0.01};
  Sgd whole(options), first(options), second(options);
  for (Sgd* sgd : {&whole, &first, &second}) sgd->prepare(*device, {20, 10});
  Matrix a(1, 20, 1), b(1, 20, 1);
  step_twice(whole, a, 0);
  step_twice(whole, a, 2);
  step_twice(first, b, 0);
  std::copy_n(first.memory()[0].values, 20, second.memory()[0].values);
  step_twice(second, b, 2);
  EXPECT_EQ(a.values, b.values);
}

TEST(Sgd, StartsAnewWhenPreparedAgain) {
  const auto device = make_cpu_device();
  Sgd sgd({.momentum = 0.5});
  Matrix parameters(1, 5, 1), gradient(1, 5, 2);
  const Step step{1, 1};
  sgd.prepare(*device, {5, 5});
  sgd.step({*device, &step}, parameters.data(), gradient.data());
  sgd.prepare(*device, {5, 5});
  for (Index i = 0; i < 5; ++i) EXPECT_EQ(sgd.memory()[0].values[i], 0);
}

TEST(Sgd, SaysWhatItIs) {
  const Sgd sgd({.learning_rate = 0.25});
  EXPECT_EQ(sgd.describe(), "sgd");
  EXPECT_EQ(sgd.learning_rate(), 0.25);
}

TEST(Sgd, RefusesValuesOutOfRange) {
  for (const double rate : {-0.1, nan, inf, -inf, 1e30})
    expect_error<InputError>("the learning rate is", [&] { Sgd({.learning_rate = rate}); });
  for (const double momentum : {-0.1, 1.0, 1.5, nan, inf})
    expect_error<InputError>("the momentum is", [&] { Sgd({.momentum = momentum}); });
  for (const double decay : {-1e-9, nan, inf, -inf})
    expect_error<InputError>("the weight decay is", [&] { Sgd({.weight_decay = decay}); });
  expect_error<InputError>("Nesterov's momentum without a momentum", [] { Sgd({.nesterov = true}); });
}

TEST(Sgd, TakesTheBordersOfTheRanges) {
  EXPECT_NO_THROW(Sgd({.learning_rate = 0}));
  EXPECT_NO_THROW(Sgd({.learning_rate = 1e29, .momentum = 0.999999, .weight_decay = 1e29}));
}

}  // namespace
}  // namespace tinymlp
