#include "tinymlp/model_description.h"

namespace tinymlp {

std::optional<double> ModelDescription::threshold() const {
  if (task == Task::regression) return std::nullopt;
  return loss == "bce" || loss == "cross-entropy" ? 0 : (low + high) / 2;
}

}  // namespace tinymlp
