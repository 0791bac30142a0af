// Decides for classes.
#include "model/outputs.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "tinymlp/error.h"
#include "tinymlp/evaluator.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"

namespace tinymlp::program {

std::vector<float> network_outputs(const Network& network, const ModelDescription& description, const DataSet& data) {
  const auto loss = make_loss(description.loss);
  const DeviceDataSet on_device(network.device(), data, target_coding(description, network.outputs()));
  return Evaluator(network, *loss, on_device, description.threshold()).predict();
}

void check_finite(std::span<const float> outputs, Index rows) {
  const std::size_t width = outputs.size() / static_cast<std::size_t>(rows);
  for (std::size_t i = 0; i < outputs.size(); ++i)
    if (!std::isfinite(outputs[i]))
      throw Error("the model gives no finite number (row " + std::to_string(i / width + 1) +
                  "): its weights or the features are too large");
}

Index predicted_class(std::span<const float> outputs, double threshold) {
  if (std::ranges::any_of(outputs, [](float y) { return std::isnan(y); })) return -1;
  if (outputs.size() == 1) return outputs[0] > static_cast<float>(threshold) ? 1 : 0;
  return std::ranges::max_element(outputs) - outputs.begin();
}

std::vector<double> class_shares(std::span<const float> outputs, const ModelDescription& description) {
  std::vector<double> shares(outputs.begin(), outputs.end());
  if (description.loss == "cross-entropy") {
    const double largest = std::ranges::max(shares);
    double sum = 0;
    for (double& share : shares) sum += share = std::exp(share - largest);
    for (double& share : shares) share /= sum;
    return shares;
  }
  if (description.loss == "bce" && shares.size() == 1)  // each by itself: 1 - p would lose the digits of a small share
    return {1 / (1 + std::exp(shares[0])), 1 / (1 + std::exp(-shares[0]))};
  for (double& share : shares)
    share = description.loss == "bce"
                ? 1 / (1 + std::exp(-share))
                : std::clamp((share - description.low) / (description.high - description.low), 0.0, 1.0);
  if (shares.size() == 1) return {1 - shares[0], shares[0]};
  return shares;
}

}  // namespace tinymlp::program
