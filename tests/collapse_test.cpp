// Folding: random stacks of every depth, what stands between them, and functions that are, or are not, affine.
#include "tinymlp/collapse.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support.h"
#include "tinymlp/random.h"

namespace tinymlp {
namespace {

using Numbers = std::vector<double>;

struct Stack {
  ModelDescription description;
  std::vector<Tensor> tensors;
};

/// Dense layers of these sizes with random weights; behind each but the last these.
Stack random_stack(const std::vector<Index>& sizes, const std::vector<std::string>& between, std::uint32_t stream = 0) {
  Stack stack;
  stack.description.inputs = sizes[0];
  Random random(6, Purpose::check, stream);
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    const Index in = sizes[i - 1], out = sizes[i];
    const std::string place = std::to_string(stack.description.layers.size());
    Tensor w{place + ".weight", {out, in}, {}}, b{place + ".bias", {out}, {}};
    for (Index k = 0; k < in * out; ++k) w.values.push_back(random.normal() / std::sqrt(static_cast<double>(in)));
    for (Index k = 0; k < out; ++k) b.values.push_back(random.normal());
    stack.description.layers.push_back("Dense(" + std::to_string(in) + ", " + std::to_string(out) + ")");
    stack.tensors.push_back(w);
    stack.tensors.push_back(b);
    if (i + 1 < sizes.size())
      stack.description.layers.insert(stack.description.layers.end(), between.begin(), between.end());
  }
  return stack;
}

Numbers random_rows(Index rows, Index inputs) {
  Random random(7, Purpose::check);
  Numbers x;
  for (Index i = 0; i < rows * inputs; ++i) x.push_back(random.normal());
  return x;
}

TEST(FoldAffineLayers, OneMapReproducesAStackOfAnyDepth) {
  const std::vector<std::vector<Index>> shapes{{3, 5, 2},       {4, 1, 3},          {2, 7, 7, 1},
                                               {5, 3, 4, 2, 6}, {3, 8, 6, 5, 4, 2}, {2, 3, 4, 5, 6, 7, 8, 9, 3}};
  for (const auto& sizes : shapes)
    for (const auto& between : {std::vector<std::string>{}, {"identity"}, {"identity", "dropout(0.5)"}}) {
      const Stack stack = random_stack(sizes, between);
      const FoldedModel folded = fold_affine_layers(stack.description, stack.tensors);
      ASSERT_TRUE(folded.map);
      EXPECT_EQ(folded.description.layers.size(), 1U);
      const Numbers x = random_rows(17, sizes[0]);
      const Numbers expected = apply_affine_layers(stack.description, stack.tensors, x), y = folded.map->apply(x);
      ASSERT_EQ(y.size(), expected.size());
      for (std::size_t i = 0; i < y.size(); ++i) EXPECT_TRUE(near(y[i], expected[i], 1e-12, 0));
      EXPECT_EQ(folded.tensors[0].name, "0.weight");
      EXPECT_EQ(folded.tensors[0].shape, (std::vector<Index>{sizes.back(), sizes[0]}));
      EXPECT_EQ(folded.tensors[0].values, folded.map->w);
      EXPECT_EQ(folded.tensors[1].values, folded.map->b);
    }
}

TEST(FoldAffineLayers, ABottleneckBoundsTheRank) {
  const Stack stack = random_stack({6, 2, 5}, {"identity"});
  EXPECT_EQ(matrix_rank(*fold_affine_layers(stack.description, stack.tensors).map).rank, 2);
}

TEST(FoldAffineLayers, FoldsWhatStandsBetweenOthers) {
  Stack stack = random_stack({2, 4, 3, 5, 1}, {});
  stack.description.layers = {"Dense(2, 4)", "identity",    "Dense(4, 3)", "tanh",
                              "Dense(3, 5)", "Dense(5, 1)", "sigmoid"};
  const FoldedModel folded = fold_affine_layers(stack.description, stack.tensors);
  EXPECT_FALSE(folded.map);
  EXPECT_EQ(folded.description.layers, (std::vector<std::string>{"Dense(2, 3)", "tanh", "Dense(3, 1)", "sigmoid"}));
  ASSERT_EQ(folded.tensors.size(), 4U);
  EXPECT_EQ(folded.tensors[2].name, "2.weight");
  expect_error<InputError>("tanh is not affine",
                           [&] { apply_affine_layers(stack.description, stack.tensors, Numbers{1, 2}); });
}

TEST(FoldAffineLayers, KeepsTheSlopesThatWereLearnt) {
  Stack stack = random_stack({2, 4, 3, 1}, {});
  stack.description.layers.insert(stack.description.layers.begin() + 2, "prelu");
  stack.tensors.insert(stack.tensors.begin() + 4, {"2.weight", {1}, {0.125}});
  const FoldedModel folded = fold_affine_layers(stack.description, stack.tensors);
  EXPECT_EQ(folded.description.layers, (std::vector<std::string>{"Dense(2, 3)", "prelu", "Dense(3, 1)"}));
  ASSERT_EQ(folded.tensors.size(), 5U);
  EXPECT_EQ(folded.tensors[2].name, "1.weight");
  EXPECT_EQ(folded.tensors[2].values, (Numbers{0.125}));
  EXPECT_EQ(folded.tensors[3].name, "2.weight");
  stack.tensors[4] = {"2.weight", {2}, {1, 2}};
  expect_error<ShapeError>("a slope of shape (2) does not fit the layer prelu",
                           [&] { fold_affine_layers(stack.description, stack.tensors); });
  stack.tensors.resize(4);
  expect_error<ShapeError>("no weights for the layer prelu",
                           [&] { fold_affine_layers(stack.description, stack.tensors); });
}

TEST(FoldAffineLayers, LeavesASingleLayerAsItIs) {
  const Stack stack = random_stack({3, 2}, {});
  const FoldedModel folded = fold_affine_layers(stack.description, stack.tensors);
  EXPECT_EQ(folded.description.layers, stack.description.layers);
  EXPECT_EQ(folded.map->w, stack.tensors[0].values);
}

TEST(FoldAffineLayers, OfNoLayerWithWeightsIsTheIdentity) {
  ModelDescription description;
  description.inputs = 2;
  description.layers = {"identity"};
  EXPECT_EQ(fold_affine_layers(description, {}).map->apply(Numbers{3, 4}), (Numbers{3, 4}));
}

TEST(FoldAffineLayers, RefusesTensorsThatDoNotFit) {
  Stack stack = random_stack({3, 4, 2}, {});
  stack.tensors.pop_back();
  expect_error<ShapeError>("no weights for the layer Dense(4, 2)",
                           [&] { fold_affine_layers(stack.description, stack.tensors); });
  stack = random_stack({3, 4, 2}, {});
  stack.description.layers.pop_back();
  expect_error<ShapeError>("4 tensors for 1 layers", [&] { fold_affine_layers(stack.description, stack.tensors); });
  stack.description.layers[0] = "Dense(4, 3)";
  expect_error<ShapeError>("do not fit the layer Dense(4, 3)",
                           [&] { fold_affine_layers(stack.description, stack.tensors); });
}

TEST(RefuteAffine, RefutesACurve) {
  const auto square = [](std::span<const double> rows) {
    Numbers y;
    for (const double x : rows) y.push_back(x * x);
    return y;
  };
  const auto witness = refute_affine(square, Numbers{0, 1, 4}, 1);
  ASSERT_TRUE(witness);  // the widest gap of all pairs is between 0 and 4: 8 - 4
  EXPECT_EQ(witness->gap, 4);
  EXPECT_EQ(witness->scale, 16);
  EXPECT_EQ(witness->middle[0], (witness->x[0] + witness->y[0]) / 2);
  EXPECT_EQ(witness->f_middle[0], witness->middle[0] * witness->middle[0]);
}

TEST(RefuteAffine, NamesTheOutputThatBends) {
  const auto f = [](std::span<const double> rows) {
    Numbers y;
    for (std::size_t i = 0; i < rows.size(); i += 2) {
      y.push_back(3 * rows[i] - rows[i + 1] + 1000);
      y.push_back(std::max(0.0, rows[i + 1]));
    }
    return y;
  };
  const auto witness = refute_affine(f, random_rows(50, 2), 2);
  ASSERT_TRUE(witness);
  EXPECT_EQ(witness->output, 1U);
}

TEST(RefuteAffine, FindsNothingAgainstAnAffineMap) {
  const AffineMap map{3, 2, {1, 2, 3, 4, 5, 6}, {10, 20}}, zero{3, 2, {0, 0, 0, 0, 0, 0}, {0, 0}};
  for (const AffineMap& one : {map, zero}) {
    const auto f = [&](std::span<const double> rows) {
      Numbers y = one.apply(rows);
      for (double& value : y) value = static_cast<float>(value);  // rounding is no curve
      return y;
    };
    EXPECT_FALSE(refute_affine(f, random_rows(50, 3), 3));
  }
  expect_error<InputError>("no points", [&] { refute_affine({}, {}, 3); });
}

}  // namespace
}  // namespace tinymlp
