// Early stopping: ends a training when the loss on a validation part falls no more, and keeps the best parameters.
#pragma once
#include <limits>

#include "tinymlp/network.h"

namespace tinymlp {

/// What early stopping remembers, on the host.
struct EarlyStoppingState {
  Index epoch = 0;       // the last that it saw
  Index best_epoch = 0;  // 0: none yet
  double best_loss = std::numeric_limits<double>::infinity();
  Tensor best = {};  // the parameters after the best epoch; without values where there is none
};

}  // namespace tinymlp

TINYMLP_BEGIN

/// The network with the lowest validation loss is kept; when `patience` epochs in a row gave no lower one, training is
/// to end (Prechelt, "Early stopping, but when?", 1998; Goodfellow, Bengio, Courville, "Deep Learning", 2016,
/// section 7.8).
///   EarlyStopping stopping(network, 20);
///   trainer.fit(1000, {.epoch_done = [&](const EpochResult& result) {
///     return stopping.goes_on(result.epoch, validation.evaluate().loss);
///   }});
///   stopping.restore_best();
class EarlyStopping {
 public:
  /// Takes memory for one more set of parameters. The network must outlive it. Throws InputError for a patience
  /// below 1.
  EarlyStopping(Network& network, Index patience);

  /// Whether training is to go on after this epoch, which left the network with this validation loss. A loss that is
  /// no number is no improvement.
  bool goes_on(Index epoch, double loss);
  /// Whether patience had run out after the last epoch.
  bool is_over() const { return epoch_ - best_epoch_ >= patience_; }
  /// Gives the network the parameters that it had after the best epoch; none has come: leaves it as it is.
  void restore_best();

  Index best_epoch() const { return best_epoch_; }  // 0: none yet
  double best_loss() const { return best_loss_; }

  EarlyStoppingState state() const;
  /// Goes on from there. Throws InputError unless the state is of such a network.
  void set_state(const EarlyStoppingState& state);

 private:
  Network& network_;
  Index patience_, epoch_ = 0, best_epoch_ = 0;
  double best_loss_ = std::numeric_limits<double>::infinity();
  Buffer<Scalar> best_;  // (parameters)
};

TINYMLP_END
