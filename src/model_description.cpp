#include "tinymlp/model_description.h"

namespace tinymlp {

bool takes_logits(std::string_view loss) { return loss == "bce" || loss == "cross-entropy"; }
bool is_for_classes(std::string_view loss) { return takes_logits(loss) || loss == "hinge"; }

std::optional<double> ModelDescription::threshold() const {
  if (task == Task::regression) return std::nullopt;
  return takes_logits(loss) ? 0 : (low + high) / 2;
}

}  // namespace tinymlp
