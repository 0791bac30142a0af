// A data set on a device: all of it, once, so that a training step copies nothing from the host.
#pragma once
#include <optional>

#include "tinymlp/dataset.h"
#include "tinymlp/device.h"
#include "tinymlp/network.h"

TINYMLP_BEGIN

/// How classes become the numbers that a network is to give: one output for two classes, or one output a class, of
/// which the right one is `high`. For regression: one output, the target itself.
struct TargetCoding {
  Index outputs = 1;
  double low = 0, high = 1;
};

class DeviceDataSet {
 public:
  /// Bytes are used where they lie if the device shares the host's memory: then `data` must outlive this. Throws
  /// ShapeError if the classes do not fit the coding.
  DeviceDataSet(Device& device, const DataSet& data, TargetCoding coding);

  Index rows() const { return targets_.rows; }
  Index features() const { return bytes_.data ? bytes_.cols : inputs_.cols; }
  ConstMatrixView targets() const { return targets_; }  // (rows, outputs)

  /// xᵢ = the features of sample rows[i], bytes as byte / 255. rows: (x.rows), on the device.
  void gather_inputs(const std::int32_t* rows, MatrixView x) const;
  /// The same, and tᵢ = the targets of sample rows[i].
  void gather_batch(const std::int32_t* rows, MatrixView x, MatrixView t) const;
  /// The features of `count` samples from `first` on, where they lie; nothing where they are bytes.
  std::optional<ConstMatrixView> inputs(Index first, Index count) const;

 private:
  Device& device_;
  Buffer<Scalar> input_memory_, target_memory_;
  Buffer<std::uint8_t> byte_memory_;
  ConstMatrixView inputs_, targets_;  // (rows, features), (rows, outputs)
  View<const std::uint8_t> bytes_;    // (rows, features), instead of inputs_
};

/// Throws ShapeError, naming both sizes, unless the network takes these features and gives these outputs.
void check_fit(const Network& network, const DeviceDataSet& data);

TINYMLP_END
