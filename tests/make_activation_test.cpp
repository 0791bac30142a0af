// Activations by their texts: what is read, described and refused; the initializer that each advises.
#include <gtest/gtest.h>

#include "activation_outputs.h"

namespace tinymlp {
namespace {

TEST(MakeActivation, ReadsNumbers) {
  for (const std::string text : {"leaky-relu(0.1)", "leaky-relu(slope=0.1)", " leaky-relu( slope = 0.1 ) "}) {
    const auto layer = make_activation(text);
    EXPECT_EQ(layer->describe(), "leaky-relu(0.1)");
    const Outputs got = run(text, {-2, 0, 3});
    EXPECT_EQ(got.y, (std::vector<Scalar>{Scalar(-2) * Scalar(0.1), 0, 3}));
    EXPECT_EQ(got.derivative, (std::vector<Scalar>{Scalar(0.1), Scalar(0.1), 1}));
  }
}

TEST(MakeActivation, ReadsItsOwnDescriptions) {
  for (const std::string& name : activation_names()) {
    const std::string text = make_activation(name)->describe();
    EXPECT_TRUE(text == name || text.starts_with(name + "(")) << text;
    EXPECT_EQ(make_activation(text)->describe(), text);
  }
  Random random(2, Purpose::check);
  for (int i = 0; i < 1000; ++i) {
    const auto slope = static_cast<Scalar>(random.normal());
    const std::string text = Activation<LeakyReLU>(LeakyReLU{slope}).describe();
    const auto layer = make_activation(text);
    EXPECT_EQ(layer->describe(), text);
    EXPECT_EQ(run(text, {-1}).derivative[0], slope) << text;
  }
}

TEST(MakeActivation, RefusesUnknownNames) {
  expect_error<InputError>("unknown activation \"sigmiod\": did you mean \"sigmoid\"?",
                           [] { make_activation("sigmiod"); });
  expect_error<InputError>("unknown activation \"tiger\": give one of identity, relu, ",
                           [] { make_activation("tiger"); });
  EXPECT_THROW(make_activation(""), InputError);
  EXPECT_THROW(make_activation("relu)"), InputError);
}

TEST(MakeActivation, RefusesWrongNumbers) {
  expect_error<InputError>("relu takes no number", [] { make_activation("relu(1)"); });
  expect_error<InputError>("leaky-relu takes at most 1", [] { make_activation("leaky-relu(1, 2)"); });
  expect_error<InputError>("leaky-relu has no parameter \"beta\": its first is \"slope\"",
                           [] { make_activation("leaky-relu(beta=1)"); });
  expect_error<InputError>("its max is given twice", [] { make_activation("hard-tanh(max=1, max=2)"); });
  expect_error<InputError>("prelu takes at most 1", [] { make_activation("prelu(0.1, 0.2)"); });
  expect_error<InputError>("its alpha must be above 0", [] { make_activation("celu(0)"); });
  expect_error<InputError>("its min must be below its max", [] { make_activation("hard-tanh(1, -1)"); });
  expect_error<InputError>("its min must be below its max", [] { make_activation("hard-tanh(max=-1)"); });
  expect_error<InputError>("its lambda must be at least 0", [] { make_activation("softshrink(-0.5)"); });
  expect_error<InputError>("its lambda must be at least 0", [] { make_activation("hardshrink(-0.5)"); });
  expect_error<InputError>("its b must be above 0", [] { make_activation("squareplus(0)"); });
  expect_error<InputError>("\"x\" is not a number", [] { make_activation("leaky-relu(x)"); });
  if (sizeof(Scalar) == sizeof(float)) {
    EXPECT_THROW(make_activation("leaky-relu(1e300)"), InputError) << "beyond the largest float";
  }
}

TEST(MakeActivation, TakesTheNumbersByPlaceAndByName) {
  const Outputs by_place = run("hard-tanh(-2, 0.5)", {-3, -1.5, 1}), by_name = run("hard-tanh(max=0.5,min=-2)", {-3});
  EXPECT_EQ(by_place.y, (std::vector<Scalar>{-2, -1.5, 0.5}));
  EXPECT_EQ(by_name.y, std::vector<Scalar>{-2});
  EXPECT_EQ(run("elu(alpha=2)", {-1e4}).y, std::vector<Scalar>{-2});
  EXPECT_EQ(run("celu(2)", {-1e4}).y, std::vector<Scalar>{-2});
  EXPECT_EQ(run("swish(beta=0)", {3}).y, std::vector<Scalar>{1.5});
  EXPECT_EQ(run("softshrink(2)", {3}).y, std::vector<Scalar>{1});
  EXPECT_EQ(run("hardshrink(2)", {1.5}).y, std::vector<Scalar>{0});
  EXPECT_EQ(run("squareplus(16)", {3}).y, std::vector<Scalar>{4});
  EXPECT_EQ(run("prelu(0.5)", {-3}).y, std::vector<Scalar>{-1.5});
}

TEST(AdvisedInitializer, SuitsTheActivation) {
  for (const std::string name : {"relu", "leaky-relu", "leaky-relu(0.2)", "prelu(0.1)", "gelu", "silu", "softplus"})
    EXPECT_EQ(advised_initializer(name), "he-normal") << name;
  for (const std::string name : {"identity", "sigmoid", "tanh", "Dense(2, 3)"})
    EXPECT_EQ(advised_initializer(name), "xavier-normal") << name;
  EXPECT_EQ(advised_initializer("selu"), "lecun-normal");
  EXPECT_EQ(advised_initializer("sin"), "he-uniform");
}

}  // namespace
}  // namespace tinymlp
