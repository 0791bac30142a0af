// What many experiments do with networks, in float or in double: stack fully connected layers, ask for outputs, train
// on all samples at once, train in mini-batches.
#pragma once
#include <cmath>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tinymlp/evaluator.h"
#include "tinymlp/initializer.h"
#include "tinymlp/losses.h"
#include "tinymlp/network.h"
#include "tinymlp/pass.h"
#include "tinymlp/sgd.h"
#include "tinymlp/trainer.h"

TINYMLP_BEGIN

/// sizes 2, 4, 1: Dense(2, 4), activation, Dense(4, 1), output activation; where an activation is "identity", no layer.
/// Behind each hidden layer, dropout where it is more than 0.
std::vector<std::unique_ptr<Layer>> dense_stack(const std::vector<Index>& sizes, const std::string& activation,
                                                const std::string& output_activation, const Initializer& initializer,
                                                double dropout = 0);

/// What the network gives for the rows of x: (rows, inputs) on the host to (rows, outputs) on the host. On the CPU.
std::vector<double> network_outputs(const Network& network, const std::vector<double>& x);

/// All samples in every step: gradient descent without chance. On the CPU.
class FullBatch {
 public:
  /// x: (rows, inputs), t: (rows, outputs), on the host. What it is given must outlive it.
  FullBatch(Network& network, const Loss& loss, Optimizer& optimizer, const std::vector<double>& x,
            const std::vector<double>& t);
  void step();
  /// The loss that the last step saw before it moved the parameters.
  double last_loss() const { return static_cast<double>(loss_value_[0]); }
  /// The loss of the network as it is now.
  double loss();

 private:
  Network& network_;
  const Loss& loss_;
  Optimizer& optimizer_;
  Pass pass_;
  Buffer<Scalar> x_, t_, loss_value_;  // (rows, inputs), (rows, outputs), (1)
  Buffer<Step> step_;
  ConstMatrixView x_view_, t_view_;
};

using MakeOptimizer = std::function<std::unique_ptr<Optimizer>()>;
MakeOptimizer sgd(double learning_rate, double momentum = 0, double weight_decay = 0);

/// How to train: the network, the loss, the optimizer.
struct TrainingPlan {
  std::vector<Index> sizes;  // "2, 4, 1"
  std::string activation = "relu", output_activation = "identity";
  Initializer initializer = make_initializer("xavier-normal");
  double dropout = 0;  // behind each hidden layer
  std::string loss = "half-mse";
  TargetCoding coding = {};
  std::optional<double> threshold = {};  // counts right predictions
  MakeOptimizer optimizer = sgd(0.1);
  Index batch_size = 32;
};

/// A network in training, with its data, on a device of its own of one thread.
class Training {
 public:
  /// `seed`: of weights and shuffles.
  Training(const TrainingPlan& plan, const DataParts& parts, std::uint64_t seed, int threads = 1);
  EpochResult epoch() { return trainer_.epoch(); }
  void run(Index epochs) {
    for (Index i = 0; i < epochs; ++i) epoch();
  }
  Metrics training_metrics() { return training_evaluator_.evaluate(); }
  Metrics test_metrics() { return test_evaluator_.evaluate(); }
  /// Not a number if the plan has no threshold.
  double test_accuracy() { return test_metrics().accuracy.value_or(std::nan("")); }
  Network& network() { return network_; }

 private:
  std::unique_ptr<Device> device_;
  Network network_;
  std::unique_ptr<Loss> loss_;
  std::unique_ptr<Optimizer> optimizer_;
  DeviceDataSet training_, test_;
  Trainer trainer_;
  Evaluator training_evaluator_, test_evaluator_;
};

TINYMLP_END
