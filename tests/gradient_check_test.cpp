// Every layer × activation × loss against central differences, in double; and that the check finds planted mistakes.
#include "tinymlp/gradient_check.h"

#include <gtest/gtest.h>

#include <cmath>
#include <tuple>

#include "kinks.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/losses.h"
#include "tinymlp/pass.h"

namespace tinymlp {
namespace {

constexpr double tolerance = 1e-7;

struct Case {
  std::vector<Scalar> x, t;  // (batch, inputs), (batch, outputs)
  Index batch, inputs, outputs;
  ConstMatrixView inputs_view() const { return {x.data(), batch, inputs}; }
  ConstMatrixView targets_view() const { return {t.data(), batch, outputs}; }
};

/// Random inputs; targets in 0..1, one-hot for cross-entropy.
Case random_case(Index batch, Index inputs, Index outputs, bool one_hot) {
  Random random(11, Purpose::check);
  Case c{{}, {}, batch, inputs, outputs};
  for (Index i = 0; i < batch * inputs; ++i) c.x.push_back(static_cast<Scalar>(random.uniform(-2, 2)));
  for (Index i = 0; i < batch; ++i)
    for (Index j = 0; j < outputs; ++j)
      c.t.push_back(one_hot ? static_cast<Scalar>(j == i % outputs) : static_cast<Scalar>(random.uniform()));
  return c;
}

/// Random biases: with zeros, dead units sit exactly on relu's kink.
void randomize(Network& network) {
  Random random(5, Purpose::check, 1);
  std::vector<Tensor> tensors = network.parameter_tensors();
  for (Tensor& tensor : tensors)
    for (double& value : tensor.values) value += random.uniform(-0.3, 0.3);
  network.set_parameters(tensors);
}

double worst(Network& network, const Loss& loss, const Case& c) {
  randomize(network);
  return worst_error(check_gradients(network, loss, c.inputs_view(), c.targets_view()));
}

class EveryActivationAndLoss : public testing::TestWithParam<std::tuple<std::string, std::string>> {};

TEST_P(EveryActivationAndLoss, AgreesWithFiniteDifferences) {
  const auto& [activation, loss_name] = GetParam();
  const auto device = make_cpu_device();
  const auto loss = make_loss(loss_name);
  for (const auto& [batch, outputs] : {std::pair<Index, Index>{7, 2}, {1, 3}, {5, 1}}) {
    std::vector<std::unique_ptr<Layer>> layers;
    layers.push_back(std::make_unique<Dense>(3, 5));
    layers.push_back(make_activation(activation));
    layers.push_back(std::make_unique<Dense>(5, 4));
    layers.push_back(make_activation(activation));
    layers.push_back(std::make_unique<Dense>(4, outputs));
    Network network(*device, 3, 2, std::move(layers));
    const Case c = random_case(batch, 3, outputs, loss_name == "cross-entropy");
    EXPECT_LE(worst(network, *loss, c), tolerance) << "batch " << batch << ", outputs " << outputs;
  }
}

std::vector<std::string> tested_activations() {
  std::vector<std::string> names = activation_names();
  names.push_back("leaky-relu(0.3)");
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, EveryActivationAndLoss,
                         testing::Combine(testing::ValuesIn(tested_activations()), testing::ValuesIn(loss_names())),
                         [](const auto& parameter) {
                           std::string name = std::get<0>(parameter.param) + "_" + std::get<1>(parameter.param);
                           for (char& c : name)
                             if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
                           return name;
                         });

/// A loss that is linear in the predictions: their mean, each times its target.
struct Weighed {
  static std::string name() { return "test.weighed"; }
  template <class T>
  LossTerm<T> term(T p, T t) const {
    return {p * t, t};
  }
};

TEST(GradientCheck, HoldsOnBothSidesOfEveryKink) {
  const auto device = make_cpu_device();
  std::size_t kinks_found = 0;
  for (const std::string& activation : tested_activations()) {
    std::vector<std::unique_ptr<Layer>> layers;
    layers.push_back(make_activation(activation));
    Network network(*device, 1, 2, std::move(layers));
    Pass pass(network, 1);
    Case c{{}, {}, 0, 1, 1};
    for (const double kink : find_kinks([&](double x) { return pass.forward({&x, 1, 1}).data[0]; }, -8, 8)) {
      ++kinks_found;
      for (const double distance : {-1.0, -0.01, -0.001, 0.001, 0.01, 1.0}) c.x.push_back(kink + distance);
    }
    for (double x = -7.93; x < 8; x += 0.37) c.x.push_back(x);
    c.batch = static_cast<Index>(c.x.size());
    for (Index i = 0; i < c.batch; ++i) c.t.push_back(i % 2 == 0 ? 1 : -2);
    const auto errors = check_gradients(network, ElementwiseLoss<Weighed>(), c.inputs_view(), c.targets_view());
    EXPECT_LE(worst_error(errors), tolerance) << activation << " at " << worst_of(errors).place;
  }
  EXPECT_GE(kinks_found, 3U);  // relu and two leaky ones have one each
}

TEST(GradientCheck, TakesAnySlopeBetweenTheSidesOnAKink) {
  const auto device = make_cpu_device();
  const Case c{{0, 1, -1, 1e-7, -1e-9}, {1, 1, 1, 1, 1}, 5, 1, 1};
  Network network(*device, 1, 2, Activation<ReLU>());
  const auto errors = check_gradients(network, ElementwiseLoss<Weighed>(), c.inputs_view(), c.targets_view());
  EXPECT_LE(worst_error(errors), tolerance);
  EXPECT_EQ(errors.front().kinks, 2);  // 0, and what is too near to it to tell
}

TEST(GradientCheck, LooksAtSoManyPointsOnly) {
  const auto device = make_cpu_device();
  Network network(*device, 3, 2, Dense(3, 5), Activation<Tanh>(), Dense(5, 2));
  const Case c = random_case(7, 3, 2, false);
  const auto errors = check_gradients(network, MeanSquaredError(), c.inputs_view(), c.targets_view(), {.points = 4});
  std::vector<Index> points;
  for (const GradientError& error : errors) points.push_back(error.points);
  EXPECT_EQ(points, (std::vector<Index>{4, 4, 4, 2, 4}));
}

TEST(GradientCheck, HoldsForSmallGradientsToo) {  // where rounding would drown them in a short step
  const auto device = make_cpu_device();
  Network network(*device, 3, 2, Dense(3, 5), Activation<Tanh>(), Dense(5, 2));
  Case c = random_case(7, 3, 2, false);
  randomize(network);
  Pass pass(network, 7);
  const ConstMatrixView y = pass.forward(c.inputs_view());
  for (Index i = 0; i < y.size(); ++i) c.t[static_cast<std::size_t>(i)] = y.data[i] + 1e-5 * static_cast<double>(i % 3);
  EXPECT_LE(worst_error(check_gradients(network, MeanSquaredError(), c.inputs_view(), c.targets_view())), tolerance);
}

TEST(GradientCheck, HoldsForAnActivationAtTheOutput) {
  const auto device = make_cpu_device();
  Network network(*device, 3, 2, Dense(3, 5), Activation<Tanh>(), Dense(5, 2), Activation<Sigmoid>());
  EXPECT_LE(worst(network, MeanSquaredError(), random_case(7, 3, 2, false)), tolerance);
}

TEST(GradientCheck, HoldsForWideLayers) {  // more than one tile of a product, with ragged edges
  const auto device = make_cpu_device();
  Network network(*device, 2, 2, Dense(2, 130), Activation<Tanh>(), Dense(130, 3));
  EXPECT_LE(worst(network, SoftmaxCrossEntropy(), random_case(67, 2, 3, true)), tolerance);
}

TEST(GradientCheck, NamesEveryArrayAndCountsItsPoints) {
  const auto device = make_cpu_device();
  Network network(*device, 3, 2, Dense(3, 5), Activation<Tanh>(), Dense(5, 2));
  const Case c = random_case(7, 3, 2, false);
  const auto errors = check_gradients(network, MeanSquaredError(), c.inputs_view(), c.targets_view());
  std::vector<std::pair<std::string, Index>> found;
  for (const GradientError& error : errors) found.emplace_back(error.name, error.points);
  EXPECT_EQ(found, (std::vector<std::pair<std::string, Index>>{
                       {"0.weight", 15}, {"0.bias", 5}, {"2.weight", 10}, {"2.bias", 2}, {"input", 21}}));
}

struct WrongDerivative {  // tanh with the derivative of something else
  static std::string name() { return "test.wrong"; }
  template <class T>
  T value(T x) const {
    using std::tanh;
    return tanh(x);
  }
  template <class T>
  T derivative(T, T y) const {
    return T(1) - y;
  }
};

struct BrokenDerivative {  // gives NaN, which a maximum of doubles would drop
  static std::string name() { return "test.nan"; }
  template <class T>
  T value(T x) const {
    return x;
  }
  template <class T>
  T derivative(T, T) const {
    return T(NAN);
  }
};

struct NanAboveOne {  // gives NaN for some numbers only
  static std::string name() { return "test.nan-above-one"; }
  template <class T>
  T value(T x) const {
    return x;
  }
  template <class T>
  T derivative(T x, T) const {
    return x > T(1) ? T(NAN) : T(1);
  }
};

/// Scales by a learned number, whose gradient is added to what was there.
class AddingScale final : public Layer {
 public:
  AddingScale() : Layer({{"scale", {1}, true, {}, {}}}) {}
  std::string describe() const override { return "test.scale"; }
  Index outputs(Index inputs) const override { return inputs; }
  void initialize(std::size_t, std::span<double> values, Random&) const override { values[0] = 0.5; }

