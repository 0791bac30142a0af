#include "tinymlp/trainer_state.h"

#include <cmath>
#include <limits>
#include <tuple>

#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/losses.h"
#include "tinymlp/sgd.h"
#include "tinymlp/trainer.h"

TINYMLP_BEGIN
namespace {

constexpr Index rows = 23, epochs = 4, batch_size = 5, steps = 5;  // the last batch has 3 rows

DataSet three_features() {
  DataSet data;
  data.task = Task::classification;
  data.feature_names = {"a", "b", "c"};
  data.class_names = {"0", "1"};
  Random random(9, Purpose::check);
  for (Index i = 0; i < rows; ++i) {
    for (int feature = 0; feature < 3; ++feature) data.inputs.push_back(random.uniform(-1, 1));
    data.targets.push_back(static_cast<double>(random.below(2)));
  }
  return data;
}

/// A training, complete in itself as another process has it.
struct Training {
  explicit Training(TrainerOptions options = {.batch_size = batch_size, .seed = 3, .threshold = 0.0},
                    SgdOptions sgd = {.learning_rate = 0.3, .momentum = 0.9, .weight_decay = 0.01})
      : optimizer(sgd), trainer(network, loss, optimizer, data, options) {}

  /// The bytes that an epoch's line in a file holds.
  struct Line {
    Index epoch;
    double loss, accuracy, learning_rate;
    bool operator==(const Line&) const = default;
  };
  /// Trains up to the end of epoch `last`, or until `stop` steps were done in all.
  void run(Index last, Index stop = std::numeric_limits<Index>::max()) {
    trainer.fit(last, {.epoch_done =
                           [&](const EpochResult& r) {
                             lines.push_back({r.epoch, r.loss, r.accuracy.value_or(-1), r.learning_rate});
                             return true;
                           },
                       .progress = {},
                       .stop = [&] { return trainer.epochs_done() * steps + trainer.steps_done() >= stop; }});
  }
  std::vector<double> parameters() const {
    std::vector<double> all;
    for (const Tensor& tensor : network.parameter_tensors())
      all.insert(all.end(), tensor.values.begin(), tensor.values.end());
    return all;
  }

