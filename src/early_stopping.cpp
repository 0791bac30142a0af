#include "tinymlp/early_stopping.h"

#include "host_copy.h"
#include "state_formulas.h"
#include "tinymlp/error.h"

TINYMLP_BEGIN

EarlyStopping::EarlyStopping(Network& network, Index patience)
    : network_(network), patience_(patience), best_(make_buffer<Scalar>(network.device(), network.counts().all)) {
  if (patience < 1)
    throw InputError("the patience is " + std::to_string(patience) + ": give a number of epochs of at least 1");
}

bool EarlyStopping::goes_on(Index epoch, double loss) {
  epoch_ = epoch;
  if (loss < best_loss_) {
    best_epoch_ = epoch;
    best_loss_ = loss;
    map(network_.device(), Copy{}, {best_.get()}, {network_.parameters()}, network_.counts().all);
  }
  return !is_over();
}

void EarlyStopping::restore_best() {
  if (best_epoch_ == 0) return;
  map(network_.device(), Copy{}, {network_.parameters()}, {best_.get()}, network_.counts().all);
}

EarlyStoppingState EarlyStopping::state() const {
  EarlyStoppingState state{.epoch = epoch_, .best_epoch = best_epoch_, .best_loss = best_loss_};
  const Index size = best_epoch_ > 0 ? network_.counts().all : 0;
  state.best = host_copy(network_.device(), "best", best_.get(), size);
  return state;
}

void EarlyStopping::set_state(const EarlyStoppingState& state) {
  const auto size = static_cast<Index>(state.best.values.size());
  if (state.best_epoch < 0 || state.epoch < state.best_epoch ||
      size != (state.best_epoch > 0 ? network_.counts().all : 0))
    throw InputError("the state of early stopping is not of this network: it has " + std::to_string(size) +
                     " parameters of epoch " + std::to_string(state.best_epoch) + ", and the network has " +
                     std::to_string(network_.counts().all));
  epoch_ = state.epoch;
  best_epoch_ = state.best_epoch;
  best_loss_ = state.best_loss;
  copy_from_host(network_.device(), best_.get(), state.best);
}

TINYMLP_END
