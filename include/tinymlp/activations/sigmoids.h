// Activations that level off on both sides, and what is made of them. σ is the sigmoid.
#pragma once
#include "tinymlp/activations/arithmetic.h"

TINYMLP_BEGIN

/// y = σ(x) = 1 / (1 + e⁻ˣ), y' = y (1 - y): at most 1/4, so that gradients shrink from layer to layer.
struct Sigmoid {
  static std::string name() { return "sigmoid"; }
  static constexpr ActivationFacts facts{.value = "σ(x) = 1 / (1 + exp(-x))",
                                         .derivative = "y (1 - y)",
                                         .range = {0, 1, false, false},
                                         .zero_centred = false,
                                         .monotone = true,
                                         .lipschitz = 0.25,
                                         .initializer = "xavier-normal",
                                         .paper = "Rumelhart, Hinton, Williams 1986"};
  template <class T>
  TINYMLP_HD T value(T x) const {
    return logistic(x);
  }
  template <class T>
  TINYMLP_HD T derivative(T, T y) const {
    return y * (T(1) - y);
  }
};

/// y = (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ) = 2 σ(2x) - 1, y' = 1 - y².
struct Tanh {
  static std::string name() { return "tanh"; }
  static constexpr ActivationFacts facts{.value = "(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
                                         .derivative = "1 - y²",
                                         .range = {-1, 1, false, false},
                                         .zero_centred = true,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "xavier-normal",
                                         .paper = "LeCun, Bottou, Orr, Müller 1998"};
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::tanh;
    return tanh(x);
  }
  template <class T>
  TINYMLP_HD T derivative(T, T y) const {
    return T(1) - y * y;
  }
};

/// y = x / (1 + |x|), y' = 1 / (1 + |x|)²: levels off slowly.
struct Softsign {
  static std::string name() { return "softsign"; }
  static constexpr ActivationFacts facts{.value = "x / (1 + |x|)",
                                         .derivative = "1 / (1 + |x|)²",
                                         .range = {-1, 1, false, false},
                                         .zero_centred = true,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "xavier-normal",
                                         .paper = "Bergstra, Desjardins, Lamblin, Bengio 2009"};
  static std::array<Scalar, 1> kinks() { return {0}; }
  static constexpr Scalar largest = std::numeric_limits<Scalar>::max();
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::abs;
    const T finite = clamp(x, T(-largest), T(largest));  // since infinity / infinity is NaN
    return finite / (T(1) + abs(finite));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    using std::abs;
    const T inverse = T(1) / (T(1) + abs(x));
    return inverse * inverse;
  }
};

/// y = log σ(x) = min(x, 0) - log(1 + e^-|x|), which cannot overflow; y' = σ(-x).
struct LogSigmoid {
  static std::string name() { return "log-sigmoid"; }
  static constexpr ActivationFacts facts{.value = "log σ(x)",
                                         .derivative = "σ(-x)",
                                         .range = {-infinity, 0, false, false},
                                         .zero_centred = false,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "he-normal",
                                         .paper = "none: softplus, turned around"};
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::abs, std::exp, std::log1p;
    return select(x > T(0), T(0), x) - log1p(exp(-abs(x)));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    return logistic(-x);
  }
};

/// y = x - tanh(x), y' = tanh(x)²: sets small signals almost to 0.
struct Tanhshrink {
  static std::string name() { return "tanhshrink"; }
  static constexpr ActivationFacts facts{.value = "x - tanh(x)",
                                         .derivative = "tanh(x)²",
                                         .range = all_numbers,
                                         .zero_centred = true,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "he-normal",
                                         .paper = "none: known from Torch"};
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::tanh;
    return x - tanh(x);
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    using std::tanh;
    const T t = tanh(x);
    return t * t;
  }
};

TINYMLP_END
