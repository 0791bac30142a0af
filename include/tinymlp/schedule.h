// Schedules: how the learning rate changes while a network is trained. A schedule gives a factor for the rate that
// training starts with. They follow PyTorch's torch.optim.lr_scheduler of the same names.
#pragma once
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tinymlp/matrix.h"

namespace tinymlp {

/// A step's place in the whole training.
struct TrainingPoint {
  Index step = 0;             // 0, 1, 2, … over all epochs
  Index steps_per_epoch = 1;  // at least 1
  Index warmup_steps = 0;     // how many warm the training up
  Index planned_steps = 0;    // of all epochs that are planned; 0 where nobody knows

  Index epoch() const { return step / steps_per_epoch; }  // 0, 1, 2, …
};

/// The linear warm-up, by which every schedule's factor is multiplied: (s + 1) / w in the first w steps, s = 0, 1, …,
/// then 1. Goyal et al. 2017.
double warmup_factor(const TrainingPoint& at);

/// What a schedule remembers from epoch to epoch: enough to go on from a file as if nothing had happened.
struct ScheduleState {
  double factor = 1;                                           // by which the rate has been multiplied so far
  double best_loss = std::numeric_limits<double>::infinity();  // that counted as an improvement
  Index bad_epochs = 0;                                        // since then
};

class Schedule {
 public:
  virtual ~Schedule() = default;
  virtual std::string describe() const = 0;  // "step(30, 0.1)"

  /// By what the learning rate is multiplied in this step, the warm-up left aside. Throws InputError where it depends
  /// on a number of planned steps that is not known.
  virtual double factor(const TrainingPoint& at) const = 0;
  /// Whether the factor changes from step to step; otherwise it is the same in all steps of an epoch.
  virtual bool changes_within_epochs() const { return false; }
  /// Whether the schedule depends on the losses: then epoch_done() is told each.
  virtual bool needs_loss() const { return false; }
  /// Told once at each epoch's end: the loss that counts, of the validation part where there is one, and the learning
  /// rate that training started with.
  virtual void epoch_done(double /*loss*/, double /*learning_rate*/) {}

  virtual ScheduleState state() const { return {}; }
  virtual void set_state(const ScheduleState& /*state*/) {}
};

/// 1, always.
class ConstantSchedule final : public Schedule {
 public:
  std::string describe() const override { return "constant"; }
  double factor(const TrainingPoint&) const override { return 1; }
};

/// γ^⌊e / every⌋ in epoch e = 0, 1, …: StepLR.
class StepSchedule final : public Schedule {
 public:
  /// Throws InputError unless every ≥ 1 and γ is positive.
  StepSchedule(Index every, double factor);
  std::string describe() const override;
  double factor(const TrainingPoint& at) const override;

 private:
  Index every_;
  double factor_;
};

/// γ^e in epoch e = 0, 1, …: ExponentialLR.
class ExponentialSchedule final : public Schedule {
 public:
  /// Throws InputError unless γ is positive.
  explicit ExponentialSchedule(double factor);
  std::string describe() const override;
  double factor(const TrainingPoint& at) const override;

 private:
  double factor_;
};

/// (1 + cos(π s / n)) / 2 in step s = 0, 1, … of n, both counted from the warm-up's end: CosineAnnealingLR, told of
/// every step. 0 after the planned steps. Loshchilov and Hutter 2017.
class CosineSchedule final : public Schedule {
 public:
  std::string describe() const override { return "cosine"; }
  double factor(const TrainingPoint& at) const override;
  bool changes_within_epochs() const override { return true; }
};

/// Multiplied by γ after more than `patience` epochs in a row without a loss below (1 - 10⁻⁴) times the best so far,
/// unless the rate would change by no more than 10⁻⁸: ReduceLROnPlateau with its defaults.
class PlateauSchedule final : public Schedule {
 public:
  /// Throws InputError unless patience ≥ 0 and 0 < γ < 1.
  PlateauSchedule(Index patience, double factor);
  std::string describe() const override;
  double factor(const TrainingPoint&) const override { return state_.factor; }
  bool needs_loss() const override { return true; }
  void epoch_done(double loss, double learning_rate) override;
  ScheduleState state() const override { return state_; }
  void set_state(const ScheduleState& state) override { state_ = state; }

 private:
  Index patience_;
  double factor_;
  ScheduleState state_;
};

/// The schedule that `text` names: constant, step(EVERY,FACTOR), exponential(FACTOR), cosine, plateau(PATIENCE,FACTOR);
/// EVERY and PATIENCE count epochs. Throws InputError for another name, or missing or wrong numbers.
std::unique_ptr<Schedule> make_schedule(std::string_view text);
std::vector<std::string> schedule_names();  // "step(EVERY,FACTOR)"

}  // namespace tinymlp
