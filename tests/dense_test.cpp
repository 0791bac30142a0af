// Tests of tinymlp/dense.h: forward and backward against plain sums in long double, for shapes with every kind of edge.
#include "tinymlp/dense.h"

#include <gtest/gtest.h>

#include "support.h"
#include "tinymlp/network.h"
#include "tinymlp/pass.h"

namespace tinymlp {
namespace {

struct Shape {
  Index in, out, batch;
};
const std::vector<Shape> shapes{{3, 5, 7}, {5, 3, 7},   {3, 5, 1},   {1, 1, 1},     {1, 1, 9},     {1, 6, 4},
                                {6, 1, 4}, {2, 16, 32}, {16, 2, 33}, {70, 130, 65}, {130, 70, 65}, {300, 10, 3}};

/// A network of one Dense layer with random weights and biases; W as files have it, (out, in).
struct OneLayer {
  explicit OneLayer(Shape shape, int threads = 1)
      : device(make_cpu_device(threads)),
        w(shape.out, shape.in, 1),
        b(1, shape.out, 2),
        network(*device, shape.in, 0, Dense(shape.in, shape.out)),
        pass(network, shape.batch) {
    network.set_parameters({{"w", {shape.out, shape.in}, {w.values.begin(), w.values.end()}},
                            {"b", {shape.out}, {b.values.begin(), b.values.end()}}});
  }
  std::unique_ptr<Device> device;
  const Matrix w, b;
  Network network;
  Pass pass;
};

Real tolerance(Index terms) { return 2 * epsilon * static_cast<Real>(terms + 2); }

TEST(Dense, ForwardIsAWeightedSumOfAllInputs) {
  for (const Shape shape : shapes) {
    const auto& [in, out, batch] = shape;
    OneLayer one(shape);
    const Matrix x(batch, in, 3);
    const ConstMatrixView y = one.pass.forward(x);
    ASSERT_EQ(y.rows, batch);
    ASSERT_EQ(y.cols, out);
    for (Index i = 0; i < batch; ++i)
      for (Index o = 0; o < out; ++o) {
        Real expected = one.b.at(0, o);
        for (Index k = 0; k < in; ++k) expected += x.at(i, k) * one.w.at(o, k);
        ASSERT_TRUE(near(y.data[i * out + o], expected, tolerance(in), 0)) << in << " -> " << out << ", " << batch;
      }
  }
}

TEST(Dense, BackwardGivesTheThreeGradients) {
  for (const Shape shape : shapes)
    for (const int threads : {1, 2}) {
      const auto& [in, out, batch] = shape;
      OneLayer one(shape, threads);
      const Matrix x(batch, in, 3), dy(batch, out, 4);
      Matrix dx(batch, in, 5);  // to be overwritten
      std::fill_n(one.network.gradients(), one.network.counts().all, Scalar(99));
      one.pass.forward(x);
      std::ranges::copy(dy.values, one.pass.output_gradient().data);
      one.pass.backward(dx.view());
      const std::vector<Tensor> gradients = one.network.gradient_tensors();
      for (Index o = 0; o < out; ++o) {
        Real db = 0;
        for (Index i = 0; i < batch; ++i) db += dy.at(i, o);
        ASSERT_TRUE(near(gradients[1].values[static_cast<std::size_t>(o)], db, tolerance(batch), 0));
        for (Index k = 0; k < in; ++k) {
          Real dw = 0;
          for (Index i = 0; i < batch; ++i) dw += dy.at(i, o) * x.at(i, k);
          ASSERT_TRUE(near(gradients[0].values[static_cast<std::size_t>(o * in + k)], dw, tolerance(batch), 0));
        }
      }
      for (Index i = 0; i < batch; ++i)
        for (Index k = 0; k < in; ++k) {
          Real expected = 0;
          for (Index o = 0; o < out; ++o) expected += dy.at(i, o) * one.w.at(o, k);
          ASSERT_TRUE(near(std::as_const(dx).at(i, k), expected, tolerance(out), 0));
        }
    }
}

TEST(Dense, BackwardWithoutDxGivesTheSameGradients) {
  const Shape shape{5, 3, 7};
  std::vector<std::vector<double>> found;
  for (const bool wanted : {true, false}) {
    OneLayer one(shape);
    const Matrix x(7, 5, 3), dy(7, 3, 4);
    Matrix dx(7, 5);
    one.pass.forward(x);
    std::ranges::copy(dy.values, one.pass.output_gradient().data);
    one.pass.backward(wanted ? dx.view() : MatrixView{});
    for (const Tensor& tensor : one.network.gradient_tensors()) found.push_back(tensor.values);
  }
  EXPECT_EQ(found[0], found[2]);
  EXPECT_EQ(found[1], found[3]);
}

TEST(Dense, ASampleIsComputedTheSameWhateverItsBatch) {
  // Up to rounding: other shapes may run other kernels.
  const Shape shape{70, 130, 65};
  OneLayer one(shape);
  const Matrix x(65, 70, 3);
  const ConstMatrixView y = one.pass.forward(x);
  const std::vector<Scalar> all(y.data, y.data + y.size());
  for (const Index row : {0, 31, 64}) {
    const ConstMatrixView single = one.pass.forward(ConstMatrixView(x).middle(row, 1));
    for (Index o = 0; o < 130; ++o)
      EXPECT_TRUE(near(single.data[o], all[static_cast<std::size_t>(row * 130 + o)], tolerance(70), 0));
  }
}

TEST(Dense, DescribesItselfAndItsParameters) {
  const Dense dense(3, 5);
  EXPECT_EQ(dense.describe(), "Dense(3, 5)");
  EXPECT_EQ(dense.outputs(3), 5);
  ASSERT_EQ(dense.parameters().size(), 2U);
  EXPECT_EQ(dense.parameters()[0].name, "weight");
  EXPECT_EQ(dense.parameters()[0].shape, (std::vector<Index>{5, 3}));
  EXPECT_TRUE(dense.parameters()[0].is_weight);
  EXPECT_EQ(dense.parameters()[0].size(), 15);
  EXPECT_EQ(dense.parameters()[1].name, "bias");
  EXPECT_EQ(dense.parameters()[1].shape, (std::vector<Index>{5}));
  EXPECT_FALSE(dense.parameters()[1].is_weight);
  EXPECT_EQ(dense.parameters()[1].size(), 5);
}

TEST(Dense, RefusesSizesBelowOne) {
  for (const auto& sizes : {std::pair<Index, Index>{0, 1}, {1, 0}, {-3, 2}, {2, -1}, {0, 0}})
    expect_error<ShapeError>("a layer needs at least one input and one output",
                             [&] { Dense(sizes.first, sizes.second); });
}

TEST(Dense, RefusesOtherInputs) {
  expect_error<ShapeError>("Dense(3, 5) is given 4 inputs", [] { static_cast<void>(Dense(3, 5).outputs(4)); });
}

TEST(Dense, InitializesByItsInitializer) {
  const Dense dense(200, 300, make_initializer("he-normal")), biased(16, 4, make_initializer("pytorch"));
  std::vector<double> weights(60000), biases(300, 7), other_biases(4);
  Random random(1, Purpose::initial_weights);
  dense.initialize(0, weights, random);
  dense.initialize(1, biases, random);
  biased.initialize(1, other_biases, random);
  double variance = 0;
  for (const double w : weights) variance += w * w / 60000;
  EXPECT_NEAR(variance, 2.0 / 200, 2.0 / 200 * 0.03);  // by the inputs, not the outputs
  for (const double b : other_biases) {
    EXPECT_NE(b, 0);
    EXPECT_LT(std::abs(b), 0.25);
  }
}

TEST(Dense, ItsBiasesAreZeroUnlessTheInitializerSaysOtherwise) {
  const auto device = make_cpu_device();
  for (const std::string name : {"he-normal", "zeros", "orthogonal"}) {
    const Network network(*device, 4, 3, Dense(4, 6, make_initializer(name)));
    EXPECT_EQ(network.parameter_tensors()[1].values, std::vector<double>(6)) << name;
  }
}

}  // namespace
}  // namespace tinymlp
