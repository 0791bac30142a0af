// The book's network on real images of clothes. 784-256-10 with ReLU is better than softmax regression; the same layers
// without the activation are not, for they are softmax regression with more parameters.
#include <cmath>

#include "catalogue/registry.h"
#include "data/source.h"
#include "grading/networks.h"
#include "grading/statistics.h"

namespace tinymlp::program {

namespace {

constexpr Index seeds = 3, epochs = 10;

struct Result {
  std::vector<double> training_accuracy;  // of each epoch
  double training_loss, test_accuracy;    // after the last
};

Result train(const DataParts& parts, const std::vector<Index>& sizes, const std::string& activation,
             std::uint64_t seed) {
  Training training({.sizes = sizes,
                     .activation = activation,
                     .initializer = make_initializer("normal(0.01)"),
                     .loss = "cross-entropy",
                     .coding = {.outputs = 10},
                     .threshold = 0,
                     .optimizer = sgd(0.1),
                     .batch_size = 256},
                    parts, seed);
  Result result{};
  for (Index i = 0; i < epochs; ++i) {
    const EpochResult epoch = training.epoch();
    result.training_accuracy.push_back(epoch.accuracy.value_or(std::nan("")));
    result.training_loss = epoch.loss;
  }
  result.test_accuracy = training.test_accuracy();
  return result;
}

void run(Trial& trial) {
  DataOptions options;
  options.data = "fashion-mnist";
  options.directory = trial.options().data_dir;
  const DataParts parts = load_parts(options);
  struct Case {
    const char* name;
    std::vector<Index> sizes;
    const char* activation;
  };
  const std::vector<Case> cases{{"softmax regression, 784-10", {784, 10}, "identity"},
                                {"linear, 784-256-10", {784, 256, 10}, "identity"},
                                {"relu, 784-256-10", {784, 256, 10}, "relu"}};
  const auto all = trial.for_each(static_cast<Index>(cases.size()) * seeds, [&](Index i) {
    const Case& one = cases[static_cast<std::size_t>(i / seeds)];
    return train(parts, one.sizes, one.activation, static_cast<std::uint64_t>(i % seeds));
  });
  CurveFigure figure{.name = "accuracy",
                     .title = "Fashion-MNIST: depth without an activation buys nothing",
                     .x_label = "epoch",
                     .y_label = "training accuracy, median of 3 seeds",
                     .curves = {}};
  const auto median_of = [&](std::size_t which, auto number) {
    std::vector<double> values;
    for (std::size_t seed = 0; seed < seeds; ++seed) values.push_back(number(all[which * seeds + seed]));
    return median(values);
  };
  std::vector<double> accuracies;
  for (std::size_t k = 0; k < cases.size(); ++k) {
    accuracies.push_back(median_of(k, [](const Result& result) { return result.test_accuracy; }));
    Curve curve{cases[k].name, {}, {}, Curve::Look::line_points};
    for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
      curve.x.push_back(static_cast<double>(epoch + 1));
      curve.y.push_back(median_of(k, [epoch](const Result& result) { return result.training_accuracy[epoch]; }));
    }
    figure.curves.push_back(std::move(curve));
  }
  const Origin book = published("D2L, multilayer perceptrons"), torch = measured("PyTorch, the same settings");
  trial.claim("relu: test accuracy, median of 3 seeds", at_least(0.83), book, accuracies[2]);
  trial.claim("relu: test accuracy above softmax regression's", at_least(0.01), book, accuracies[2] - accuracies[0]);
  trial.claim("linear 784-256-10: test accuracy less softmax regression's", near(0, 0.015),
              theory("the same functions; a linear stack folds to softmax regression"), accuracies[1] - accuracies[0]);
  trial.claim("relu: training loss in epoch 10", near(0.387, 0.015), torch,
              median_of(2, [](const Result& result) { return result.training_loss; }));
  trial.claim("relu: training accuracy in epoch 10", near(0.864, 0.01), torch,
              median_of(2, [](const Result& result) { return result.training_accuracy.back(); }));
  trial.claim("relu: test accuracy", near(0.845, 0.02), torch, accuracies[2]);
  trial.figure(figure);
}

}  // namespace

Experiment fashion_mnist() {
  return {"fashion-mnist", "The book's network on images of clothes",
          "60,000 small images of clothes in ten classes. The book's network, 784-256-10 with ReLU, is compared with "
          "softmax regression and with its own layers without the activation. The activation buys more than a point of "
          "test accuracy; the 200,000 additional weights without it buy nothing.",
          run, true};
}

}  // namespace tinymlp::program
