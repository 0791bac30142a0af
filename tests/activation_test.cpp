// Tests of tinymlp/activation.h: any struct with a value and a derivative becomes a layer.
#include "tinymlp/activation.h"

#include <gtest/gtest.h>

#include "support.h"
#include "tinymlp/activations.h"

namespace tinymlp {
namespace {

/// A user's own, as the header shows it.
struct Swish {
  static std::string name() { return "test.swish"; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::exp;
    return x / (T(1) + exp(-x));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T y) const {
    using std::exp;
    return y + (T(1) - y) / (T(1) + exp(-x));
  }
};

/// Two numbers, and a derivative that needs both x and y: y = low + width x², y' = 2 (y - low) / x.
struct Parabola {
  static std::string name() { return "test.parabola"; }
  static auto parameters() {
    return std::array{FunctionParameter<Parabola>{"low", &Parabola::low},
                      FunctionParameter<Parabola>{"width", &Parabola::width}};
  }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return T(low) + T(width) * x * x;
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T y) const {
    return T(2) * (y - T(low)) / x;
  }
  Scalar low = 1, width = Scalar(0.5);
};

struct WithoutDerivative {
  static std::string name() { return "test.none"; }
  template <class T>
  T value(T x) const {
    return x;
  }
};

static_assert(ActivationFunction<Swish> && ActivationFunction<Parabola> && ActivationFunction<ReLU>);
static_assert(!ActivationFunction<WithoutDerivative> && !ActivationFunction<int>);

class ActivationLayer : public testing::Test {
 protected:
  std::unique_ptr<Device> device = make_cpu_device();
  const Context context{*device};
};

TEST_F(ActivationLayer, AUsersOwnSwishRuns) {
  const Activation<Swish> swish;
  const Matrix x(7, 5, 1), dy(7, 5, 2);
  Matrix y(7, 5), dx(7, 5);
  swish.forward(context, x, y.view());
  swish.backward(context, x, y, dy, dx.view());
  for (Index i = 0; i < 7; ++i)
    for (Index j = 0; j < 5; ++j) {
      const Real s = 1 / (1 + std::exp(-x.at(i, j)));
      EXPECT_TRUE(near(std::as_const(y).at(i, j), x.at(i, j) * s, 0, 4 * epsilon));
      const Real derivative = s * (1 + x.at(i, j) * (1 - s));
      EXPECT_TRUE(near(std::as_const(dx).at(i, j), dy.at(i, j) * derivative, 4 * epsilon, 4 * epsilon));
    }
}

TEST_F(ActivationLayer, TheBuiltInSiluIsTheUsersSwish) {
  const Matrix x(33, 3, 1), dy(33, 3, 2);
  Matrix y1(33, 3), y2(33, 3), dx1(33, 3), dx2(33, 3);
  Activation<Swish>().forward(context, x, y1.view());
  Activation<SiLU>().forward(context, x, y2.view());
  Activation<Swish>().backward(context, x, y1, dy, dx1.view());
  Activation<SiLU>().backward(context, x, y2, dy, dx2.view());
  for (std::size_t i = 0; i < x.values.size(); ++i) {
    EXPECT_TRUE(near(y1.values[i], y2.values[i], 4 * epsilon, 8 * epsilon));
    EXPECT_TRUE(near(dx1.values[i], dx2.values[i], 4 * epsilon, 8 * epsilon));
  }
}

TEST_F(ActivationLayer, TheDerivativeGetsXAndYAndTheNumbers) {
  const Activation<Parabola> layer(Parabola{Scalar(-2), Scalar(3)});
  Matrix x(1, 3), y(1, 3), dy(1, 3), dx(1, 3);
  x.values = {1, 2, -4};
  dy.values = {1, 10, -1};
  layer.forward(context, x, y.view());
  EXPECT_EQ(y.values, (std::vector<Scalar>{1, 10, 46}));
  layer.backward(context, x, y, dy, dx.view());
  EXPECT_EQ(dx.values, (std::vector<Scalar>{6, 120, 24}));
}

TEST_F(ActivationLayer, LeavesOutAGradientThatIsNotWanted) {
  const Matrix x(4, 2, 1), dy(4, 2, 2);
  Matrix y(4, 2);
  Activation<Tanh>().forward(context, x, y.view());
  EXPECT_NO_THROW(Activation<Tanh>().backward(context, x, y, dy, {}));
}

TEST_F(ActivationLayer, WorksInPlace) {
  const Matrix x(13, 3, 1);
  Matrix y(13, 3), same = x;
  Activation<Tanh>().forward(context, x, y.view());
  Activation<Tanh>().forward(context, same, same.view());
  EXPECT_EQ(same.values, y.values);
}

TEST_F(ActivationLayer, KeepsTheWidthAndHasNoParameters) {
  const Activation<Parabola> layer;
  EXPECT_EQ(layer.outputs(17), 17);
  EXPECT_TRUE(layer.parameters().empty());
}

TEST_F(ActivationLayer, ChecksShapes) {
  const Matrix x(7, 3, 1), dy(7, 2, 1);
  Matrix y(7, 3), wide(7, 4), dx(6, 3);
  expect_error<ShapeError>("tanh forward: y is (7, 4), expected (7, 3)",
                           [&] { Activation<Tanh>().forward(context, x, wide.view()); });
  expect_error<ShapeError>("tanh backward: dy is (7, 2), expected (7, 3)",
                           [&] { Activation<Tanh>().backward(context, x, y, dy, {}); });
  expect_error<ShapeError>("tanh backward: dx is (6, 3), expected (7, 3)",
                           [&] { Activation<Tanh>().backward(context, x, y, x, dx.view()); });
}

TEST(DescribeFunction, NamesTheNumbers) {
  EXPECT_EQ(describe_function(Swish{}), "test.swish");
  EXPECT_EQ(describe_function(Parabola{}), "test.parabola(1, 0.5)");
  EXPECT_EQ(describe_function(Parabola{Scalar(0.1), Scalar(-3e-7)}), "test.parabola(0.1, -3e-07)");
  EXPECT_EQ(Activation<Parabola>(Parabola{2, 3}).describe(), "test.parabola(2, 3)");
}

}  // namespace
}  // namespace tinymlp
