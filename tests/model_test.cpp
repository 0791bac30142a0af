// Tests of tinymlp/model.h: from texts to layers, from a description to a network.
#include "tinymlp/model.h"

#include <gtest/gtest.h>

#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"

namespace tinymlp {
namespace {

ModelDescription description(Index inputs, std::vector<std::string> layers) {
  ModelDescription made;
  made.inputs = inputs;
  made.layers = std::move(layers);
  return made;
}

class ModelTest : public testing::Test {
 protected:
  Network make(Index inputs, std::vector<std::string> layers, const std::string& initializer = "auto") const {
    return make_network(*device, description(inputs, std::move(layers)), initializer, 3);
  }
  std::unique_ptr<Device> device = make_cpu_device();
};

TEST(MakeLayer, ReadsItsOwnDescriptions) {
  const Initializer zeros = make_initializer("zeros");
  for (const std::string text :
       {"Dense(2, 16)", "Dense(1, 1)", "Dense(1000000, 1)", "tanh", "leaky-relu(0.1)", "dropout(0.25)"})
    EXPECT_EQ(make_layer(text, zeros)->describe(), text);
  EXPECT_EQ(make_layer(" Dense( 2,16 ) ", zeros)->describe(), "Dense(2, 16)");
}

TEST(MakeLayer, RefusesWrongSizes) {
  const Initializer zeros = make_initializer("zeros");
  for (const std::string sizes : {"0, 1", "1, 0", "-2, 3", "1.5, 2", "2, 2.0001", "1000001, 1", "1, 1e300", "1e18, 1"})
    expect_error<InputError>("its sizes must be whole numbers from 1 to 1000000",
                             [&] { make_layer("Dense(" + sizes + ")", zeros); });
  for (const std::string text : {"Dense", "Dense()", "Dense(2)", "Dense(1, 2, 3)"})
    expect_error<InputError>("needs two sizes, as Dense(2, 16)", [&] { make_layer(text, zeros); });
  EXPECT_THROW(make_layer("Dense(2, nan)", zeros), InputError);
  EXPECT_THROW(make_layer("Dense(2, 16", zeros), InputError);
}

TEST(MakeLayer, RefusesWrongProbabilities) {
  const Initializer zeros = make_initializer("zeros");
  for (const std::string text : {"dropout", "dropout()", "dropout(0.5, 0.5)"})
    expect_error<InputError>("needs one probability, as dropout(0.5)", [&] { make_layer(text, zeros); });
  for (const std::string text : {"dropout(-0.1)", "dropout(1.5)"})
    expect_error<InputError>("dropout's probability is", [&] { make_layer(text, zeros); });
}

TEST(MakeLayer, RefusesUnknownNames) {
  const Initializer zeros = make_initializer("zeros");
  for (const std::string text : {"", "tiger", "dens(1, 2)", "relu(1)"})
    EXPECT_THROW(make_layer(text, zeros), InputError) << text;
}

TEST_F(ModelTest, BuildsWhatTheDescriptionSays) {
  const Network network = make(3, {"Dense(3, 7)", "leaky-relu(0.25)", "Dense(7, 5)", "tanh", "Dense(5, 2)", "sigmoid"});
  EXPECT_EQ(network.describe(), "Dense(3, 7), leaky-relu(0.25), Dense(7, 5), tanh, Dense(5, 2), sigmoid");
  EXPECT_EQ(network.inputs(), 3);
  EXPECT_EQ(network.outputs(), 2);
}

TEST_F(ModelTest, IsBuiltAgainFromItsLayersTexts) {
  const Network first = make(3, {"Dense(3, 7)", "silu", "Dense(7, 2)"});
  std::vector<std::string> texts;
  for (const auto& layer : first.layers()) texts.push_back(layer->describe());
  const Network second = make(3, texts);
  EXPECT_EQ(second.describe(), first.describe());
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_EQ(second.parameter_tensors()[i].values, first.parameter_tensors()[i].values);
}

TEST_F(ModelTest, EveryLayerStartsByTheInitializer) {
  for (const std::string name : {"he-uniform", "pytorch", "normal(0.5)"}) {
    const Network made = make(3, {"Dense(3, 7)", "relu", "Dense(7, 2)"}, name);
    const Network expected(*device, 3, 3, Dense(3, 7, make_initializer(name)), Activation<ReLU>(),
                           Dense(7, 2, make_initializer(name)));
    for (std::size_t i = 0; i < 4; ++i)
      EXPECT_EQ(made.parameter_tensors()[i].values, expected.parameter_tensors()[i].values) << name;
  }
}

TEST_F(ModelTest, AutoSuitsTheActivationBehindEachLayer) {
  const auto he = make_initializer("he-normal"), xavier = make_initializer("xavier-normal");
  const Network made = make(3, {"Dense(3, 7)", "leaky-relu(0.2)", "Dense(7, 6)", "Dense(6, 5)", "tanh", "Dense(5, 2)"});
  const Network expected(*device, 3, 3, Dense(3, 7, he), Activation<LeakyReLU>(), Dense(7, 6, xavier),
                         Dense(6, 5, xavier), Activation<Tanh>(), Dense(5, 2, xavier));
  for (std::size_t i = 0; i < 8; ++i)
    EXPECT_EQ(made.parameter_tensors()[i].values, expected.parameter_tensors()[i].values) << "tensor " << i;
}

TEST_F(ModelTest, AutoGivesSeluAndSinTheirOwn) {
  const Network made = make(3, {"Dense(3, 7)", "selu", "Dense(7, 6)", "sin", "Dense(6, 2)", "prelu"});
  const Network expected(*device, 3, 3, Dense(3, 7, make_initializer("lecun-normal")), Activation<SELU>(),
                         Dense(7, 6, make_initializer("he-uniform")), Activation<Sin>(),
                         Dense(6, 2, make_initializer("he-normal")));
  for (std::size_t i = 0; i < 6; ++i)
    EXPECT_EQ(made.parameter_tensors()[i].values, expected.parameter_tensors()[i].values) << "tensor " << i;
  EXPECT_EQ(made.parameter_tensors()[6].values, std::vector<double>{0.25});
}

TEST_F(ModelTest, TheSeedGivesTheWeights) {
  const ModelDescription what = description(2, {"Dense(2, 3)"});
  const auto weights = [&](std::uint64_t seed) {
    return make_network(*device, what, "auto", seed).parameter_tensors()[0].values;
  };
  EXPECT_EQ(weights(1), weights(1));
  EXPECT_NE(weights(1), weights(2));
}

TEST_F(ModelTest, RefusesDescriptionsOfNoNetwork) {
  EXPECT_THROW(make(3, {}), InputError);
  EXPECT_THROW(make(2, {"Dense(3, 7)"}), InputError);
  EXPECT_THROW(make(3, {"Dense(3, 7)", "relu", "Dense(6, 1)"}), InputError);
  EXPECT_THROW(make(3, {"Dense(3, 7)", "tiger"}), InputError);
  EXPECT_THROW(make(3, {"tiger", "Dense(3, 7)"}), InputError);
  EXPECT_THROW(make(3, {"Dense(3, 7)"}, "tiger"), InputError);
  EXPECT_THROW(make(0, {"Dense(0, 7)"}), InputError);
  EXPECT_THROW(make(-3, {"Dense(-3, 7)"}), InputError);
}

TEST_F(ModelTest, CodesTargetsAsDescribed) {
  ModelDescription what = description(2, {"Dense(2, 3)"});
  what.low = -1;
  what.high = 2;
  const TargetCoding coding = target_coding(what, 3);
  EXPECT_EQ(coding.outputs, 3);
  EXPECT_EQ(coding.low, -1);
  EXPECT_EQ(coding.high, 2);
}

}  // namespace
}  // namespace tinymlp
