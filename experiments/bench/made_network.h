// A network with made data to train it on or to predict: what bench times.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tinymlp/device_dataset.h"
#include "tinymlp/evaluator.h"
#include "tinymlp/loss.h"
#include "tinymlp/network.h"
#include "tinymlp/sgd.h"
#include "tinymlp/trainer.h"

namespace tinymlp::program {

/// A fully connected network, and how many rows it is given.
struct NetworkShape {
  std::vector<Index> sizes;  // inputs, each hidden layer's units, outputs
  std::string activation;
  Index batch = 1, rows = 1;
  bool images = false;  // features are bytes
  Index layers() const { return static_cast<Index>(sizes.size()) - 1; }
  /// Weights and biases.
  double parameters() const;
  /// Operations of the matrix products alone, for each row: a multiply-add counts as two. Forward: 2 in out for each
  /// layer; backward as many for its weights, and, but in the first layer, as many for its inputs.
  double forward_flop() const;
  double training_flop() const;
  /// Bytes of a row's features.
  double row_bytes() const;
};

/// Random data: how fast it is does not depend on what they show. One output is for two classes and bce, several are
/// for as many and cross-entropy. SGD with a learning rate so small that no number of epochs leads astray.
class MadeNetwork {
 public:
  MadeNetwork(Device& device, const NetworkShape& shape);
  ~MadeNetwork() = default;
  MadeNetwork(const MadeNetwork&) = delete;
  MadeNetwork& operator=(const MadeNetwork&) = delete;

  /// A whole epoch, as train runs it: a new order, all steps, the losses.
  void train_epoch() { trainer_.epoch(); }
  /// So many steps of an epoch, from one to the next; returns when the device has done them.
  void train_steps(Index count);
  /// The outputs for all rows, on the host.
  void predict() { evaluator_.predict(); }
  Index steps_per_epoch() const { return trainer_.steps_per_epoch(); }

 private:
  Device& device_;
  DataSet host_;
  Network network_;
  std::unique_ptr<Loss> loss_;
  Sgd optimizer_;
  DeviceDataSet data_;
  Trainer trainer_;
  Evaluator evaluator_;
  Index next_ = 0;  // step
};

}  // namespace tinymlp::program