  std::unique_ptr<Device> device = make_cpu_device();
  DataSet host = three_features();
  DeviceDataSet data{*device, host, {}};
  Network network{*device, 3, 1, Dense(3, 7), Activation<Tanh>(), Dense(7, 1)};
  BinaryCrossEntropy loss;
  Sgd optimizer;
  Trainer trainer;
  std::vector<Line> lines;
};

TEST(TrainerState, AStopAtAnyStepAndAnotherProcessChangeNoBit) {
  for (const bool shuffle : {true, false}) {
    const TrainerOptions options{.batch_size = batch_size, .seed = 3, .shuffle = shuffle, .threshold = 0.0};
    Training whole(options);
    whole.run(epochs);
    for (Index stop = 1; stop < epochs * steps; ++stop) {
      Training first(options), second(options);
      first.run(epochs, stop);
      EXPECT_EQ(first.trainer.epochs_done(), stop / steps);
      EXPECT_EQ(first.trainer.steps_done(), stop % steps);
      second.trainer.set_state(first.trainer.state());
      second.lines = first.lines;
      second.run(epochs);
      EXPECT_EQ(second.parameters(), whole.parameters()) << stop;
      EXPECT_EQ(second.lines, whole.lines) << stop;
    }
  }
}

TEST(TrainerState, SchedulesGoOnWithTheirMemoryAndTheirPlan) {
  for (const char* text : {"step(2,0.5)", "exponential(0.8)", "cosine", "plateau(0,0.5)"}) {
    const auto train = [&](Index stop, Index last) {
      const auto first_schedule = make_schedule(text), second_schedule = make_schedule(text);
      TrainerOptions options{.batch_size = batch_size, .threshold = 0.0, .warmup_epochs = 1};
      // A loss that gets no better, so that the plateau's rate falls.
      options.judged_loss = [](const EpochResult& result) { return result.epoch < 2 ? 1.0 : 2.0; };
      options.schedule = first_schedule.get();
      Training first(options);
      first.run(epochs, stop);
      options.schedule = second_schedule.get();
      Training second(options);
      second.trainer.set_state(first.trainer.state());
      second.lines = first.lines;
      second.run(last);
      return std::pair(second.parameters(), second.lines);
    };
    const auto whole = train(epochs * steps, epochs);
    EXPECT_NE(whole.second[1].learning_rate, whole.second[3].learning_rate) << text;
    for (Index stop = 1; stop < epochs * steps; ++stop) EXPECT_EQ(train(stop, epochs), whole) << text << " " << stop;
    // More epochs than were planned: the plan stays, and the cosine has come to its end.
    const auto longer = train(steps, epochs + 1);
    EXPECT_EQ(longer.second[3], whole.second[3]) << text;
    if (std::string(text) == "cosine") {
      EXPECT_EQ(longer.second[4].learning_rate, 0);
    }
  }
}

TEST(TrainerState, ATrainerGoesOnAfterItsOwnStop) {
  Training whole, stopped;
  whole.run(epochs);
  for (Index stop = 1; stop <= epochs * steps; ++stop) {
    stopped.run(epochs, stop);
    stopped.trainer.state();  // looking at it changes nothing
  }
  EXPECT_EQ(stopped.parameters(), whole.parameters());
  EXPECT_EQ(stopped.lines, whole.lines);
}

TEST(TrainerState, ItsValuesHaveNamesAndItsStepsTheirLosses) {
  Training t;
  t.run(epochs, steps + 2);
  const TrainerState state = t.trainer.state();
  EXPECT_EQ(state.epoch, 1);
  EXPECT_EQ(state.step, 2);
  EXPECT_GT(state.seconds, 0);
  ASSERT_EQ(state.losses.size(), 2U);
  for (const double loss : state.losses) EXPECT_GT(loss, 0);
  ASSERT_EQ(state.values.size(), 2U);
  EXPECT_EQ(state.values[0].name, "parameters");
  EXPECT_EQ(state.values[1].name, "optimizer.velocity");
  ASSERT_EQ(state.epoch_start.size(), 2U);
  EXPECT_NE(state.epoch_start[0].values, state.values[0].values);
  t.run(2);
  EXPECT_TRUE(t.trainer.state().epoch_start.empty());
  EXPECT_TRUE(t.trainer.state().losses.empty());
}

TEST(TrainerState, ADivergenceAfterwardsIsTheSameToo) {
  // Squared errors with a learning rate that makes them explode within the run.
  const auto message = [](Index stop, std::vector<double>& parameters) {
    const auto device = make_cpu_device();
    const DataSet host = three_features();
    const DeviceDataSet data(*device, host, {});
    const MeanSquaredError loss;
    const auto train = [&](Network& network, const TrainerState* from, Index until) {
      Sgd optimizer({.learning_rate = 50, .momentum = 0.9});
      Trainer trainer(network, loss, optimizer, data, {.batch_size = batch_size});
      if (from) trainer.set_state(*from);
      try {
        trainer.fit(1000, {.epoch_done = {}, .progress = {}, .stop = [&] {
                             return trainer.epochs_done() * steps + trainer.steps_done() >= until;
                           }});
      } catch (const DivergedError& error) {
        EXPECT_EQ(trainer.steps_done(), 0);
        EXPECT_EQ(trainer.epochs_done(), error.epoch - 1);
        return std::pair(std::string(error.what()), trainer.state());
      }
      return std::pair(std::string(), trainer.state());
    };
    Network first(*device, 3, 1, Dense(3, 7), Activation<ReLU>(), Dense(7, 1));
    auto [text, state] = train(first, nullptr, stop);
    if (!text.empty()) {
      parameters = state.values[0].values;
      return text;
    }
    Network second(*device, 3, 2, Dense(3, 7), Activation<ReLU>(), Dense(7, 1));
    std::tie(text, state) = train(second, &state, 1'000'000);
    parameters = state.values[0].values;
    return text;
  };
  std::vector<double> expected;
  const std::string text = message(1'000'000, expected);
  ASSERT_NE(text.find("diverged"), std::string::npos);
  for (const double p : expected) EXPECT_TRUE(std::isfinite(p));
  for (Index stop = 1; stop <= 12; ++stop) {
    std::vector<double> parameters;
    EXPECT_EQ(message(stop, parameters), text) << stop;
    EXPECT_EQ(parameters, expected) << stop;
  }
}

TEST(TrainerState, RefusesAStateOfAnotherTraining) {
  Training t;
  t.run(epochs, steps + 2);
  const TrainerState good = t.trainer.state();
  const auto refused = [&](const std::string& part, const std::function<void(TrainerState&)>& spoil) {
    TrainerState state = good;
    spoil(state);
    Training other;
    const auto before = other.parameters();
    expect_error<InputError>(part, [&] { other.trainer.set_state(state); });
    EXPECT_EQ(other.parameters(), before);
  };
  refused("after step 5 of an epoch", [](TrainerState& state) { state.step = 5; });
  refused("after step -1", [](TrainerState& state) { state.step = -1; });
  refused("3 losses of 2 steps", [](TrainerState& state) { state.losses.push_back(1); });
  refused("1 arrays, not 2", [](TrainerState& state) { state.values.pop_back(); });
  refused("0 arrays, not 2", [](TrainerState& state) { state.epoch_start.clear(); });
  refused("\"optimizer.m\"", [](TrainerState& state) { state.values[1].name = "optimizer.m"; });
  refused("35 numbers of \"parameters\", not 36", [](TrainerState& state) { state.values[0].values.pop_back(); });
}

}  // namespace
TINYMLP_END
