#include "tinymlp/early_stopping.h"

#include <cmath>

#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"

TINYMLP_BEGIN
namespace {

struct Stopping {
  explicit Stopping(Index patience)
      : network(*device, 3, 1, Dense(3, 5), Activation<Tanh>(), Dense(5, 2)), stopping(network, patience) {}

  /// Gives every parameter this value, as an epoch would.
  void set(double value) {
    std::vector<Tensor> tensors = network.parameter_tensors();
    for (Tensor& tensor : tensors) std::ranges::fill(tensor.values, value);
    network.set_parameters(tensors);
  }
  double parameter() const { return network.parameter_tensors()[2].values[7]; }
  /// Epochs 1, 2, …, which leave the parameters epoch / 8 and these losses, until training is to end.
  Index run(const std::vector<double>& losses) {
    Index epoch = stopping.state().epoch;
    for (const double loss : losses) {
      set(static_cast<double>(++epoch) / 8);
      if (!stopping.goes_on(epoch, loss)) break;
    }
    return epoch;
  }

  std::unique_ptr<Device> device = make_cpu_device();
  Network network;
  EarlyStopping stopping;
};

TEST(EarlyStopping, EndsWhenPatienceIsOverAndKeepsTheBest) {
  Stopping s(3);
  EXPECT_EQ(s.run({5, 3, 4, 3.5, 2, 2, 2.5, 2.1, 1}), 8) << "epoch 5 was the best; 6, 7 and 8 gave no lower loss";
  EXPECT_TRUE(s.stopping.is_over());
  EXPECT_EQ(s.stopping.best_epoch(), 5);
  EXPECT_EQ(s.stopping.best_loss(), 2);
  EXPECT_EQ(s.parameter(), 8.0 / 8);
  s.stopping.restore_best();
  EXPECT_EQ(s.parameter(), 5.0 / 8);
}

TEST(EarlyStopping, WithPatienceOneTheFirstRiseEnds) {
  Stopping s(1);
  EXPECT_EQ(s.run({3, 2, 2, 1}), 3);
}

TEST(EarlyStopping, ALossThatIsNoNumberIsNoImprovement) {
  Stopping s(2);
  EXPECT_EQ(s.run({std::nan(""), 4, std::nan(""), std::nan(""), 1}), 4);
  EXPECT_EQ(s.stopping.best_epoch(), 2);
  Stopping none(2);
  EXPECT_EQ(none.run({std::nan(""), std::nan(""), 1}), 2);
  EXPECT_EQ(none.stopping.best_epoch(), 0);
  none.stopping.restore_best();
  EXPECT_EQ(none.parameter(), 2.0 / 8) << "there is none to restore";
}

TEST(EarlyStopping, GoesOnFromItsStateAsIfNothingHadHappened) {
  const std::vector<double> losses{5, 3, 4, 3.5, 2, 2, 2.5, 2.1, 1};
  for (std::size_t cut = 0; cut <= losses.size(); ++cut) {
    Stopping first(3), second(3);
    const auto at = losses.begin() + static_cast<std::ptrdiff_t>(cut);
    first.run({losses.begin(), at});
    second.stopping.set_state(first.stopping.state());
    EXPECT_EQ(second.stopping.is_over(), first.stopping.is_over());
    if (!second.stopping.is_over()) {
      EXPECT_EQ(second.run({at, losses.end()}), 8) << cut;
    }
    second.stopping.restore_best();
    EXPECT_EQ(second.parameter(), 5.0 / 8) << cut;
  }
}

TEST(EarlyStopping, RefusesWhatCannotBe) {
  EXPECT_NE(message_of<InputError>([] { Stopping(0); }).find("the patience is 0"), std::string::npos);
  Stopping s(3);
  s.run({2, 1});
  EarlyStoppingState state = s.stopping.state();
  state.best.values.pop_back();
  expect_error<InputError>("31 parameters of epoch 2, and the network has 32", [&] { s.stopping.set_state(state); });
  state = s.stopping.state();
  state.epoch = 1;
  EXPECT_THROW(s.stopping.set_state(state), InputError);
}

}  // namespace
TINYMLP_END
