// Every layer × activation × loss against central differences, in double; and that the check finds planted mistakes.
#include "tinymlp/gradient_check.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/losses.h"

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

TEST(GradientCheck, FindsAWrongDerivative) {
  const auto device = make_cpu_device();
  const Case c = random_case(7, 3, 2, false);
  Network wrong(*device, 3, 2, Dense(3, 5), Activation<WrongDerivative>(), Dense(5, 2));
  EXPECT_GT(worst(wrong, MeanSquaredError(), c), 0.01);
  Network broken(*device, 3, 2, Dense(3, 5), Activation<BrokenDerivative>(), Dense(5, 2));
  EXPECT_TRUE(std::isnan(worst(broken, MeanSquaredError(), c)));
}

}  // namespace
}  // namespace tinymlp
