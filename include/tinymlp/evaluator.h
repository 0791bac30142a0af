// How good a network is on a data set, and what it predicts there.
#pragma once
#include <optional>
#include <vector>

#include "tinymlp/device_dataset.h"
#include "tinymlp/loss.h"
#include "tinymlp/pass.h"

TINYMLP_BEGIN

struct Metrics {
  double loss;                     // the mean over the samples
  std::optional<double> accuracy;  // the share of samples put into the right class
};

/// Takes all its memory at construction. Network, loss and data must outlive it.
class Evaluator {
 public:
  /// `threshold`: where there are classes, the border between two of them for a network of one output; with more
  /// outputs the largest wins. Without it no accuracy is counted. Throws ShapeError if the data do not fit the network.
  Evaluator(const Network& network, const Loss& loss, const DeviceDataSet& data, std::optional<double> threshold);

  Metrics evaluate();
  /// The network's outputs, on the host: (rows, outputs), row-major.
  std::vector<Scalar> predict();

 private:
  ConstMatrixView forward(Index first, Index count);

  const Network& network_;
  const Loss& loss_;
  const DeviceDataSet& data_;
  std::optional<double> threshold_;
  Index batch_size_, batches_;
  Pass pass_;
  Buffer<std::int32_t> rows_;         // 0, 1, 2, …: (rows of the data)
  Buffer<Scalar> x_;                  // gathered inputs: (batch, in)
  Buffer<Scalar> results_;            // each batch's loss, then each batch's right predictions: (2 · batches)
  std::vector<Scalar> host_results_;  // the same
};

TINYMLP_END
