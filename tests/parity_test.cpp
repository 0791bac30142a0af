#include "tinymlp/parity.h"

#include <gtest/gtest.h>

#include "tinymlp/generators.h"

namespace tinymlp {
namespace {

ModelDescription small_model() {
  ModelDescription model;
  model.inputs = 2;
  model.layers = {"Dense(2, 5)", "tanh", "Dense(5, 1)"};
  model.task = Task::classification;
  model.loss = "bce";
  return model;
}

TEST(Parity, OfADeviceWithItselfIsComplete) {
  const auto a = make_cpu_device(1), b = make_cpu_device(2);
  const DataSet data = generate("xor", {.samples = 60});
  const ModelDescription model = small_model();
  const Parity parity = compare_devices(*a, *b, {.data = data, .model = model, .epochs = 3});
  EXPECT_TRUE(parity.same_start);
  EXPECT_EQ(parity.losses_a, parity.losses_b);
  EXPECT_EQ(parity.losses_a.size(), 3U);
  EXPECT_EQ(parity.largest_loss_difference, 0);
  ASSERT_EQ(parity.tensors.size(), 4U);
  EXPECT_EQ(parity.tensors[0].name, "0.weight");
  EXPECT_EQ(parity.tensors[0].size, 10);
  EXPECT_EQ(parity.tensors[3].name, "2.bias");
  for (const TensorDifference& tensor : parity.tensors) EXPECT_EQ(tensor.largest, 0);
  EXPECT_GT(parity.tensors[0].largest_value, 0);
}

/// Passes everything on to the CPU, but its sums of rows are too large by a factor.
class WrongDevice final : public Device {
 public:
  explicit WrongDevice(Scalar factor) : factor_(factor) {}
  std::string_view name() const override { return "wrong"; }
  bool uses_host_memory() const override { return true; }
  void* allocate(std::size_t bytes) override { return cpu_->allocate(bytes); }
  void release(void* memory) noexcept override { cpu_->release(memory); }
  void upload(void* to, const void* from, std::size_t bytes) override { cpu_->upload(to, from, bytes); }
  void download(void* to, const void* from, std::size_t bytes) override { cpu_->download(to, from, bytes); }
  void multiply(ConstMatrixView a, ConstMatrixView b, ConstMatrixView row, MatrixView c) override {
    cpu_->multiply(a, b, row, c);
  }
  void multiply_at(ConstMatrixView a, ConstMatrixView b, MatrixView c) override { cpu_->multiply_at(a, b, c); }
  void multiply_bt(ConstMatrixView a, ConstMatrixView b, MatrixView c) override { cpu_->multiply_bt(a, b, c); }
  void sum_rows(ConstMatrixView a, MatrixView row) override {
    cpu_->sum_rows(a, row);
    for (Index j = 0; j < row.cols; ++j) row.data[j] *= factor_;
  }
  void map(const MapOp& op, const MapCall& call) override { cpu_->map(op, call); }
  void softmax_cross_entropy(ConstMatrixView z, ConstMatrixView t, Scalar* value, MatrixView gradient) override {
    cpu_->softmax_cross_entropy(z, t, value, gradient);
  }
  void count_correct(ConstMatrixView prediction, ConstMatrixView target, Scalar threshold, Scalar* count) override {
    cpu_->count_correct(prediction, target, threshold, count);
  }
  void dropout(const DropoutMask& mask, const Step* step, ConstMatrixView from, MatrixView to) override {
    cpu_->dropout(mask, step, from, to);
  }
  void gather(ConstMatrixView from, const std::int32_t* rows, MatrixView to) override { cpu_->gather(from, rows, to); }
  void gather(View<const std::uint8_t> from, const std::int32_t* rows, MatrixView to) override {
    cpu_->gather(from, rows, to);
  }

 private:
  Scalar factor_;
  std::unique_ptr<Device> cpu_ = make_cpu_device();
};

TEST(Parity, ShowsWhereDevicesComeApart) {
  const auto cpu = make_cpu_device();
  WrongDevice wrong(Scalar(1.01));
  const DataSet data = generate("xor", {.samples = 60});
  const ModelDescription model = small_model();
  const Parity parity =
      compare_devices(*cpu, wrong, {.data = data, .model = model, .trainer = {.batch_size = 60}, .epochs = 1});
  EXPECT_TRUE(parity.same_start);
  EXPECT_EQ(parity.largest_loss_difference, 0) << "before the only step nothing was summed";
  EXPECT_EQ(parity.tensors[0].largest, 0);
  EXPECT_GT(parity.tensors[1].largest, 0);
  EXPECT_EQ(parity.tensors[2].largest, 0);
  EXPECT_GT(parity.tensors[3].largest, 0);
}

}  // namespace
}  // namespace tinymlp
