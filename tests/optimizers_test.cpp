// Tests of tinymlp/optimizers.h: ten steps of every optimizer in every setting against PyTorch's; memory; requests.
#include "tinymlp/optimizers.h"

#include <gtest/gtest.h>

#include "references.h"
#include "support.h"
#include "tinymlp/gradient_clip.h"
#include "tinymlp/schedule.h"

namespace tinymlp {
namespace {

using nlohmann::json;

const json& references() {
  static const json all = reference("optimizers.json");
  return all;
}

OptimizerOptions options_of(const json& c) {
  OptimizerOptions options{.learning_rate = c.at("learning_rate"),
                           .momentum = c.at("momentum"),
                           .nesterov = c.at("nesterov"),
                           .decay_biases = c.at("decay_biases"),
                           .l1 = c.at("l1")};
  if (!c.at("weight_decay").is_null()) options.weight_decay = c.at("weight_decay").get<double>();
  return options;
}

class OptimizerReference : public testing::TestWithParam<std::size_t> {};

TEST_P(OptimizerReference, TenStepsAreThoseOfPyTorch) {
  const json &all = references(), &c = all.at("cases")[GetParam()];
  const auto device = make_cpu_device();
  const auto size = static_cast<Index>(all.at("initial").size());
  const Index steps_per_epoch = all.at("steps_per_epoch"), epochs = all.at("epochs");
  Matrix parameters(1, size), gradients(1, size);
  const std::vector<double> initial = reference_numbers(all.at("initial"));
  std::ranges::transform(initial, parameters.values.begin(), [](double x) { return static_cast<Scalar>(x); });

  const auto optimizer = make_optimizer(c.at("optimizer").get<std::string>(), options_of(c));
  optimizer->prepare(*device, {.all = size, .weights = all.at("weights")});
  std::optional<GradientClip> clip;
  if (const double limit = c.at("clip_norm"); limit > 0) clip.emplace(*device, size, limit);
  const auto schedule = make_schedule(c.at("schedule").get<std::string>());
  TrainingPoint at{.step = 0,
                   .steps_per_epoch = steps_per_epoch,
                   .warmup_steps = c.at("warmup").get<Index>() * steps_per_epoch,
                   .planned_steps = epochs * steps_per_epoch};
  for (; at.step < at.planned_steps; ++at.step) {
    const double rate = optimizer->learning_rate() * schedule->factor(at) * warmup_factor(at);
    const auto step_index = static_cast<std::size_t>(at.step);
    EXPECT_TRUE(near(rate, c.at("rates")[step_index].get<double>(), 1e-17L, 1e-12L)) << "step " << at.step + 1;
    const std::vector<double> gradient = reference_numbers(all.at("gradients")[step_index]);
    std::ranges::transform(gradient, gradients.values.begin(), [](double x) { return static_cast<Scalar>(x); });
    if (clip) clip->apply(gradients.data());
    const Step step{static_cast<std::uint64_t>(at.step + 1), static_cast<Scalar>(rate)};
    optimizer->step({*device, &step}, parameters.data(), gradients.data());
    if (const std::string number = std::to_string(at.step + 1); c.at("after").contains(number)) {
      const std::vector<double> expected = reference_numbers(c.at("after").at(number));
      for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_TRUE(near(parameters.values[i], expected[i], 20 * epsilon, 20 * epsilon))
            << "step " << number << ", parameter " << i;
    }
    if ((at.step + 1) % steps_per_epoch == 0)
      schedule->epoch_done(all.at("epoch_losses")[static_cast<std::size_t>(at.epoch())], optimizer->learning_rate());
  }
}

INSTANTIATE_TEST_SUITE_P(
    PyTorch, OptimizerReference, testing::Range<std::size_t>(0, references().at("cases").size()),
    [](const auto& parameter) {
      return references().at("cases")[parameter.param].at("optimizer").template get<std::string>() +
             std::to_string(parameter.param);
    });

TEST(Optimizers, AreAllAmongTheReferences) {
  for (const std::string& name : optimizer_names())
    for (const std::string schedule : {"constant", "step", "exponential", "cosine", "plateau"})
      EXPECT_TRUE(std::ranges::any_of(references().at("cases"),
                                      [&](const json& c) {
                                        return c.at("optimizer") == name &&
                                               c.at("schedule").get<std::string>().starts_with(schedule);
                                      }))
          << name << ", " << schedule;
}

const ParameterCounts counts{.all = 9000, .weights = 8500};

/// The optimizer after some steps on random gradients, with what it moved.
struct Training {
  Training(const std::string& name, int threads) : device(make_cpu_device(threads)), parameters(1, counts.all, 1) {
    OptimizerOptions options{.weight_decay = 0.1, .l1 = 0.01};
    if (name == "sgd" || name == "rmsprop") options.momentum = 0.5;
    optimizer = make_optimizer(name, options);
    optimizer->prepare(*device, counts);
  }
  void steps(int from, int to) {
    for (int k = from; k < to; ++k) {
      const Matrix gradients(1, counts.all, static_cast<std::uint32_t>(k + 10));
      const Step step{static_cast<std::uint64_t>(k + 1), Scalar(0.01)};
      optimizer->step({*device, &step}, parameters.data(), gradients.values.data());
    }
  }
  std::unique_ptr<Device> device;
  std::unique_ptr<Optimizer> optimizer;
  Matrix parameters;
};

TEST(Optimizers, GiveTheSameBitsOnAnyNumberOfThreads) {
  for (const std::string& name : optimizer_names()) {
    Training one(name, 1), three(name, 3);
    one.steps(0, 3);
    three.steps(0, 3);
    EXPECT_EQ(one.parameters.values, three.parameters.values) << name;
  }
}

TEST(Optimizers, GoOnFromAMemoryThatIsPutBack) {
  for (const std::string& name : optimizer_names()) {
    Training whole(name, 1), first(name, 1), second(name, 1);
    whole.steps(0, 4);
    first.steps(0, 2);
    auto from = first.optimizer->memory(), to = second.optimizer->memory();
    ASSERT_EQ(from.size(), to.size());
    for (std::size_t i = 0; i < from.size(); ++i) {
      EXPECT_EQ(from[i].name, to[i].name);
      std::copy_n(from[i].values, from[i].size, to[i].values);
    }
    second.parameters = first.parameters;
    second.steps(2, 4);
    EXPECT_EQ(whole.parameters.values, second.parameters.values) << name;
  }
}

TEST(Optimizers, RememberWhatTheirFormulasSay) {
  const auto names = [](const std::string& name, double momentum) {
    const auto device = make_cpu_device();
    const auto optimizer = make_optimizer(name, {.momentum = momentum});
    EXPECT_TRUE(optimizer->memory().empty()) << "before prepare()";
    optimizer->prepare(*device, {20, 10});
    std::string all;
    for (const Optimizer::Memory& memory : optimizer->memory()) {
      EXPECT_EQ(memory.size, 20);
      for (Index i = 0; i < memory.size; ++i) EXPECT_EQ(memory.values[i], 0);
      all += memory.name + " ";
    }
    return all;
  };
  EXPECT_EQ(names("sgd", 0), "");
  EXPECT_EQ(names("sgd", 0.5), "velocity ");
  EXPECT_EQ(names("adam", 0), "mean mean_square ");
  EXPECT_EQ(names("adamw", 0), "mean mean_square ");
  EXPECT_EQ(names("rmsprop", 0), "mean_square ");
  EXPECT_EQ(names("rmsprop", 0.5), "mean_square velocity ");
  EXPECT_EQ(names("adagrad", 0), "sum_of_squares ");
}

TEST(Optimizers, AdamsFirstStepIsTheRateAndItsCorrectionsEnd) {
  // Whatever the gradient's size, m̂ / √v̂ is its sign in the first step; after very many, it is m / √v itself.
  const auto device = make_cpu_device();
  Adam adam({});
  adam.prepare(*device, {3, 3});
  Matrix parameters(1, 3), gradients(1, 3);
  gradients.values = {Scalar(1e-3), Scalar(-5), Scalar(1e4)};
  const Step first{1, Scalar(0.5)};
  adam.step({*device, &first}, parameters.data(), gradients.data());
  for (Index i = 0; i < 3; ++i)
    EXPECT_TRUE(near(parameters.at(0, i), i == 1 ? 0.5L : -0.5L, 0, 2e-5L)) << i;  // epsilon is 1e-5 of the smallest
  const Step late{10'000'000, Scalar(1)};
  const Scalar before = parameters.values[2];
  adam.step({*device, &late}, parameters.data(), gradients.data());
  const Real mean = 0.19L * 1e4L, square = 0.001999L * 1e8L;
  const Real moved = static_cast<Real>(before) - parameters.at(0, 2);
  EXPECT_TRUE(near(moved, mean / (std::sqrt(square) + 1e-8L), 0, 20 * epsilon));
}

TEST(Optimizers, AdamTakesBetasOfZero) {
  const auto device = make_cpu_device();
  Adam adam({.beta1 = 0, .beta2 = 0});
  adam.prepare(*device, {1, 1});
  Matrix parameters(1, 1), gradients(1, 1);
  gradients.values = {Scalar(-3)};
  const Step step{1, Scalar(0.25)};
  adam.step({*device, &step}, parameters.data(), gradients.data());
  EXPECT_TRUE(near(parameters.at(0, 0), 0.25L, 0, 4 * epsilon + 1e-8L));
}

TEST(Optimizers, HaveTheirOwnDefaultWeightDecay) {
  for (const std::string& name : optimizer_names()) EXPECT_EQ(default_weight_decay(name), name == "adamw" ? 0.01 : 0);
}

TEST(Optimizers, SayWhatTheyAre) {
  for (const std::string& name : optimizer_names()) {
    const auto optimizer = make_optimizer(name, {.learning_rate = 0.25});
    EXPECT_EQ(optimizer->describe(), name);
    EXPECT_EQ(optimizer->learning_rate(), 0.25);
  }
}

TEST(Optimizers, RefuseWrongRequests) {
  expect_error<InputError>("unknown optimizer \"adan\": did you mean \"adam\"?", [] { make_optimizer("adan", {}); });
  for (const char* name : {"adam", "adamw", "adagrad"})
    expect_error<InputError>("takes no momentum", [&] { make_optimizer(name, {.momentum = 0.9}); });
  for (const char* name : {"adam", "adamw", "rmsprop", "adagrad"})
    expect_error<InputError>("Nesterov's momentum is sgd's", [&] { make_optimizer(name, {.nesterov = true}); });
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const std::string& name : optimizer_names())
    for (const double wrong : {-0.1, nan, 1e30}) {
      expect_error<InputError>("the learning rate is", [&] { make_optimizer(name, {.learning_rate = wrong}); });
      expect_error<InputError>("the weight decay is", [&] { make_optimizer(name, {.weight_decay = wrong}); });
      expect_error<InputError>("the l1 penalty is", [&] { make_optimizer(name, {.l1 = wrong}); });
    }
  expect_error<InputError>("the momentum is", [] { make_optimizer("rmsprop", {.momentum = 1}); });
  for (const double wrong : {-0.1, 1.0, nan}) {
    expect_error<InputError>("beta1 is", [&] { Adam({.beta1 = wrong}); });
    expect_error<InputError>("beta2 is", [&] { Adam({.beta2 = wrong}); });
    expect_error<InputError>("alpha is", [&] { RmsProp({.alpha = wrong}); });
  }
  for (const double wrong : {0.0, -1e-8, nan}) {
    expect_error<InputError>("epsilon is", [&] { Adam({.epsilon = wrong}); });
    expect_error<InputError>("epsilon is", [&] { RmsProp({.epsilon = wrong}); });
    expect_error<InputError>("epsilon is", [&] { Adagrad({.epsilon = wrong}); });
  }
}

}  // namespace
}  // namespace tinymlp
