// Tests of tinymlp/schedule.h: factors by hand and by PyTorch, and ReduceLROnPlateau's rules one by one.
#include "tinymlp/schedule.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "references.h"
#include "support.h"

namespace tinymlp {
namespace {

/// The factors of the first `steps` steps, warm-up left aside.
std::vector<double> factors(const Schedule& schedule, Index steps, TrainingPoint at) {
  std::vector<double> all;
  for (at.step = 0; at.step < steps; ++at.step) all.push_back(schedule.factor(at));
  return all;
}

void expect_factors(const std::string& text, Index steps, const TrainingPoint& at,
                    const std::vector<double>& expected) {
  const std::vector<double> got = factors(*make_schedule(text), steps, at);
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i)
    EXPECT_TRUE(near(got[i], expected[i], 0, 1e-14L)) << text << ", step " << i;
}

TEST(Schedule, ConstantIsOne) { expect_factors("constant", 4, {.steps_per_epoch = 2}, {1, 1, 1, 1}); }

TEST(Schedule, StepCountsEpochs) {
  expect_factors("step(2,0.5)", 12, {.steps_per_epoch = 2}, {1, 1, 1, 1, .5, .5, .5, .5, .25, .25, .25, .25});
  expect_factors("step(1,3)", 3, {.steps_per_epoch = 1}, {1, 3, 9});
}

TEST(Schedule, ExponentialChangesEachEpoch) {
  expect_factors("exponential(0.9)", 6, {.steps_per_epoch = 2}, {1, 1, .9, .9, .81, .81});
}

TEST(Schedule, CosineChangesEachStepAndEndsNearZero) {
  const double root = std::numbers::sqrt2 / 4;
  expect_factors("cosine", 6, {.steps_per_epoch = 2, .planned_steps = 4}, {1, .5 + root, .5, .5 - root, 0, 0});
}

TEST(Schedule, CosineBeginsWhenTheWarmUpEnds) {
  const TrainingPoint at{.steps_per_epoch = 2, .warmup_steps = 2, .planned_steps = 6};
  const double root = std::numbers::sqrt2 / 4;
  expect_factors("cosine", 6, at, {1, 1, 1, .5 + root, .5, .5 - root});
  expect_factors("cosine", 3, {.steps_per_epoch = 1, .warmup_steps = 2, .planned_steps = 2}, {1, 1, 0});
}

TEST(Schedule, CosineNeedsToKnowThePlan) {
  expect_error<InputError>("how many epochs are planned", [] { make_schedule("cosine")->factor({}); });
}

TEST(Schedule, OnlyCosineChangesWithinEpochs) {
  for (const char* text : {"constant", "step(2,0.5)", "exponential(0.9)", "plateau(3,0.5)"})
    EXPECT_FALSE(make_schedule(text)->changes_within_epochs()) << text;
  EXPECT_TRUE(make_schedule("cosine")->changes_within_epochs());
}

TEST(Schedule, WarmUpRisesToOne) {
  TrainingPoint at{.steps_per_epoch = 2, .warmup_steps = 4};
  for (const double expected : {.25, .5, .75, 1., 1., 1.}) {
    EXPECT_EQ(warmup_factor(at), expected);
    ++at.step;
  }
  EXPECT_EQ(warmup_factor({}), 1);
}

TEST(Schedule, IsPyTorchsInEveryStepWithAndWithoutWarmUp) {
  const auto all = reference("schedules.json");
  const Index steps_per_epoch = all.at("steps_per_epoch"), epochs = all.at("epochs");
  for (const auto& c : all.at("cases")) {
    const auto schedule = make_schedule(c.at("schedule").get<std::string>());
    TrainingPoint at{.step = 0,
                     .steps_per_epoch = steps_per_epoch,
                     .warmup_steps = c.at("warmup").get<Index>() * steps_per_epoch,
                     .planned_steps = epochs * steps_per_epoch};
    for (; at.step < at.planned_steps; ++at.step) {
      EXPECT_TRUE(near(schedule->factor(at) * warmup_factor(at),
                       c.at("rates")[static_cast<std::size_t>(at.step)].get<double>(), 1e-15L, 1e-12L))
          << schedule->describe() << ", warm-up " << c.at("warmup") << ", step " << at.step;
      if ((at.step + 1) % steps_per_epoch == 0)
        schedule->epoch_done(all.at("epoch_losses")[static_cast<std::size_t>(at.epoch())], 1);
    }
  }
}

/// The factor after each of these losses.
std::vector<double> plateau(Schedule& schedule, const std::vector<double>& losses, double learning_rate = 1) {
  std::vector<double> all;
  for (const double loss : losses) {
    schedule.epoch_done(loss, learning_rate);
    all.push_back(schedule.factor({}));
  }
  return all;
}

using Numbers = std::vector<double>;

TEST(Schedule, PlateauWaitsForMoreThanPatienceBadEpochs) {
  EXPECT_EQ(plateau(*make_schedule("plateau(2,0.5)"), {1, 1, 1, 1, 1, 1, 1}), (Numbers{1, 1, 1, .5, .5, .5, .25}));
  EXPECT_EQ(plateau(*make_schedule("plateau(0,0.5)"), {1, 1, 1}), (Numbers{1, .5, .25}));
}

TEST(Schedule, PlateauStartsCountingAnewAfterAnImprovement) {
  EXPECT_EQ(plateau(*make_schedule("plateau(1,0.5)"), {1, 1.1, .9, 1, .8, .9, .9}), (Numbers{1, 1, 1, 1, 1, 1, .5}));
}

TEST(Schedule, PlateauTakesATinyImprovementForNone) {
  EXPECT_EQ(plateau(*make_schedule("plateau(0,0.5)"), {1, 0.99995, 0.9998}), (Numbers{1, .5, .5}));
  EXPECT_EQ(plateau(*make_schedule("plateau(0,0.5)"), {1, 1 - 1e-4}), (Numbers{1, .5}));  // the border is none
}

TEST(Schedule, PlateauTakesNanForNoImprovement) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(plateau(*make_schedule("plateau(0,0.5)"), {1, nan, .5}), (Numbers{1, .5, .5}));
}

