// Tests of tinymlp/network.h: where parameters lie, what they are called, how they start, and how they are set.
#include "tinymlp/network.h"

#include <gtest/gtest.h>

#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"
#include "tinymlp/dropout.h"
#include "tinymlp/pass.h"
#include "tinymlp/prelu.h"

namespace tinymlp {
namespace {

class NetworkTest : public testing::Test {
 protected:
  Network make(std::uint64_t seed = 1) const {
    return {*device,
            3,
            seed,
            Dense(3, 5, make_initializer("pytorch")),
            Activation<Tanh>(),
            Activation<ReLU>(),
            Dense(5, 2, make_initializer("pytorch"))};
  }
  std::unique_ptr<Device> device = make_cpu_device();
};

/// Every parameter another number: k + 1 for the k-th in file order.
std::vector<Tensor> counted(const Network& network) {
  std::vector<Tensor> tensors = network.parameter_tensors();
  double next = 0;
  for (Tensor& tensor : tensors)
    for (double& value : tensor.values) value = ++next;
  return tensors;
}

TEST_F(NetworkTest, KnowsItsSizes) {
  const Network network = make();
  EXPECT_EQ(network.inputs(), 3);
  EXPECT_EQ(network.outputs(), 2);
  EXPECT_EQ(network.layers().size(), 4U);
  EXPECT_EQ(network.counts().all, 15 + 5 + 10 + 2);
  EXPECT_EQ(network.counts().weights, 15 + 10);
  EXPECT_EQ(&network.device(), device.get());
  EXPECT_EQ(network.describe(), "Dense(3, 5), tanh, relu, Dense(5, 2)");
}

TEST_F(NetworkTest, NamesTensorsAsSequentialDoes) {
  const Network network = make();
  const std::vector<Tensor> tensors = network.parameter_tensors(), gradients = network.gradient_tensors();
  const std::vector<std::pair<std::string, std::vector<Index>>> expected{
      {"0.weight", {5, 3}}, {"0.bias", {5}}, {"3.weight", {2, 5}}, {"3.bias", {2}}};
  ASSERT_EQ(tensors.size(), expected.size());
  ASSERT_EQ(gradients.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    for (const auto* list : {&tensors, &gradients}) {
      EXPECT_EQ((*list)[i].name, expected[i].first);
      EXPECT_EQ((*list)[i].shape, expected[i].second);
    }
}

TEST_F(NetworkTest, KeepsAllWeightsInFrontTransposed) {
  Network network = make();
  network.set_parameters(counted(network));  // 0.weight 1…15, 0.bias 16…20, 3.weight 21…30, 3.bias 31, 32
  const std::vector<Scalar> memory(network.parameters(), network.parameters() + 32);
  EXPECT_EQ(memory, (std::vector<Scalar>{1,  4,  7,  10, 13, 2,  5,  8,  11, 14, 3, 6, 9, 12, 15,  // (3, 5)
                                         21, 26, 22, 27, 23, 28, 24, 29, 25, 30,                   // (5, 2)
                                         16, 17, 18, 19, 20, 31, 32}));
}

TEST_F(NetworkTest, GivesGradientsInTheOrderOfTheFiles) {
  Network network = make();
  for (Index i = 0; i < 32; ++i) network.gradients()[i] = static_cast<Scalar>(i);
  const std::vector<Tensor> tensors = network.gradient_tensors();
  EXPECT_EQ(tensors[0].values, (std::vector<double>{0, 5, 10, 1, 6, 11, 2, 7, 12, 3, 8, 13, 4, 9, 14}));
  EXPECT_EQ(tensors[1].values, (std::vector<double>{25, 26, 27, 28, 29}));
  EXPECT_EQ(tensors[2].values, (std::vector<double>{15, 17, 19, 21, 23, 16, 18, 20, 22, 24}));
  EXPECT_EQ(tensors[3].values, (std::vector<double>{30, 31}));
}

TEST_F(NetworkTest, GradientsStartAtZero) {
  Network network = make();
  for (Index i = 0; i < 32; ++i) EXPECT_EQ(network.gradients()[i], 0);
}

TEST_F(NetworkTest, SetParametersAreReadBack) {
  Network network = make();
  std::vector<Tensor> tensors = counted(network);
  for (Tensor& tensor : tensors) tensor.name = "another's name";
  network.set_parameters(tensors);
  const std::vector<Tensor> read = network.parameter_tensors();
  for (std::size_t i = 0; i < tensors.size(); ++i) EXPECT_EQ(read[i].values, tensors[i].values);
  EXPECT_EQ(read[0].name, "0.weight");
}

TEST_F(NetworkTest, SetParametersAreWhatForwardComputesWith) {
  Network network(*device, 2, 1, Dense(2, 1));
  network.set_parameters({{"w", {1, 2}, {10, -3}}, {"b", {1}, {0.5}}});
  Pass pass(network, 1);
  Matrix x(1, 2);
  x.values = {2, 4};
  EXPECT_EQ(pass.forward(x).data[0], Scalar(8.5));
}

TEST_F(NetworkTest, RefusesTensorsThatDoNotFitAndChangesNothing) {
  Network network = make();
  const std::vector<Tensor> good = counted(network);
  const auto expect_refused = [&](const std::vector<Tensor>& tensors, const std::string& part) {
    const std::vector<Scalar> before(network.parameters(), network.parameters() + 32);
    expect_error<ShapeError>(part, [&] { network.set_parameters(tensors); });
    EXPECT_EQ(before, std::vector<Scalar>(network.parameters(), network.parameters() + 32));
  };
  auto bad = good;
  bad.pop_back();
  expect_refused(bad, "there are 3 tensors, but the network Dense(3, 5), tanh, relu, Dense(5, 2) has 4");
  expect_refused({}, "there are 0 tensors");
  bad = good;
  bad.push_back(good[0]);
  expect_refused(bad, "there are 5 tensors");
  bad = good;
  std::swap(bad[0].shape[0], bad[0].shape[1]);
  expect_refused(bad, "tensor \"0.weight\" has shape (3, 5), but the network's 0.weight has (5, 3)");
  bad = good;
  std::swap(bad[2], bad[3]);
  expect_refused(bad, "tensor \"3.bias\" has shape (2), but the network's 3.weight has (2, 5)");
  bad = good;
  bad[3].shape = {2, 1};
  expect_refused(bad, "tensor \"3.bias\" has shape (2, 1), but the network's 3.bias has (2)");
  bad = good;
  bad[3].values.push_back(1);
  expect_refused(bad, "tensor \"3.bias\"");
  bad = good;
  bad[0].values.clear();
  expect_refused(bad, "tensor \"0.weight\"");
}

TEST_F(NetworkTest, ActivationsAndDropoutLeaveTheDrawsOfOthersAsTheyAre) {
  const auto dense = [](Index in, Index out) { return Dense(in, out, make_initializer("pytorch")); };
  const Network bare(*device, 3, 1, dense(3, 4), dense(4, 4), dense(4, 4));
  const Network full(*device, 3, 1, Dropout(0.1), dense(3, 4), PReLU(), Dropout(0.5), dense(4, 4), Activation<Tanh>(),
                     dense(4, 4));
  const std::vector<Tensor> of_bare = bare.parameter_tensors();
  std::vector<Tensor> of_full = full.parameter_tensors();
  ASSERT_EQ(of_full[2].shape, (std::vector<Index>{1}));  // the slope
  of_full.erase(of_full.begin() + 2);
  ASSERT_EQ(of_full.size(), of_bare.size());
  for (std::size_t i = 0; i < of_bare.size(); ++i) EXPECT_EQ(of_full[i].values, of_bare[i].values) << i;
  EXPECT_NE(of_bare[2].values, of_bare[4].values);  // of equal layers each has draws of its own
}

TEST_F(NetworkTest, TheSameSeedGivesTheSameWeights) {
  const auto values = [&](std::uint64_t seed) {
    std::vector<double> all;
    for (const Tensor& tensor : make(seed).parameter_tensors())
      all.insert(all.end(), tensor.values.begin(), tensor.values.end());
    return all;
  };
  EXPECT_EQ(values(1), values(1));
  EXPECT_NE(values(1), values(2));
  EXPECT_NE(values(1), values((std::uint64_t{1} << 32) + 1));
}

TEST_F(NetworkTest, ALayersWeightsDependOnItsSizeAndTheMatricesBeforeItAlone) {
  const auto last = [&](const Network& network) { return network.parameter_tensors()[2].values; };
  const Network narrow(*device, 3, 1, Dense(3, 4), Dense(4, 6)), wide(*device, 300, 1, Dense(300, 4), Dense(4, 6)),
      biased(*device, 3, 1, Dense(3, 4, make_initializer("pytorch")), Dense(4, 6)),
      none(*device, 3, 1, Dense(3, 4, make_initializer("zeros")), Dense(4, 6)),
      later(*device, 3, 1, Dense(3, 4), Activation<Tanh>(), Dense(4, 6));
  EXPECT_EQ(last(narrow), last(wide));
  EXPECT_EQ(last(narrow), last(biased));
  EXPECT_EQ(last(narrow), last(none));
  EXPECT_EQ(last(narrow), last(later));
  const Network same(*device, 4, 1, Dense(4, 4), Dense(4, 4));
  EXPECT_NE(same.parameter_tensors()[0].values, same.parameter_tensors()[2].values);
}

TEST_F(NetworkTest, RefusesLayersThatDoNotFit) {
  expect_error<ShapeError>("Dense(4, 2) is given 5 inputs", [&] { Network(*device, 3, 1, Dense(3, 5), Dense(4, 2)); });
  expect_error<ShapeError>("Dense(3, 5) is given 2 inputs", [&] { Network(*device, 2, 1, Dense(3, 5)); });
  expect_error<ShapeError>("Dense(3, 2) is given 5 inputs",
                           [&] { Network(*device, 3, 1, Dense(3, 5), Activation<ReLU>(), Dense(3, 2)); });
}

TEST_F(NetworkTest, RefusesToBeEmpty) {
  expect_error<ShapeError>("a network needs at least one layer",
                           [&] { Network(*device, 3, 1, std::vector<std::unique_ptr<Layer>>{}); });
}

TEST_F(NetworkTest, MayConsistOfActivationsAlone) {
  Network network(*device, 3, 1, Activation<Tanh>());
  EXPECT_EQ(network.outputs(), 3);
  EXPECT_EQ(network.counts().all, 0);
  EXPECT_TRUE(network.parameter_tensors().empty());
  EXPECT_NO_THROW(network.set_parameters({}));
}

TEST_F(NetworkTest, TakesLayersThatAreMadeElsewhere) {
  std::vector<std::unique_ptr<Layer>> layers;
  layers.push_back(std::make_unique<Dense>(3, 2));
  layers.push_back(make_activation("leaky-relu(0.3)"));
  EXPECT_EQ(Network(*device, 3, 1, std::move(layers)).describe(), "Dense(3, 2), leaky-relu(0.3)");
}

TEST_F(NetworkTest, MayMove) {
  Network first = make();
  const std::vector<Tensor> before = first.parameter_tensors();
  const Network second = std::move(first);
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(second.parameter_tensors()[i].values, before[i].values);
  Pass pass(second, 7);
  EXPECT_NO_THROW(pass.forward(Matrix(7, 3, 1)));
}

TEST(Network, RefusesMoreParametersThanItCanCountBeforeTakingMemory) {
  const auto device = make_cpu_device();
  EXPECT_THROW(Network(*device, 1000000, 1, Dense(1000000, 1000000)), ShapeError);
}

}  // namespace
}  // namespace tinymlp
