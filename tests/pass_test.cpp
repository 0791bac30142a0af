// Tests of tinymlp/pass.h: the chain of layers forward and back, against one written out by hand.
#include "tinymlp/pass.h"

#include <gtest/gtest.h>

#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/dense.h"

namespace tinymlp {
namespace {

/// 3 -> 4, tanh, -> 2, with every intermediate result by plain sums.
struct Chain {
  Chain() {
    for (const unsigned bias : {1U, 3U})
      for (std::size_t k = 0; k < tensors[bias].values.size(); ++k) tensors[bias].values[k] = 0.5 - 0.25 * double(k);
    network.set_parameters(tensors);
    tensors = network.parameter_tensors();
  }
  Real w(std::size_t tensor, Index o, Index i) const {
    return tensors[tensor].values[static_cast<std::size_t>(o * tensors[tensor].shape[1] + i)];
  }
  Real b(std::size_t tensor, Index o) const { return tensors[tensor].values[static_cast<std::size_t>(o)]; }
  Real hidden(const Matrix& x, Index row, Index h) const {
    Real sum = b(1, h);
    for (Index i = 0; i < 3; ++i) sum += w(0, h, i) * x.at(row, i);
    return std::tanh(sum);
  }
  Real output(const Matrix& x, Index row, Index o) const {
    Real sum = b(3, o);
    for (Index h = 0; h < 4; ++h) sum += w(2, o, h) * hidden(x, row, h);
    return sum;
  }
  /// dLoss/d(the first layer's output)
  Real d_hidden(const Matrix& x, const Matrix& dy, Index row, Index h) const {
    Real sum = 0;
    for (Index o = 0; o < 2; ++o) sum += dy.at(row, o) * w(2, o, h);
    return sum * (1 - hidden(x, row, h) * hidden(x, row, h));
  }

