// Activations that look like ReLU from afar: they grow like x on the right and have a bound on the left.
#pragma once
#include "tinymlp/activations/arithmetic.h"

TINYMLP_BEGIN

/// y = log(1 + eˣ) = max(x, 0) + log(1 + e^-|x|), which cannot overflow; y' = σ(x), the sigmoid.
struct Softplus {
  static std::string name() { return "softplus"; }
  static constexpr ActivationFacts facts{.value = "log(1 + exp(x))",
                                         .derivative = "σ(x)",
                                         .range = {0, infinity, false, false},
                                         .zero_centred = false,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "he-normal",
                                         .paper = "Dugas et al. 2001"};
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::abs, std::exp, std::log1p;
    return select(x < T(0), T(0), x) + log1p(exp(-abs(x)));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    return logistic(x);
  }
};

/// y = (x + r) / 2, y' = (1 + x / r) / 2, with r = √(x² + b): softplus without exponentials. On the left, where x and r
/// cancel, y = b / 2 / (r + |x|) and y' = y / r.
struct Squareplus {
  static std::string name() { return "squareplus"; }
  static constexpr ActivationFacts facts{.value = "(x + √(x² + b)) / 2",
                                         .derivative = "(1 + x / √(x² + b)) / 2",
                                         .range = {0, infinity, false, false},
                                         .zero_centred = false,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "he-normal",
                                         .paper = "Barron 2021"};
  static auto parameters() { return std::array{FunctionParameter<Squareplus>{"b", &Squareplus::b}}; }
  const char* mistake() const { return b > 0 ? nullptr : "its b must be above 0"; }
  /// √(x² + b), which is |x| where x² is too large to be held.
  template <class T>
  TINYMLP_HD T root(T x) const {
    using std::abs, std::sqrt;
    constexpr Scalar large = sizeof(Scalar) == sizeof(float) ? Scalar(1e18) : Scalar(1e150);
    return select(abs(x) > T(large), abs(x), sqrt(x * x + T(b)));
  }
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::abs;
    const T half = T(0.5) * root(x) + T(0.5) * abs(x);
    return select(x < T(0), T(b) / T(4) / half, half);
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    using std::abs;
    const T r = root(x), small = T(b) / T(2) / (r + abs(x)) / r;
    return select(x < T(0), small, T(1) - small);
  }
  Scalar b = 4;
};

/// y = x for x > 0, else alpha (eˣ - 1); y' = 1 or alpha eˣ.
struct ELU {
  static std::string name() { return "elu"; }
  static constexpr ActivationFacts facts{.value = "x for x > 0, else alpha (exp(x) - 1)",
                                         .derivative = "1 for x > 0, else alpha exp(x)",
                                         .range = {-1, infinity, false, false},
                                         .zero_centred = false,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "he-normal",
                                         .paper = "Clevert, Unterthiner, Hochreiter 2016"};
  static auto parameters() { return std::array{FunctionParameter<ELU>{"alpha", &ELU::alpha}}; }
  static std::array<Scalar, 1> kinks() { return {0}; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::expm1;
    return select(x > T(0), x, T(alpha) * expm1(x));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    using std::exp;
    return select(x > T(0), T(1), T(alpha) * exp(x));
  }
  Scalar alpha = 1;
};

/// y = scale x for x > 0, else scale alpha (eˣ - 1); y' = scale or scale alpha eˣ. With these two numbers, and weights
/// of variance 1 / inputs, layers pass on mean 0 and variance 1.
struct SELU {
  static std::string name() { return "selu"; }
  static constexpr ActivationFacts facts{.value = "1.0507 x for x > 0, else 1.7581 (exp(x) - 1)",
                                         .derivative = "1.0507 for x > 0, else 1.7581 exp(x)",
                                         .range = {-1.7580993408473766, infinity, false, false},
                                         .zero_centred = false,
                                         .monotone = true,
                                         .lipschitz = 1.7580993408473766,
                                         .initializer = "lecun-normal",
                                         .paper = "Klambauer, Unterthiner, Mayr, Hochreiter 2017"};
  static std::array<Scalar, 1> kinks() { return {0}; }
  static constexpr double scale = 1.0507009873554805, alpha = 1.6732632423543772;
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::expm1;
    return select(x > T(0), T(Scalar(scale)) * x, T(Scalar(scale * alpha)) * expm1(x));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    using std::exp;
    return select(x > T(0), T(Scalar(scale)), T(Scalar(scale * alpha)) * exp(x));
  }
};

/// y = x for x > 0, else alpha (e^(x / alpha) - 1); y' = 1 or e^(x / alpha): ELU whose slope never jumps.
struct CELU {
  static std::string name() { return "celu"; }
  static constexpr ActivationFacts facts{.value = "x for x > 0, else alpha (exp(x / alpha) - 1)",
                                         .derivative = "1 for x > 0, else exp(x / alpha)",
                                         .range = {-1, infinity, false, false},
                                         .zero_centred = false,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "he-normal",
                                         .paper = "Barron 2017"};
  static auto parameters() { return std::array{FunctionParameter<CELU>{"alpha", &CELU::alpha}}; }
  const char* mistake() const { return alpha > 0 ? nullptr : "its alpha must be above 0"; }
  static std::array<Scalar, 1> kinks() { return {0}; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::expm1;
    return select(x > T(0), x, T(alpha) * expm1(x / T(alpha)));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    using std::exp;
    return select(x > T(0), T(1), exp(x / T(alpha)));
  }
  Scalar alpha = 1;
};

TINYMLP_END
