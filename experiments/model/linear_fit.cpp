// Chooses the method by the loss, and computes losses in double.
#include "model/linear_fit.h"

#include <algorithm>
#include <cmath>

#include "model/description.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

bool is_squared(const std::string& loss) { return loss == "mse" || loss == "half-mse"; }

/// (rows, outputs): numbers, or for classes what the description codes them as.
std::vector<double> coded_targets(const ModelDescription& description, const DataSet& data, std::size_t outputs) {
  if (data.task == Task::regression) return data.targets;
  std::vector<double> coded;
  for (const double label : data.targets)
    for (std::size_t k = 0; k < outputs; ++k) {
      const std::size_t right = outputs == 1 ? 1 : k;
      coded.push_back(label == static_cast<double>(right) ? description.high : description.low);
    }
  return coded;
}

/// log(1 + eᶻ)
double softplus(double z) { return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))); }

double log_sum_exp(std::span<const double> z) {
  const double largest = std::ranges::max(z);
  double sum = 0;
  for (const double value : z) sum += std::exp(value - largest);
  return largest + std::log(sum);
}

/// A logistic regression for each class against the others: bce takes the outputs one by one.
LinearFit fit_each_class(const std::vector<double>& x, const std::vector<Index>& classes, Index inputs, Index outputs,
                         const SoftmaxOptions& options) {
  LinearFit fit{{inputs, outputs, {}, {}}, "logistic regression for each class", true, true, 0};
  for (Index k = 0; k < outputs; ++k) {
    std::vector<Index> is_k;
    for (const Index label : classes) is_k.push_back(label == k ? 1 : 0);
    const SoftmaxRegression one = softmax_regression(x, is_k, inputs, 1, options);
    fit.map.w.insert(fit.map.w.end(), one.map.w.begin(), one.map.w.end());
    fit.map.b.push_back(one.map.b[0]);
    fit.converged = fit.converged && (one.converged || one.separable);
    fit.separable = fit.separable && one.separable;
    fit.gradient_norm = std::max(fit.gradient_norm, one.gradient_norm);
  }
  return fit;
}

}  // namespace

std::vector<double> features_of(const DataSet& data) {
  if (data.bytes.empty()) return data.inputs;
  std::vector<double> x;
  x.reserve(data.bytes.size());
  for (const std::uint8_t byte : data.bytes) x.push_back(static_cast<double>(byte) / 255);
  return x;
}

bool is_long_search(const DataSet& data) {
  constexpr double many_numbers = 5e6;
  return static_cast<double>(data.rows()) * static_cast<double>(data.features()) > many_numbers;
}

bool is_optimum(const ModelDescription& description) {
  const std::string& loss = description.loss;
  return is_squared(loss) || loss == "bce" || loss == "cross-entropy";
}

LinearFit fit_linear_model(const ModelDescription& description, const DataSet& data, const SoftmaxOptions& options) {
  const std::vector<double> x = features_of(data);
  const Index inputs = data.features(), outputs = layer_sizes(description).back();
  if (data.task == Task::regression || is_squared(description.loss)) {
    const std::vector<double> t = coded_targets(description, data, static_cast<std::size_t>(outputs));
    return {least_squares(x, t, inputs, outputs), "least squares"};
  }
  const std::vector<Index> classes(data.targets.begin(), data.targets.end());
  if (description.loss == "bce" && outputs > 1) return fit_each_class(x, classes, inputs, outputs, options);
  const SoftmaxRegression found = softmax_regression(x, classes, inputs, outputs, options);
  return {found.map, outputs == 1 ? "logistic regression" : "softmax regression", found.converged, found.separable,
          found.gradient_norm};
}

double loss_of_outputs(const ModelDescription& description, const DataSet& data, std::span<const double> outputs) {
  if (!is_optimum(description)) throw InputError("there is no closed form for the loss " + description.loss);
  const std::size_t rows = data.targets.size(), width = outputs.size() / rows;
  double sum = 0;
  if (description.loss == "cross-entropy") {
    for (std::size_t row = 0; row < rows; ++row) {
      const auto z = outputs.subspan(row * width, width);
      sum += log_sum_exp(z) - z[static_cast<std::size_t>(data.targets[row])];
    }
    return sum / static_cast<double>(rows);
  }
  const std::vector<double> targets = coded_targets(description, data, width);
  for (std::size_t i = 0; i < outputs.size(); ++i)
    sum += is_squared(description.loss) ? (outputs[i] - targets[i]) * (outputs[i] - targets[i])
                                        : softplus(outputs[i]) - targets[i] * outputs[i];
  return sum / static_cast<double>(outputs.size()) * (description.loss == "half-mse" ? 0.5 : 1);
}

}  // namespace tinymlp::program
