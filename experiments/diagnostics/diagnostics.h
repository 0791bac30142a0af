// What `train --diagnostics` sees of a network while it learns: each layer's health after every epoch, how activations
// are spread, what hidden units do, and how the border between classes moves.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/epoch_lines.h"
#include "figures/run_figures.h"
#include "health/verdicts.h"
#include "output/run_directory.h"
#include "tinymlp/dataset.h"
#include "tinymlp/device_dataset.h"
#include "tinymlp/loss.h"
#include "tinymlp/model_description.h"
#include "tinymlp/network.h"

namespace tinymlp::program {

class Diagnostics {
 public:
  /// Looks at no more than most_health_rows rows of `training`. Network, description and data must outlive it.
  Diagnostics(Network& network, const ModelDescription& description, const DataSet& training);

  /// Takes what an earlier part of the run has kept of the epochs up to that one.
  void go_on(const RunDirectory& directory, Index epoch);
  /// Looks at the network as it is after that epoch; 0: before the first. Overwrites its gradients.
  void look(Index epoch, double learning_rate);

  /// What the last look saw.
  const std::vector<LayerHealth>& layers() const { return layers_; }
  std::optional<double> learning_rate() const { return learning_rate_; }
  std::vector<Verdict> verdicts() const { return program::verdicts(layers_); }

  /// Writes what was seen so far, for a run that goes on later.
  void save(const RunDirectory& directory) const;
  /// Looks once more at the network, as it is kept, and draws all figures, adding to `figures`. `epoch`: how many are
  /// done; `is_after_it`: whether the network is as that epoch left it.
  void finish(const RunDirectory& directory, Index epoch, bool is_after_it, const std::string& title,
              RunFigures& figures);

 private:
  void add_frame(Index epoch);

  Network& network_;
  const ModelDescription& description_;
  const DataSet& training_;
  DataSet rows_;  // those that are looked at
  std::unique_ptr<Loss> loss_;
  DeviceDataSet device_rows_;
  std::vector<LayerHealth> layers_;
  std::optional<double> learning_rate_;
  EpochLines health_, frames_, histograms_;  // histograms_: of epoch 0 alone
};

}  // namespace tinymlp::program
