// How the weights of a layer start: random numbers of a spread that keeps signals alive on their way through it.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tinymlp/matrix.h"
#include "tinymlp/random.h"

namespace tinymlp {

/// Where a layer's initial numbers come from. All draws are made in double and rounded once.
struct Initializer {
  std::string text;  // as it was written: "he-normal", "normal(0.01)"
  /// Fills weights of shape (out, in).
  std::function<void(std::span<double> weights, Index out, Index in, Random& random)> weights;
  /// Fills biases of shape (out); null for zeros.
  std::function<void(std::span<double> biases, Index in, Random& random)> biases;
};

/// The initializer that `text` names. n_in, n_out: how many inputs and outputs the layer has.
///   he-normal          normal, variance 2 / n_in                  He, Zhang, Ren, Sun 2015
///   he-uniform         uniform of the same variance               the same
///   xavier-normal      normal, variance 2 / (n_in + n_out)        Glorot and Bengio 2010
///   xavier-uniform     uniform of the same variance               the same
///   lecun-normal       normal, variance 1 / n_in                  LeCun, Bottou, Orr, Müller 1998
///   orthogonal         rows or columns orthonormal                Saxe, McClelland, Ganguli 2013
///   normal(STD)        normal, standard deviation STD
///   uniform(A)         uniform in (-A, A)
///   pytorch            weights and biases uniform in ±1 / √n_in   the default of torch.nn.Linear
///   zeros
/// Throws InputError for another name, or a missing or wrong number.
Initializer make_initializer(std::string_view text);
std::vector<std::string> initializer_names();

}  // namespace tinymlp
