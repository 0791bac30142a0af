// The built-in activations, each written once for a number, a SIMD register and a CUDA thread: by family in the files
// included here. This file lists them, and finds them by name.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tinymlp/activations/gated.h"
#include "tinymlp/activations/piecewise_linear.h"
#include "tinymlp/activations/sigmoids.h"
#include "tinymlp/activations/smooth_rectifiers.h"
#include "tinymlp/activations/waves.h"

TINYMLP_BEGIN

/// Calls visit.operator()<F>() for each built-in activation F that is a formula: the one list of them. Beside them
/// there is prelu, a layer with a slope that it learns: prelu.h.
template <class Visit>
void for_each_activation(Visit visit) {
  visit.template operator()<Identity>();
  visit.template operator()<ReLU>();
  visit.template operator()<LeakyReLU>();
  visit.template operator()<ReLU6>();
  visit.template operator()<Sigmoid>();
  visit.template operator()<HardSigmoid>();
  visit.template operator()<LogSigmoid>();
  visit.template operator()<Tanh>();
  visit.template operator()<HardTanh>();
  visit.template operator()<Softsign>();
  visit.template operator()<Softplus>();
  visit.template operator()<Squareplus>();
  visit.template operator()<ELU>();
  visit.template operator()<SELU>();
  visit.template operator()<CELU>();
  visit.template operator()<GELU>();
  visit.template operator()<GELUTanh>();
  visit.template operator()<SiLU>();
  visit.template operator()<ScaledSiLU>();
  visit.template operator()<Mish>();
  visit.template operator()<HardSwish>();
  visit.template operator()<Tanhshrink>();
  visit.template operator()<Softshrink>();
  visit.template operator()<Hardshrink>();
  visit.template operator()<Sin>();
  visit.template operator()<Gaussian>();
}

/// The layer that `text` names: "relu", "leaky-relu(0.1)", "leaky-relu(slope=0.1)". Throws InputError for an unknown
/// name or parameter, or a number that the activation does not take.
std::unique_ptr<Layer> make_activation(std::string_view text);

/// What the catalogue holds of an activation.
struct ActivationEntry {
  std::string name;                                        // "leaky-relu"
  std::vector<std::pair<std::string, Scalar>> parameters;  // with their defaults: "slope", 0.01
  ActivationFacts facts;
  std::vector<Scalar> kinks;  // where y, y' or y'' jumps: finite differences across such a place are wrong
};
/// All of them, prelu included.
const std::vector<ActivationEntry>& activation_catalogue();
std::vector<std::string> activation_names();

/// The initializer that keeps the size of signals about the same through layers with this activation: He's for those
/// that cut off a part, Glorot's ("Xavier") for the others and for what is no activation.
std::string advised_initializer(std::string_view activation);

TINYMLP_END
