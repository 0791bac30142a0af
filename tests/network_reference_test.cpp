// Four whole networks against PyTorch, by name: each layer's output, each loss, each gradient, ten steps of descent.
// data/reference/make_network_references.py made the files.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "source_folder.h"
#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"
#include "tinymlp/pass.h"
#include "tinymlp/sgd.h"

namespace tinymlp {
namespace {

using nlohmann::json;

constexpr double learning_rate = 0.1;
const std::vector<std::string> names{"bounded", "rectified", "smooth", "others"};

const json& file(const std::string& name) {
  static std::map<std::string, json> files;
  if (!files.contains(name))
    files[name] = json::parse(std::ifstream(source_folder() / "data" / "reference" / "networks" / (name + ".json")));
  return files[name];
}

/// All numbers of a nested list, row after row.
std::vector<double> flat(const json& list) {
  if (!list.is_array()) return {list.get<double>()};
  std::vector<double> numbers;
  for (const json& part : list)
    for (const double number : flat(part)) numbers.push_back(number);
  return numbers;
}

Matrix matrix(const json& rows) {
  Matrix result(static_cast<Index>(rows.size()), static_cast<Index>(rows[0].size()));
  std::ranges::transform(flat(rows), result.values.begin(), [](double x) { return static_cast<Scalar>(x); });
  return result;
}

/// In double a part in 10^12, in float in 10^5, of the tensor's largest number.
constexpr double allowed = sizeof(Scalar) == sizeof(double) ? 1e-12 : 1e-5;

template <class Numbers>
void expect_equal(const std::string& name, const Numbers& got, const json& expected) {
  const std::vector<double> numbers = flat(expected);
  ASSERT_EQ(static_cast<std::size_t>(std::ranges::distance(got)), numbers.size()) << name;
  double largest = 0;
  for (const double number : numbers) largest = std::max(largest, std::abs(number));
  for (std::size_t i = 0; i < numbers.size(); ++i)
    EXPECT_TRUE(near(static_cast<Real>(got[i]), numbers[i], allowed * largest, 0)) << name << ", number " << i;
}

class NetworkReference : public testing::TestWithParam<std::tuple<std::string, std::string>> {
 protected:
  NetworkReference() : expected_(file(std::get<0>(GetParam()))) {
    ModelDescription description;
    description.inputs = static_cast<Index>(expected_.at("inputs")[0].size());
    description.layers = expected_.at("layers").get<std::vector<std::string>>();
    network_.emplace(make_network(*device_, description, "zeros", 0));
    std::vector<Tensor> tensors = network_->parameter_tensors();
    EXPECT_EQ(tensors.size(), expected_.at("parameters").size());
    for (Tensor& tensor : tensors) tensor.values = flat(expected_.at("parameters").at(tensor.name));
    network_->set_parameters(tensors);
    loss_ = make_loss(std::get<1>(GetParam()));
  }
  const json& of_loss() const { return expected_.at("losses").at(std::get<1>(GetParam())); }

  const json& expected_;
  std::unique_ptr<Device> device_ = make_cpu_device();
  std::optional<Network> network_;
  std::unique_ptr<Loss> loss_;
};

TEST_P(NetworkReference, OutputsLossAndGradientsAreThoseOfPyTorch) {
  const Matrix x = matrix(expected_.at("inputs")), t = matrix(of_loss().at("targets"));
  Pass pass(*network_, x.rows);
  const ConstMatrixView prediction = pass.forward(x);
  for (std::size_t i = 0; i < network_->layers().size(); ++i) {
    const ConstMatrixView y = pass.output(i);
    expect_equal("output " + std::to_string(i), std::span(y.data, static_cast<std::size_t>(y.size())),
                 expected_.at("outputs")[i]);
  }
  Scalar value = 0;
  Matrix dx(x.rows, x.cols);
  loss_->evaluate(*device_, prediction, t, &value, pass.output_gradient());
  pass.backward(dx.view());
  expect_equal("loss", std::vector{value}, of_loss().at("loss"));
  for (const Tensor& gradient : network_->gradient_tensors())
    expect_equal(gradient.name, gradient.values, of_loss().at("gradients").at(gradient.name));
  expect_equal("input", dx.values, of_loss().at("gradients").at("input"));
  EXPECT_EQ(network_->gradient_tensors().size() + 1, of_loss().at("gradients").size());
}

TEST_P(NetworkReference, TenLossesOfDescentAreThoseOfPyTorch) {
  const Matrix x = matrix(expected_.at("inputs")), t = matrix(of_loss().at("targets"));
  Pass pass(*network_, x.rows);
  Sgd optimizer({.learning_rate = learning_rate});
  optimizer.prepare(*device_, network_->counts());
  Step step{};
  step.learning_rate = static_cast<Scalar>(learning_rate);
  std::vector<Scalar> losses;
  for (step.number = 1; step.number <= 10; ++step.number) {
    const ConstMatrixView prediction = pass.forward(x, &step);
    loss_->evaluate(*device_, prediction, t, &losses.emplace_back(), pass.output_gradient());
    pass.backward();
    optimizer.step({*device_, &step}, network_->parameters(), network_->gradients());
  }
  ASSERT_EQ(of_loss().at("training").size(), losses.size());
  expect_equal("training", losses, of_loss().at("training"));
  EXPECT_GT(std::abs(losses.back() - losses.front()), 0.001 * losses.front());  // something happened
}

INSTANTIATE_TEST_SUITE_P(PyTorch, NetworkReference,
                         testing::Combine(testing::ValuesIn(names), testing::ValuesIn(loss_names())),
                         [](const auto& parameter) {
                           std::string name = std::get<0>(parameter.param) + "_" + std::get<1>(parameter.param);
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(NetworkReferences, HoldEveryActivation) {
  for (const std::string& activation : activation_names())
    EXPECT_TRUE(std::ranges::any_of(names, [&](const std::string& name) {
      return std::ranges::any_of(file(name).at("layers"), [&](const json& layer) {
        const std::string text = layer;
        return text == activation || text.starts_with(activation + "(");
      });
    })) << activation;
}

}  // namespace
}  // namespace tinymlp
