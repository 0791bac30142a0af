// The CUDA kernels of all built-in formulas against double, and against the plain loop: one block and many, odd sizes.
#include <cmath>

#include "builtin_formulas.h"
#include "device_under_test.h"
#include "double_references.h"

namespace tinymlp {
namespace {

const std::vector<Index> sizes{1, 31, 257, 2049, 5000};

class CudaFormulas : public OnCuda {};

TEST_P(CudaFormulas, ActivationsAreThoseInDouble) {
  for (const Index size : sizes)
    for_each_activation([&]<class F>() {
      SCOPED_TRACE(F::name());
      HostMatrix x(1, size, 1, -6, 6), dy(1, size, 2);
      x.values[0] = size == 1 ? Scalar(1.5) : Scalar(0);
      DeviceMatrix y(*device, HostMatrix(1, size)), dx(*device, HostMatrix(1, size));
      DeviceMatrix on_x(*device, x), on_dy(*device, dy);
      map(*device, ActivationForward<F>{}, {y.data()}, {on_x.data()}, size);
      map(*device, ActivationBackward<F>{}, {dx.data()}, {on_x.data(), y.data(), on_dy.data()}, size);
      const auto reference = [&](Index j) {
        return references::activation(F::name(), static_cast<double>(x.at(0, j)));
      };
      expect_near(y.download(), [&](Index, Index j) { return reference(j).value; }, 1e-6);
      expect_near(
          dx.download(), [&](Index, Index j) { return static_cast<double>(dy.at(0, j)) * reference(j).derivative; },
          2e-6);
    });
}

TEST_P(CudaFormulas, LossesAreThoseInDouble) {
  for (const Index size : sizes)
    for_each_elementwise_loss([&]<class F>() {
      SCOPED_TRACE(F::name());
      const HostMatrix p(1, size, 1, -4, 4);
      HostMatrix t(1, size, 2, 0, 1);
      for (Scalar& target : t.values) target = target < Scalar(0.5) ? Scalar(0) : Scalar(1);
      DeviceMatrix value(*device, HostMatrix(1, 1)), gradient(*device, HostMatrix(1, size));
      const DeviceMatrix on_p(*device, p), on_t(*device, t);
      const ElementwiseLoss<F> loss;
      loss.evaluate(*device, on_p, on_t, value.data(), gradient);
      const auto reference = [&](Index j) {
        return references::loss(F::name(), static_cast<double>(p.at(0, j)), static_cast<double>(t.at(0, j)));
      };
      double mean = 0;
      for (Index j = 0; j < size; ++j) mean += reference(j).value / static_cast<double>(size);
      expect_near(value.download(), [&](Index, Index) { return mean; }, 2e-6);
      HostMatrix<> scaled = gradient.download();
      for (Scalar& g : scaled.values) g *= static_cast<Scalar>(size);
      expect_near(scaled, [&](Index, Index j) { return reference(j).derivative; }, 2e-6);
    });
}

/// The formula with its members at zero, except those without which it cannot run. numbers: two, where the step is.
template <class Op>
Op an(const Step* step, const Scalar* numbers) {
  Op op{};
  if constexpr (requires { op.step; }) op.step = step;
  if constexpr (requires { op.slope; }) op.slope = numbers;
  if constexpr (requires { op.penalty; }) op.penalty = {Scalar(0.1), Scalar(0.01)};
  if constexpr (requires { op.corrections; }) op.corrections = numbers;
  if constexpr (requires { op.squares; }) op.squares = numbers;
  if constexpr (requires { op.log_beta1; }) op.log_beta1 = op.log_beta2 = Scalar(-0.1);
  if constexpr (requires { op.beta1; }) op.beta1 = op.rest1 = op.beta2 = op.rest2 = Scalar(0.5);
  if constexpr (requires { op.epsilon; }) op.epsilon = Scalar(0.01);
  if constexpr (requires { op.scaling; }) op.scaling = {Scalar(0.75), Scalar(0.25), Scalar(0.01)};
  return op;
}

TEST_P(CudaFormulas, AllAgreeWithThePlainLoop) {
  const HostMatrix<Step> host_step = [] {
    HostMatrix<Step> step(1, 1);
    step.values[0] = {3, Scalar(0.1)};
    return step;
  }();
  DeviceMatrix<Step> step(*device, host_step);
  const HostMatrix numbers(1, 2, 9, 0.5, 2);
  DeviceMatrix on_numbers(*device, numbers);
  const Index size = 3000;
  for_each_formula([&]<class Op>() {
    SCOPED_TRACE(Op::name());
    std::vector<HostMatrix<>> inputs;
    inputs.reserve(4);
    for (std::uint32_t k = 0; k < 4; ++k) inputs.emplace_back(1, size, k + 1, 0.1, 0.9);
    std::vector<HostMatrix<>> outputs(4, HostMatrix(1, size));
    Scalar sum = 0;
    const Op op = an<Op>(host_step.values.data(), numbers.values.data());
    map_loop<Op>({&op,
                  {outputs[0].values.data(), outputs[1].values.data(), outputs[2].values.data()},
                  {inputs[0].values.data(), inputs[1].values.data(), inputs[2].values.data(), inputs[3].values.data()},
                  size,
                  &sum},
                 nullptr);
    std::vector<DeviceMatrix<>> on_in, on_out;
    for (std::size_t k = 0; k < 4; ++k) {
      on_in.emplace_back(*device, inputs[k]);
      on_out.emplace_back(*device, HostMatrix(1, size));
    }
    map(*device, an<Op>(step.data(), on_numbers.data()), {on_out[0].data(), on_out[1].data(), on_out[2].data()},
        {on_in[0].data(), on_in[1].data(), on_in[2].data(), on_in[3].data()}, size, on_out[3].data());
    for (std::size_t k = 0; k < 3; ++k)
      expect_near(on_out[k].download(), [&](Index, Index j) { return static_cast<double>(outputs[k].at(0, j)); }, 2e-6);
    EXPECT_NEAR(static_cast<double>(on_out[3].download().at(0, 0)), static_cast<double>(sum),
                1e-4 * (1 + std::abs(static_cast<double>(sum))));
  });
}

TEST_P(CudaFormulas, OfASizeOfZeroDoNothing) {
  DeviceMatrix sum(*device, HostMatrix(1, 1, 5));
  map(*device, FiniteCheck{}, {}, {nullptr}, 0, sum.data());
  EXPECT_EQ(sum.download().at(0, 0), 0);
}

TEST_P(CudaFormulas, TakeSeveralTurnsIfThereAreNotEnoughBlocks) {
  const Index size = 300000;
  const HostMatrix x(1, size, 1);
  DeviceMatrix on_x(*device, x), y(*device, HostMatrix(1, size));
  map(*device, Copy{}, {y.data()}, {on_x.data()}, size);
  EXPECT_EQ(y.download().values, x.values);
}

// More than 65,536 elements have more blocks than the sum of the blocks' sums has threads; beyond 262,144 a block takes
// several turns.
TEST_P(CudaFormulas, AddUpWhatManyBlocksHave) {
  for (const Index size : {65536, 65537, 70001, 262144, 300007}) {
    const HostMatrix p(1, size, 1), t(1, size, 2);
    double mean = 0;
    for (Index i = 0; i < size; ++i) {
      const double error = static_cast<double>(p.at(0, i)) - static_cast<double>(t.at(0, i));
      mean += error * error / static_cast<double>(size);
    }
    DeviceMatrix gradient(*device, HostMatrix(1, size)), value(*device, HostMatrix(1, 1));
    const DeviceMatrix on_p(*device, p), on_t(*device, t);
    MeanSquaredError().evaluate(*device, on_p, on_t, value.data(), gradient);
    const auto got = static_cast<double>(value.download().at(0, 0));
    EXPECT_TRUE(std::abs(got - mean) <= 1e-6) << got << " instead of " << mean << ", size " << size;
  }
}

TEST_P(CudaFormulas, GiveTheSameBitsEveryTime) {
  const HostMatrix p(1, 5000, 1), t(1, 5000, 2);
  const DeviceMatrix on_p(*device, p), on_t(*device, t);
  DeviceMatrix gradient(*device, HostMatrix(1, 5000)), value(*device, HostMatrix(1, 1));
  const auto loss = [&] {
    MeanSquaredError().evaluate(*device, on_p, on_t, value.data(), gradient);
    return value.download().at(0, 0);
  };
  EXPECT_EQ(loss(), loss());
}

TINYMLP_ON_CUDA(CudaFormulas);

}  // namespace
}  // namespace tinymlp