  std::unique_ptr<Device> device = make_cpu_device();
  Network network{*device, 3, 1, Dense(3, 4), Activation<Tanh>(), Dense(4, 2)};
  std::vector<Tensor> tensors = network.parameter_tensors();
};

const Real tolerance = 16 * epsilon;

TEST(Pass, ForwardIsTheChainOfLayers) {
  Chain chain;
  Pass pass(chain.network, 7);
  for (const Index batch : {7, 1, 4, 7}) {
    const Matrix x(batch, 3, static_cast<std::uint32_t>(batch));
    const ConstMatrixView y = pass.forward(x);
    ASSERT_EQ(y.rows, batch);
    ASSERT_EQ(y.cols, 2);
    for (Index i = 0; i < batch; ++i) {
      for (Index o = 0; o < 2; ++o) EXPECT_TRUE(near(y.data[i * 2 + o], chain.output(x, i, o), tolerance, 0));
      for (Index h = 0; h < 4; ++h)
        EXPECT_TRUE(near(pass.output(1).data[i * 4 + h], chain.hidden(x, i, h), tolerance, 0));
    }
    ASSERT_EQ(pass.output(0).rows, batch);
    EXPECT_EQ(pass.output(0).cols, 4);
    EXPECT_EQ(pass.output(2).data, y.data);
    EXPECT_EQ(pass.output_gradient().rows, batch);
    EXPECT_EQ(pass.output_gradient().cols, 2);
  }
}

TEST(Pass, BackwardIsTheChainRule) {
  for (const Index batch : {7, 1, 5}) {  // of a pass that could take 7
    Chain chain;
    Pass pass(chain.network, 7);
    const Matrix x(batch, 3, 1), dy(batch, 2, 2);
    Matrix dx(batch, 3);
    pass.forward(x);
    std::ranges::copy(dy.values, pass.output_gradient().data);
    pass.backward(dx.view());
    const std::vector<Tensor> gradients = chain.network.gradient_tensors();
    const Real allowed = tolerance * static_cast<Real>(batch);
    for (Index o = 0; o < 2; ++o) {
      Real db = 0;
      for (Index i = 0; i < batch; ++i) db += dy.at(i, o);
      EXPECT_TRUE(near(gradients[3].values[static_cast<std::size_t>(o)], db, allowed, 0));
      for (Index h = 0; h < 4; ++h) {
        Real dw = 0;
        for (Index i = 0; i < batch; ++i) dw += dy.at(i, o) * chain.hidden(x, i, h);
        EXPECT_TRUE(near(gradients[2].values[static_cast<std::size_t>(o * 4 + h)], dw, allowed, 0));
      }
    }
    for (Index h = 0; h < 4; ++h) {
      Real db = 0;
      for (Index i = 0; i < batch; ++i) db += chain.d_hidden(x, dy, i, h);
      EXPECT_TRUE(near(gradients[1].values[static_cast<std::size_t>(h)], db, allowed, 0));
      for (Index k = 0; k < 3; ++k) {
        Real dw = 0;
        for (Index i = 0; i < batch; ++i) dw += chain.d_hidden(x, dy, i, h) * x.at(i, k);
        EXPECT_TRUE(near(gradients[0].values[static_cast<std::size_t>(h * 3 + k)], dw, allowed, 0));
      }
    }
    for (Index i = 0; i < batch; ++i)
      for (Index k = 0; k < 3; ++k) {
        Real expected = 0;
        for (Index h = 0; h < 4; ++h) expected += chain.d_hidden(x, dy, i, h) * chain.w(0, h, k);
        EXPECT_TRUE(near(std::as_const(dx).at(i, k), expected, tolerance, 0));
      }
  }
}

TEST(Pass, GradientsAreOverwrittenNotAddedUp) {
  Chain chain;
  Pass pass(chain.network, 7);
  const Matrix x(7, 3, 1), dy(7, 2, 2);
  std::vector<std::vector<double>> found;
  for (int round = 0; round < 2; ++round) {
    pass.forward(x);
    std::ranges::copy(dy.values, pass.output_gradient().data);
    pass.backward();
    found.push_back(chain.network.gradient_tensors()[0].values);
  }
  EXPECT_EQ(found[0], found[1]);
}

TEST(Pass, TwoOnOneNetworkDoNotDisturbEachOther) {
  Chain chain;
  Pass training(chain.network, 7), prediction(chain.network, 100);
  const Matrix x(7, 3, 1), dy(7, 2, 2), other(100, 3, 3);
  const auto gradients = [&](bool disturbed) {
    training.forward(x);
    if (disturbed) prediction.forward(other);
    std::ranges::copy(dy.values, training.output_gradient().data);
    training.backward();
    return chain.network.gradient_tensors()[0].values;
  };
  EXPECT_EQ(gradients(true), gradients(false));
}

TEST(Pass, SeesParametersThatChange) {
  Chain chain;
  Pass pass(chain.network, 1);
  const Matrix x(1, 3, 1);
  const Scalar before = pass.forward(x).data[0];
  for (Index i = 0; i < chain.network.counts().all; ++i) chain.network.parameters()[i] *= 2;
  EXPECT_NE(pass.forward(x).data[0], before);
}

TEST(Pass, ANetworkThatStartsWithAnActivationHasADx) {
  const auto device = make_cpu_device();
  const Network network(*device, 2, 1, Activation<LeakyReLU>());
  Pass pass(network, 2);
  Matrix x(2, 2), dx(2, 2);
  x.values = {1, -1, -2, 3};
  pass.forward(x);
  std::fill_n(pass.output_gradient().data, 4, Scalar(1));
  EXPECT_NO_THROW(pass.backward());
  pass.backward(dx.view());
  EXPECT_EQ(dx.values, (std::vector<Scalar>{1, Scalar(0.01), Scalar(0.01), 1}));
}

TEST(Pass, RefusesWhatDoesNotFit) {
  Chain chain;
  Pass pass(chain.network, 7);
  expect_error<ShapeError>("a batch of 8 rows is more than the 7 that the pass was made for",
                           [&] { pass.forward(Matrix(8, 3)); });
  expect_error<ShapeError>("Dense(3, 4) is given 2 inputs", [&] { pass.forward(Matrix(7, 2)); });
  pass.forward(Matrix(5, 3));
  Matrix dx(7, 3);
  expect_error<ShapeError>("Dense(3, 4) backward: dx is (7, 3), expected (5, 3)", [&] { pass.backward(dx.view()); });
}

/// Remembers the step that it is shown: what a layer like dropout does in training only.
class Watcher final : public Layer {
 public:
  explicit Watcher(std::vector<const Step*>* seen) : seen_(seen) {}
  std::string describe() const override { return "Watcher"; }
  Index outputs(Index inputs) const override { return inputs; }

 private:
  void forward_impl(const Context& context, ConstMatrixView, MatrixView) const override {
    seen_->push_back(context.step);
  }
  void backward_impl(const Context& context, ConstMatrixView, ConstMatrixView, ConstMatrixView,
                     MatrixView) const override {
    seen_->push_back(context.step);
  }
  std::vector<const Step*>* seen_;
};

TEST(Pass, ShowsLayersTheStepInTrainingAndNoneOutsideOfIt) {
  const auto device = make_cpu_device();
  std::vector<const Step*> seen;
  const Network network(*device, 2, 1, Watcher(&seen));
  Pass pass(network, 3);
  const Step step{1, 0};
  const Matrix x(3, 2);
  pass.forward(x, &step);
  pass.backward();
  pass.forward(x);
  pass.backward();
  EXPECT_EQ(seen, (std::vector<const Step*>{&step, &step, nullptr, nullptr}));
}

}  // namespace
}  // namespace tinymlp
