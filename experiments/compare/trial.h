// One training of a comparison: a variant with a seed, on one thread.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "compare/variants.h"
#include "options/device_options.h"
#include "tinymlp/matrix.h"

namespace tinymlp::program {

/// What a comparison ranks by, and when a run has succeeded.
struct Judgement {
  bool higher_is_better = true;  // accuracies; or else losses
  std::string score;             // "test accuracy"
  double target = 0.95;          // a score this good is a success

  double worst() const;
  bool reaches(double score_of_run) const { return higher_is_better ? score_of_run >= target : score_of_run <= target; }
};

struct TrialEpoch {
  double train_loss = 0;
  std::optional<double> train_accuracy;
  double test_loss = 0;  // infinite where it is no number
  std::optional<double> test_accuracy;
  double learning_rate = 0;
};

struct TrialResult {
  double score = 0;  // after training; the worst there is for a run that diverged
  double loss = 0;   // the test loss beside it
  bool success = false;
  std::optional<Index> epochs_to_target;
  std::string divergence;                 // what happened; empty where nothing did
  std::optional<double> dead, saturated;  // shares of units, over the hidden activations (layer_health.h)
  double seconds = 0;                     // of training
  std::vector<TrialEpoch> epochs;
  std::string recording_problem;  // FitResult's; not kept
};

/// Trains the variant on these parts. `learning_rate`: a text in place of the variant's, or empty. The same call gives
/// the same trial, but for its seconds, on any thread of any machine of a kind. Throws Error only where no training is
/// to blame.
TrialResult run_trial(const Variant& variant, const DataParts& parts, std::uint64_t seed,
                      const std::string& learning_rate, const Judgement& judgement, const DeviceOptions& device);

/// The score of the best affine map on the test part: what no network without curves can be expected to pass.
double linear_score(const Variant& variant, const Judgement& judgement);

/// The loss on the test part of the best constant guess, for data of numbers: the mean of the training targets.
double constant_loss(const Variant& variant);

}  // namespace tinymlp::program