 private:
  void forward_impl(const Context&, ConstMatrixView x, MatrixView y) const override {
    for (Index i = 0; i < x.size(); ++i) y.data[i] = x.data[i] * parameter(0).value.data[0];
  }
  void backward_impl(const Context&, ConstMatrixView x, ConstMatrixView, ConstMatrixView dy,
                     MatrixView dx) const override {
    for (Index i = 0; i < x.size(); ++i) {
      parameter(0).gradient.data[0] += x.data[i] * dy.data[i];
      if (dx.data) dx.data[i] = dy.data[i] * parameter(0).value.data[0];
    }
  }
};

TEST(GradientCheck, FindsGradientsThatAreAdded) {
  const auto device = make_cpu_device();
  const Case c = random_case(7, 3, 3, false);
  const auto errors_after = [&](int passes) {
    Network network(*device, 3, 2, AddingScale());
    return check_gradients(network, MeanSquaredError(), c.inputs_view(), c.targets_view(), {.backward_passes = passes});
  };
  EXPECT_LE(worst_error(errors_after(1)), tolerance);
  const GradientError worst = worst_of(errors_after(2));
  EXPECT_EQ(worst.place, "0.scale[0]");
  EXPECT_NEAR(worst.gradient, 2 * worst.difference, 1e-6 * std::abs(worst.gradient));
}

TEST(GradientCheck, NamesThePlaceOfTheWorstAsPyTorchCounts) {
  struct Off final : Layer {  // doubles the gradient of one weight: input 2 to output 1 of (3, 5)
    Off() : Layer({{"weight", {5, 3}, true, {}, {}}}) {}
    std::string describe() const override { return "test.off"; }
    Index outputs(Index) const override { return 5; }
    void initialize(std::size_t, std::span<double> values, Random& random) const override {
      for (double& value : values) value = random.uniform(-1, 1);
    }
    void forward_impl(const Context& context, ConstMatrixView x, MatrixView y) const override {
      const std::vector<Scalar> zeros(5);
      context.device.multiply(x, parameter(0).value, {zeros.data(), 1, 5}, y);
    }
    void backward_impl(const Context& context, ConstMatrixView x, ConstMatrixView, ConstMatrixView dy,
                       MatrixView dx) const override {
      context.device.multiply_at(x, dy, parameter(0).gradient);
      parameter(0).gradient.data[2 * 5 + 1] *= 2;
      if (dx.data) context.device.multiply_bt(dy, parameter(0).value, dx);
    }
  };
  const auto device = make_cpu_device();
  const Case c = random_case(7, 3, 5, false);
  Network network(*device, 3, 2, Off());
  const auto errors = check_gradients(network, MeanSquaredError(), c.inputs_view(), c.targets_view());
  EXPECT_EQ(worst_of(errors).place, "0.weight[1][2]");
  EXPECT_LE(errors.back().worst, tolerance);  // the input's gradient is right
}

TEST(GradientCheck, FindsAWrongDerivative) {
  const auto device = make_cpu_device();
  const Case c = random_case(7, 3, 2, false);
  Network wrong(*device, 3, 2, Dense(3, 5), Activation<WrongDerivative>(), Dense(5, 2));
  EXPECT_GT(worst(wrong, MeanSquaredError(), c), 0.01);
  Network broken(*device, 3, 2, Dense(3, 5), Activation<BrokenDerivative>(), Dense(5, 2));
  EXPECT_TRUE(std::isnan(worst(broken, MeanSquaredError(), c)));
}

TEST(GradientCheck, FindsNanBehindNumbersThatAreRight) {
  const auto device = make_cpu_device();
  Network network(*device, 3, 2, Dense(3, 3), Activation<NanAboveOne>());
  const std::vector<double> inputs{0, 0, 0, 9, 9, 9}, targets(6, 0.5);
  network.set_parameters({{"0.weight", {3, 3}, {0.05, 0, 0, 0, 0.05, 0, 0, 0, 1}}, {"0.bias", {3}, {0.1, 0.1, 0.1}}});
  const std::vector<Scalar> x(inputs.begin(), inputs.end()), t(targets.begin(), targets.end());
  const auto errors = check_gradients(network, MeanSquaredError(), {x.data(), 2, 3}, {t.data(), 2, 3});
  EXPECT_EQ(worst_of(errors).place, "0.weight[2][0]");  // the first of the third output's
  EXPECT_TRUE(std::isnan(worst_error(errors)));
}

}  // namespace
}  // namespace tinymlp
