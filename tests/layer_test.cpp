// Tests of tinymlp/layer.h: the checks around every layer, with the exact text of their errors, and a layer of one's
// own.
#include "tinymlp/layer.h"

#include <gtest/gtest.h>

#include "support.h"
#include "tinymlp/dense.h"
#include "tinymlp/network.h"
#include "tinymlp/pass.h"

namespace tinymlp {
namespace {

/// A user's own: y_ij = scale_j x_ij, with a learnt scale for each column, on the host's memory.
class Scale final : public Layer {
 public:
  explicit Scale(Index width) : Layer({{"scale", {width}, true, {}, {}}}), width_(width) {}
  std::string describe() const override { return "Scale(" + std::to_string(width_) + ")"; }
  Index outputs(Index inputs) const override {
    if (inputs != width_) throw ShapeError(describe() + " is given " + std::to_string(inputs) + " inputs");
    return inputs;
  }

 private:
  void forward_impl(const Context& context, ConstMatrixView x, MatrixView y) const override {
    context.device.require_host("Scale");
    const ConstMatrixView scale = parameter(0).value;
    for (Index i = 0; i < x.size(); ++i) y.data[i] = scale.data[i % width_] * x.data[i];
  }
  void backward_impl(const Context&, ConstMatrixView x, ConstMatrixView, ConstMatrixView dy,
                     MatrixView dx) const override {
    const ConstMatrixView scale = parameter(0).value;
    std::fill_n(parameter(0).gradient.data, width_, Scalar(0));
    for (Index i = 0; i < x.size(); ++i) {
      parameter(0).gradient.data[i % width_] += dy.data[i] * x.data[i];
      if (dx.data) dx.data[i] = dy.data[i] * scale.data[i % width_];
    }
  }
  Index width_;
};

class LayerShapes : public testing::Test {
 protected:
  std::unique_ptr<Device> device = make_cpu_device();
  Network network{*device, 3, 1, Dense(3, 5)};
  const Layer& dense = *network.layers()[0];
  const Context context{*device};
  Matrix x{7, 3, 1}, y{7, 5}, dy{7, 5, 2}, dx{7, 3};
};

TEST_F(LayerShapes, FittingOnesAreTaken) {
  EXPECT_NO_THROW(dense.forward(context, x, y.view()));
  EXPECT_NO_THROW(dense.backward(context, x, y, dy, dx.view()));
  EXPECT_NO_THROW(dense.backward(context, x, y, dy, {}));
}

TEST_F(LayerShapes, ForwardNamesWhatDoesNotFit) {
  Matrix narrow(7, 2), wide(7, 6), few(6, 5);
  EXPECT_EQ(message_of<ShapeError>([&] { dense.forward(context, narrow, y.view()); }), "Dense(3, 5) is given 2 inputs");
  EXPECT_EQ(message_of<ShapeError>([&] { dense.forward(context, x, wide.view()); }),
            "Dense(3, 5) forward: y is (7, 6), expected (7, 5)");
  EXPECT_EQ(message_of<ShapeError>([&] { dense.forward(context, x, few.view()); }),
            "Dense(3, 5) forward: y is (6, 5), expected (7, 5)");
}

TEST_F(LayerShapes, BackwardNamesWhatDoesNotFit) {
  Matrix narrow(7, 2), wide(7, 6), few(6, 5);
  EXPECT_EQ(message_of<ShapeError>([&] { dense.backward(context, narrow, y, dy, dx.view()); }),
            "Dense(3, 5) is given 2 inputs");
  EXPECT_EQ(message_of<ShapeError>([&] { dense.backward(context, x, wide, dy, dx.view()); }),
            "Dense(3, 5) backward: y is (7, 6), expected (7, 5)");
  EXPECT_EQ(message_of<ShapeError>([&] { dense.backward(context, x, y, few, dx.view()); }),
            "Dense(3, 5) backward: dy is (6, 5), expected (7, 5)");
  EXPECT_EQ(message_of<ShapeError>([&] { dense.backward(context, x, y, dy, narrow.view()); }),
            "Dense(3, 5) backward: dx is (7, 2), expected (7, 3)");
}

TEST_F(LayerShapes, NothingIsWrittenWhenTheyDoNotFit) {
  Matrix wide(7, 6, 3);
  const auto before = wide.values;
  EXPECT_THROW(dense.forward(context, x, wide.view()), ShapeError);
  EXPECT_EQ(wide.values, before);
}

TEST_F(LayerShapes, ALayerOutsideOfANetworkHasNoMemory) {
  const Dense loose(3, 5);
  const std::string expected = "Dense(3, 5) has no memory for its parameters yet: make it part of a Network";
  EXPECT_EQ(message_of<Error>([&] { loose.forward(context, x, y.view()); }), expected);
  EXPECT_EQ(message_of<Error>([&] { loose.backward(context, x, y, dy, dx.view()); }), expected);
}

TEST(Layer, PlacesWeightsTransposedAndBiasesAsARow) {
  Dense dense(3, 5);
  std::vector<Scalar> values(20), gradients(20);
  dense.place(0, values.data(), gradients.data());
  dense.place(1, values.data() + 15, gradients.data() + 15);
  const Parameter &w = dense.parameters()[0], &b = dense.parameters()[1];
  EXPECT_EQ(w.value.data, values.data());
  EXPECT_EQ(w.gradient.data, gradients.data());
  EXPECT_EQ(w.value.rows, 3);
  EXPECT_EQ(w.value.cols, 5);
  EXPECT_EQ(w.gradient.rows, 3);
  EXPECT_EQ(b.value.data, values.data() + 15);
  EXPECT_EQ(b.gradient.data, gradients.data() + 15);
  EXPECT_EQ(b.value.rows, 1);
  EXPECT_EQ(b.value.cols, 5);
}

TEST(Layer, ParametersAreZeroUnlessItInitializesThem) {
  std::vector<double> values(4, 7);
  Random random(1, Purpose::initial_weights);
  Scale(4).initialize(0, values, random);
  EXPECT_EQ(values, std::vector<double>(4));
}

TEST(Layer, OneOfAUsersOwnTrainsInANetwork) {
  const auto device = make_cpu_device();
  Network network(*device, 4, 1, Scale(4), Dense(4, 2));
  EXPECT_EQ(network.describe(), "Scale(4), Dense(4, 2)");
  EXPECT_EQ(network.counts().all, 4 + 8 + 2);
  EXPECT_EQ(network.counts().weights, 4 + 8);
  std::vector<Tensor> tensors = network.parameter_tensors();
  EXPECT_EQ(tensors[0].name, "0.scale");
  EXPECT_EQ(tensors[0].shape, (std::vector<Index>{4}));
  tensors[0].values = {1, 2, 3, -4};
  network.set_parameters(tensors);
  Pass pass(network, 7);
  const Matrix x(7, 4, 1);
  Matrix dx(7, 4);
  const ConstMatrixView y = pass.forward(x);
  std::fill_n(pass.output_gradient().data, y.size(), Scalar(1));
  pass.backward(dx.view());
  const std::vector<double>& w = tensors[1].values;  // (2, 4)
  const auto gradients = network.gradient_tensors();
  for (std::size_t k = 0; k < 4; ++k) {
    const Real both = static_cast<Real>(w[k]) + w[4 + k];
    Real sum = 0;
    for (Index i = 0; i < 7; ++i) {
      sum += x.at(i, static_cast<Index>(k)) * both;
      EXPECT_TRUE(
          near(std::as_const(dx).at(i, static_cast<Index>(k)), both * tensors[0].values[k], 8 * epsilon, 8 * epsilon));
    }
    EXPECT_TRUE(near(gradients[0].values[k], sum, 32 * epsilon, 8 * epsilon));
  }
}

}  // namespace
}  // namespace tinymlp
