// Training: mini-batch after mini-batch, epoch after epoch.
#pragma once
#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tinymlp/device_dataset.h"
#include "tinymlp/error.h"
#include "tinymlp/gradient_clip.h"
#include "tinymlp/loss.h"
#include "tinymlp/pass.h"
#include "tinymlp/schedule.h"
#include "tinymlp/trainer_state.h"

namespace tinymlp {

/// Training went wrong: the loss or a weight is no longer a finite number.
struct DivergedError : Error {
  DivergedError(const std::string& message, Index epoch_number, Index step_number, std::string layer_name)
      : Error(message), epoch(epoch_number), step(step_number), layer(std::move(layer_name)) {}
  Index epoch, step;  // both count from 1
  std::string layer;  // the first whose output is not finite: "layer 2, Dense(16, 1)"
};

}  // namespace tinymlp

TINYMLP_BEGIN

/// What training saw in one epoch: means over the samples, each from before the step that learnt from it.
struct EpochResult {
  Index epoch;  // 1, 2, 3, …
  double loss;
  std::optional<double> accuracy;
  double learning_rate;  // of its last step
  double seconds;
};

struct TrainerOptions {
  Index batch_size = 32;                 // an epoch's last batch may be shorter
  std::uint64_t seed = 0;                // of the shuffles
  bool shuffle = true;                   // a new order each epoch; otherwise batches are consecutive rows
  std::optional<double> threshold = {};  // as Evaluator's: count right predictions
  Schedule* schedule = nullptr;          // of the learning rate; null: it stays. Must outlive the trainer
  Index warmup_epochs = 0;               // in which the learning rate rises linearly, step by step
  Index planned_epochs = 0;              // for schedules that depend on it; 0: as many as fit() is given
  double clip_norm = 0;                  // GradientClip's limit; 0: none
  /// The loss that a schedule looks at after each epoch if it needs one, as the validation part's; empty: the training
  /// loss.
  std::function<double(const EpochResult& result)> judged_loss = {};
};

struct TrainerCallbacks {
  std::function<bool(const EpochResult&)> epoch_done;      // false ends the training; may be empty
  std::function<void(Index epoch, Index steps)> progress;  // now and then within an epoch; may be empty
  std::function<bool()> stop = {};  // asked as often: true ends the training where it is; may be empty
};

/// A step:  gather a batch, forward, loss, backward, clip the gradients, optimizer (which adds its penalties to what is
/// left of them). It allocates nothing and waits for nothing: all memory is taken at construction, losses stay on the
/// device until the epoch's end. From the second epoch on, a device that can record its work runs the steps as
/// recordings. What it is given must outlive it.
class Trainer {
 public:
  /// Throws ShapeError if the data do not fit the network, InputError for a batch size below 1 or a negative number of
  /// epochs.
  Trainer(Network& network, const Loss& loss, Optimizer& optimizer, const DeviceDataSet& data, TrainerOptions options);

  /// One epoch, after which the schedule is told its loss. Throws DivergedError when a loss or a parameter stops being
  /// finite; the network then has the parameters that it had before this epoch.
  EpochResult epoch(const std::function<void(Index epoch, Index steps)>& progress = {});
  /// Epochs until there were `epochs` of them, or a callback ends it. A training that was stopped within an epoch goes
  /// on there when this is called again. Throws DivergedError as epoch() does; a stop looks for it, too.
  void fit(Index epochs, const TrainerCallbacks& callbacks = {});

  Index epochs_done() const { return steps_done_ == 0 ? epoch_ : epoch_ - 1; }
  /// Of the epoch after them.
  Index steps_done() const { return steps_done_; }
  /// Where it stands: to be asked for between calls of fit() or epoch(). Waits for the device.
  TrainerState state() const;
  /// Goes on from there, with the very numbers that the other training would have gone on with; the schedule keeps its
  /// plan, whatever number of epochs fit() is given. Throws InputError, having changed nothing, unless the state is of
  /// such a training: network, optimizer, rows and batch size.
  void set_state(const TrainerState& state);

  Index steps_per_epoch() const { return steps_; }
  /// Why steps run one by one on a device that records them; empty unless it has failed to.
  const std::string& recording_problem() const { return recording_problem_; }
  /// The k-th mini-batch of the current order, k = 0, 1, …: for measuring. epoch() does this and reads the results.
  void step(Index k);

 private:
  Index rows_of_step(Index k) const { return std::min(batch_size_, data_.rows() - k * batch_size_); }
  struct Batch {
    ConstMatrixView x, t;  // (batch, in), (batch, out)
  };
  Batch batch_of_step(Index k);
  /// False if it was stopped before.
  bool run_to_end_of_epoch(const TrainerCallbacks& callbacks);
  void begin_epoch();
  void plan_steps();
  void tell_schedule(const EpochResult& result);
  void record_steps();
  void run_steps(const TrainerCallbacks& callbacks);
  void read_results();
  EpochResult end_epoch();
  void go_to_epoch(Index done);
  void shuffle_rows();
  void check_state(const TrainerState& state) const;
  void restore();
  [[noreturn]] void diverged(Index k);

  Network& network_;
  const Loss& loss_;
  Optimizer& optimizer_;
  const DeviceDataSet& data_;
  TrainerOptions options_;
  Index batch_size_, steps_, planned_epochs_;
  Index epoch_ = 0;          // under way, or else the last one
  Index steps_done_ = 0;     // of the one under way
  double seconds_ = 0;       // that they took
  bool began_here_ = false;  // that epoch, not in another process
  bool keeps_plan_ = false;  // of a state that was set
  Index whole_epochs_ = 0;   // that this trainer ran from their first to their last step
  Pass pass_;
  std::optional<GradientClip> clip_;
  Buffer<Scalar> x_, t_;                  // the batch: (batch, in), (batch, out)
  Buffer<std::int32_t> order_;            // the rows, as this epoch takes them: (rows)
  std::vector<std::int32_t> host_order_;  // the same
  Buffer<Step> step_numbers_;             // what changes from step to step: (steps)
  std::vector<Step> host_step_numbers_;   // the same
  Buffer<Scalar> results_;                // each step's loss, each step's right predictions, one check: (2 · steps + 1)
  std::vector<Scalar> host_results_;      // the same
  struct Saved {
    std::string name;  // "parameters", "optimizer.velocity"
    Scalar* values;
    Index size;
    Buffer<Scalar> copy;
  };
  std::vector<Saved> saved_;  // parameters and the optimizer's memory, as they were when the epoch began
  std::vector<std::unique_ptr<Recording>> recordings_;  // of the epoch's first steps, steps_per_recording each
  std::string recording_problem_;
};

TINYMLP_END
