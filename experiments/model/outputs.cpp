// Decides for classes.
#include "model/outputs.h"

#include <algorithm>
#include <cmath>

namespace tinymlp::program {

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
  for (double& share : shares)
    share = description.loss == "bce"
                ? 1 / (1 + std::exp(-share))
                : std::clamp((share - description.low) / (description.high - description.low), 0.0, 1.0);
  if (shares.size() == 1) return {1 - shares[0], shares[0]};
  return shares;
}

}  // namespace tinymlp::program
