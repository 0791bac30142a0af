// MNIST-1D: ten shapes of 40 points, moved, scaled and covered with noise, so that no single point tells anything. A
// linear model finds little; a small ReLU network finds most; a stack of linear layers is the linear model again
// (Greydanus and Kobak 2024).
#include "catalogue/registry.h"
#include "grading/networks.h"
#include "grading/statistics.h"
#include "tinymlp/adam.h"
#include "tinymlp/generators.h"

namespace tinymlp::program {

namespace {

constexpr Index seeds = 10, epochs = 50;

MakeOptimizer adam(double learning_rate) {
  return [=] { return std::make_unique<Adam>(AdamOptions{.learning_rate = learning_rate}); };
}

struct Case {
  std::string label;
  std::vector<Index> sizes;
  std::string activation;
  MakeOptimizer optimizer;
};

double accuracy(const Case& one, std::uint64_t seed) {
  const DataParts parts = split(generate("mnist1d", {.seed = seed}), 0.2, seed);
  Training training({.sizes = one.sizes,
                     .activation = one.activation,
                     .initializer = make_initializer(one.activation == "relu" ? "he-normal" : "xavier-normal"),
                     .loss = "cross-entropy",
                     .coding = {.outputs = 10},
                     .threshold = 0,
                     .optimizer = one.optimizer,
                     .batch_size = 100},
                    parts, seed);
  training.run(epochs);
  return training.test_accuracy();
}

Index parameters(const std::vector<Index>& sizes) {
  const auto device = make_cpu_device();
  return Network(*device, sizes[0], 0, dense_stack(sizes, "relu", "identity", make_initializer("zeros"))).counts().all;
}

void run(Trial& trial) {
  const std::vector<Index> deep{40, 100, 100, 10};
  const std::vector<Case> cases{{"softmax regression", {40, 10}, "identity", adam(3e-3)},
                                {"linear", deep, "identity", adam(3e-3)},
                                {"sigmoid, SGD", deep, "sigmoid", sgd(0.1)},
                                {"relu", deep, "relu", adam(3e-3)}};
  const auto all = trial.for_each(static_cast<Index>(cases.size()) * seeds, [&](Index i) {
    return accuracy(cases[static_cast<std::size_t>(i / seeds)], static_cast<std::uint64_t>(i % seeds));
  });
  DotFigure figure{.name = "accuracies",
                   .title = "MNIST-1D: 10 seeds, 50 epochs",
                   .y_label = "test accuracy",
                   .groups = {},
                   .x_label = "hidden layers: none; the others 2 x 100",
                   .settings = "set yrange [0:0.8]\n",
                   .lines = {{"chance", 0.1}}};
  std::vector<double> medians;
  for (std::size_t k = 0; k < cases.size(); ++k) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(k * seeds);
    figure.groups.push_back({cases[k].label, {begin, begin + seeds}});
    medians.push_back(median(figure.groups.back().values));
  }
  const Origin paper = published("Greydanus and Kobak 2024: logistic 32 %, MLP 68 %");
  trial.claim("2 x 100: parameters", near(15'210, 0), theory("40·100 + 100 + 100·100 + 100 + 100·10 + 10"),
              static_cast<double>(parameters(deep)));
  trial.claim("softmax regression: test accuracy, median of 10 seeds", between(0.29, 0.34), paper, medians[0]);
  trial.claim("linear, 2 x 100: test accuracy", between(0.29, 0.34), paper, medians[1]);
  trial.claim("relu, 2 x 100: test accuracy above the linear stack's", at_least(0.2), paper, medians[3] - medians[1]);
  trial.claim("relu, 2 x 100: test accuracy", near(0.619, 0.04), measured("Adam 3e-3, 50 epochs: .619 ± .017"),
              medians[3]);
  trial.claim("sigmoid, 2 x 100, SGD .1: test accuracy", near(0.31, 0.04), measured("10 seeds"), medians[2]);
  trial.figure(figure);
}

}  // namespace

Experiment mnist1d() {
  return {"mnist1d", "Ten noisy shapes: 15,000 linear weights against the same with ReLU",
          "MNIST-1D's samples are 40 points of a shape that is shifted, scaled and noisy. Softmax regression gets a "
          "third of them right, and so does a linear network with 15,210 parameters, for it is the same model. The "
          "same layers with ReLU between them get some 30 points more. With sigmoid and plain gradient descent they "
          "have not begun after 50 epochs.",
          run};
}

}  // namespace tinymlp::program
