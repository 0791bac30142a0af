#define TINYMLP_DOUBLE
#include "double_references.h"

#include <stdexcept>

#include "tinymlp/activations.h"
#include "tinymlp/losses.h"

namespace tinymlp::references {

Activation activation(const std::string& name, double x) {
  Activation result{};
  bool found = false;
  for_each_activation([&]<class F>() {
    if (F::name() != name) return;
    const double y = F{}.value(x);
    result = {y, F{}.derivative(x, y)};
    found = true;
  });
  if (!found) throw std::logic_error("no activation " + name);
  return result;
}

Loss loss(const std::string& name, double prediction, double target) {
  Loss result{};
  bool found = false;
  for_each_elementwise_loss([&]<class F>() {
    if (F::name() != name) return;
    const auto term = F{}.term(prediction, target);
    result = {term.value, term.derivative};
    found = true;
  });
  if (!found) throw std::logic_error("no loss " + name);
  return result;
}

}  // namespace tinymlp::references