TEST(Schedule, PlateauLeavesTinyRatesAsTheyAre) {
  EXPECT_EQ(plateau(*make_schedule("plateau(0,0.5)"), {1, 1, 1}, 3e-8), (Numbers{1, .5, .5}));
}

TEST(Schedule, PlateauGoesOnFromAStateThatIsPutBack) {
  const auto whole = make_schedule("plateau(1,0.5)"), first = make_schedule("plateau(1,0.5)"),
             second = make_schedule("plateau(1,0.5)");
  const Numbers losses{1, 1, 1, .9, .9, .9, .9}, all = plateau(*whole, losses);
  plateau(*first, {losses.begin(), losses.begin() + 5});
  second->set_state(first->state());
  EXPECT_EQ(second->factor({}), all[4]);
  EXPECT_EQ(plateau(*second, {losses.begin() + 5, losses.end()}), (Numbers{all[5], all[6]}));
}

TEST(Schedule, OthersRememberNothing) {
  for (const char* text : {"constant", "step(2,0.5)", "exponential(0.9)", "cosine"})
    EXPECT_FALSE(make_schedule(text)->needs_loss()) << text;
  EXPECT_TRUE(make_schedule("plateau(2,0.5)")->needs_loss());
  const auto schedule = make_schedule("step(1,0.5)");
  schedule->epoch_done(1, 1);
  schedule->set_state({.factor = 0.1});
  EXPECT_EQ(schedule->factor({}), 1);
  EXPECT_EQ(schedule->state().factor, 1);
}

TEST(Schedule, DescribesItselfAsItCanBeWritten) {
  for (const char* text : {"constant", "step(30,0.1)", "exponential(0.97)", "cosine", "plateau(10,0.5)"})
    EXPECT_EQ(make_schedule(text)->describe(), text);
  EXPECT_EQ(make_schedule(" step( every = 3 , factor=0.25)")->describe(), "step(3,0.25)");
  EXPECT_EQ(make_schedule("step(factor=0.25,every=3)")->describe(), "step(3,0.25)");
}

TEST(Schedule, RefusesUnknownNamesAndWrongNumbers) {
  expect_error<InputError>("unknown schedule \"cosin\": did you mean \"cosine\"?", [] { make_schedule("cosin"); });
  for (const char* text : {"step", "step(3)", "step(3,0.1,2)", "step(3,every=3)", "step(3,gamma=0.1)"})
    expect_error<InputError>("write \"step(EVERY,FACTOR)\"", [&] { make_schedule(text); });
  expect_error<InputError>("write \"cosine\"", [] { make_schedule("cosine(3)"); });
  for (const char* text : {"step(0,0.1)", "step(-1,0.1)", "step(1.5,0.1)", "step(1e20,0.1)"})
    expect_error<InputError>("step's EVERY is", [&] { make_schedule(text); });
  for (const char* text : {"plateau(-1,0.1)", "plateau(0.5,0.1)"})
    expect_error<InputError>("plateau's PATIENCE is", [&] { make_schedule(text); });
  for (const char* text : {"step(3,0)", "step(3,-1)", "exponential(0)", "plateau(3,0)", "plateau(3,1)", "plateau(3,2)"})
    expect_error<InputError>("FACTOR is", [&] { make_schedule(text); });
  expect_error<InputError>("is not a number", [] { make_schedule("exponential(x)"); });
}

TEST(Schedule, ListsItsNames) {
  EXPECT_EQ(schedule_names(), (std::vector<std::string>{"constant", "step(EVERY,FACTOR)", "exponential(FACTOR)",
                                                        "cosine", "plateau(PATIENCE,FACTOR)"}));
}

}  // namespace
}  // namespace tinymlp
