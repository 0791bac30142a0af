// Activations made of straight pieces: the identity, those that cut off or flatten one side, those with a bound on both
// sides, and those that cut out the middle.
#pragma once
#include "tinymlp/activations/arithmetic.h"

TINYMLP_BEGIN

/// With it, a stack of layers is one layer.
struct Identity {
  static std::string name() { return "identity"; }
  static constexpr ActivationFacts facts{.value = "x",
                                         .derivative = "1",
                                         .range = all_numbers,
                                         .zero_centred = true,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "xavier-normal",
                                         .paper = "none: no activation"};
  template <class T>
  TINYMLP_HD T value(T x) const {
    return x;
  }
  template <class T>
  TINYMLP_HD T derivative(T, T) const {
    return T(1);
  }
};

/// y = max(0, x), y' = 1 for x > 0, else 0: the slope at the kink is 0, as everywhere else in the field.
struct ReLU {
  static std::string name() { return "relu"; }
  static constexpr ActivationFacts facts{.value = "max(0, x)",
                                         .derivative = "1 for x > 0, else 0",
                                         .range = {0, infinity, true, false},
                                         .zero_centred = false,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "he-normal",
                                         .paper = "Nair and Hinton 2010"};
  static std::array<Scalar, 1> kinks() { return {0}; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return select(x < T(0), T(0), x);
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    return select(x > T(0), T(1), T(0));
  }
};

/// y = x for x > 0, else slope x; y' = 1 or slope: a unit that is off still learns.
struct LeakyReLU {
  static std::string name() { return "leaky-relu"; }
  static constexpr ActivationFacts facts{.value = "x for x > 0, else slope x",
                                         .derivative = "1 for x > 0, else slope",
                                         .range = all_numbers,
                                         .zero_centred = false,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "he-normal",
                                         .paper = "Maas, Hannun, Ng 2013"};
  static auto parameters() { return std::array{FunctionParameter<LeakyReLU>{"slope", &LeakyReLU::slope}}; }
  static std::array<Scalar, 1> kinks() { return {0}; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return select(x > T(0), x, T(slope) * x);
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    return select(x > T(0), T(1), T(slope));
  }
  Scalar slope = Scalar(0.01);
};

/// y = min(max(0, x), 6), y' = 1 for 0 < x < 6, else 0: bounded, for numbers of few bits.
struct ReLU6 {
  static std::string name() { return "relu6"; }
  static constexpr ActivationFacts facts{.value = "min(max(0, x), 6)",
                                         .derivative = "1 for 0 < x < 6, else 0",
                                         .range = {0, 6, true, true},
                                         .zero_centred = false,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "he-normal",
                                         .paper = "Krizhevsky 2010"};
  static std::array<Scalar, 2> kinks() { return {0, 6}; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return clamp(x, T(0), T(6));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    return select(x > T(0), select(x < T(6), T(1), T(0)), T(0));
  }
};

/// y = min(max(min, x), max), y' = 1 for min < x < max, else 0: tanh of straight pieces.
struct HardTanh {
  static std::string name() { return "hard-tanh"; }
  static constexpr ActivationFacts facts{.value = "min(max(min, x), max)",
                                         .derivative = "1 for min < x < max, else 0",
                                         .range = {-1, 1, true, true},
                                         .zero_centred = true,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "xavier-normal",
                                         .paper = "Collobert 2004"};
  static auto parameters() {
    return std::array{FunctionParameter<HardTanh>{"min", &HardTanh::low},
                      FunctionParameter<HardTanh>{"max", &HardTanh::high}};
  }
  const char* mistake() const { return low < high ? nullptr : "its min must be below its max"; }
  std::array<Scalar, 2> kinks() const { return {low, high}; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return clamp(x, T(low), T(high));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    return select(x > T(low), select(x < T(high), T(1), T(0)), T(0));
  }
  Scalar low = -1, high = 1;
};

/// y = min(max(0, (x + 3) / 6), 1), y' = 1/6 for -3 < x < 3, else 0: the sigmoid of straight pieces.
struct HardSigmoid {
  static std::string name() { return "hard-sigmoid"; }
  static constexpr ActivationFacts facts{.value = "min(max(0, (x + 3) / 6), 1)",
                                         .derivative = "1/6 for -3 < x < 3, else 0",
                                         .range = {0, 1, true, true},
                                         .zero_centred = false,
                                         .monotone = true,
                                         .lipschitz = 1.0 / 6,
                                         .initializer = "xavier-normal",
                                         .paper = "Howard et al. 2019"};
  static std::array<Scalar, 2> kinks() { return {-3, 3}; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return clamp(x + T(3), T(0), T(6)) / T(6);
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    return select(x > T(-3), select(x < T(3), T(1) / T(6), T(0)), T(0));
  }
};

/// y = x without its part between -lambda and lambda; y' = 0 there, else 1: sets small signals to 0, moves the others
/// towards it.
struct Softshrink {
  static std::string name() { return "softshrink"; }
  static constexpr ActivationFacts facts{.value = "x - lambda for x > lambda, x + lambda for x < -lambda, else 0",
                                         .derivative = "1 for |x| > lambda, else 0",
                                         .range = all_numbers,
                                         .zero_centred = true,
                                         .monotone = true,
                                         .lipschitz = 1,
                                         .initializer = "he-normal",
                                         .paper = "Donoho 1995"};
  static auto parameters() { return std::array{FunctionParameter<Softshrink>{"lambda", &Softshrink::lambda}}; }
  const char* mistake() const { return lambda >= 0 ? nullptr : "its lambda must be at least 0"; }
  std::array<Scalar, 2> kinks() const { return {-lambda, lambda}; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return x - clamp(x, T(-lambda), T(lambda));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    using std::abs;
    return select(abs(x) > T(lambda), T(1), T(0));
  }
  Scalar lambda = Scalar(0.5);
};

/// y = x for |x| > lambda, else 0; y' = 1 or 0: sets small signals to 0. It jumps at ±lambda, of which its derivative
/// knows nothing.
struct Hardshrink {
  static std::string name() { return "hardshrink"; }
  static constexpr ActivationFacts facts{.value = "x for |x| > lambda, else 0",
                                         .derivative = "1 for |x| > lambda, else 0",
                                         .range = all_numbers,
                                         .zero_centred = true,
                                         .monotone = true,
                                         .lipschitz = infinity,
                                         .initializer = "he-normal",
                                         .paper = "Donoho and Johnstone 1994"};
  static auto parameters() { return std::array{FunctionParameter<Hardshrink>{"lambda", &Hardshrink::lambda}}; }
  const char* mistake() const { return lambda >= 0 ? nullptr : "its lambda must be at least 0"; }
  std::array<Scalar, 2> kinks() const { return {-lambda, lambda}; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::abs;
    return select(abs(x) <= T(lambda), T(0), x);
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    using std::abs;
    return select(abs(x) > T(lambda), T(1), T(0));
  }
  Scalar lambda = Scalar(0.5);
};

TINYMLP_END
