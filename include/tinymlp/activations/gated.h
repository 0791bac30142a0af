// Activations that multiply x by a gate that opens from 0 to 1: on the left they come back to 0, so that they fall
// before they rise. Products with a closed gate are damped(): 0 at minus infinity, too. σ is the sigmoid.
#pragma once
#include "tinymlp/activations/arithmetic.h"

TINYMLP_BEGIN

/// y = x Φ(x), y' = Φ(x) + x φ(x), with Φ the normal distribution and φ its density, exactly, by erf.
struct GELU {
  static std::string name() { return "gelu"; }
  static constexpr ActivationFacts facts{.value = "x Φ(x), Φ(x) = (1 + erf(x / √2)) / 2",
                                         .derivative = "Φ(x) + x φ(x), φ(x) = exp(-x² / 2) / √(2π)",
                                         .range = {-0.16997120747990355, infinity, true, false},
                                         .zero_centred = false,
                                         .monotone = false,
                                         .lipschitz = 1.1289041451852,
                                         .initializer = "he-normal",
                                         .paper = "Hendrycks and Gimpel 2016"};
  template <class T>
  TINYMLP_HD static T normal_distribution(T x) {
    using std::erf;
    const T x_in_reach = clamp(x, T(-12), T(12));  // beyond, Φ is 0 or 1 to the last digit, and SIMD erf overflows
    return T(0.5) * (T(1) + erf(x_in_reach * T(Scalar(0.70710678118654752))));
  }
  template <class T>
  TINYMLP_HD static T normal_density(T x) {
    using std::exp;
    return T(Scalar(0.39894228040143268)) * exp(T(-0.5) * x * x);
  }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return damped(x, normal_distribution(x));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    return normal_distribution(x) + damped(x, normal_density(x));
  }
};

/// GELU with Φ(x) ≈ σ(2u) = (1 + tanh(u)) / 2, u = √(2/π) (x + 0.044715 x³); y' = σ(2u) + 2 x u' σ(2u) (1 - σ(2u)). By
/// the sigmoid, since 1 + tanh(u) would cancel on the left.
struct GELUTanh {
  static std::string name() { return "gelu-tanh"; }
  static constexpr ActivationFacts facts{
      .value = "x (1 + tanh(u)) / 2, u = √(2/π) (x + 0.044715 x³)",
      .derivative = "(1 + tanh(u)) / 2 + x (1 - tanh(u)²) u' / 2, u' = √(2/π) (1 + 0.134145 x²)",
      .range = {-0.17004075057125273, infinity, true, false},
      .zero_centred = false,
      .monotone = false,
      .lipschitz = 1.1289930686588,
      .initializer = "he-normal",
      .paper = "Hendrycks and Gimpel 2016"};
  static constexpr double twice_root = 1.5957691216057308, cubic = 0.044715;  // 2 √(2/π)
  template <class T>
  TINYMLP_HD static T gate(T x) {  // σ(2u)
    return logistic(T(Scalar(twice_root)) * x * (T(1) + T(Scalar(cubic)) * x * x));
  }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return damped(x, gate(x));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    const T g = gate(x), twice_slope = T(Scalar(twice_root)) * (T(1) + T(Scalar(3 * cubic)) * x * x);  // 2 u'
    return g + damped(x * twice_slope, g * (T(1) - g));
  }
};

/// y = x σ(x), y' = σ(x) (1 + x (1 - σ(x))).
struct SiLU {
  static std::string name() { return "silu"; }
  static constexpr ActivationFacts facts{.value = "x σ(x)",
                                         .derivative = "σ(x) (1 + x (1 - σ(x)))",
                                         .range = {-0.2784645427610738, infinity, true, false},
                                         .zero_centred = false,
                                         .monotone = false,
                                         .lipschitz = 1.0998393201288,
                                         .initializer = "he-normal",
                                         .paper = "Elfwing, Uchibe, Doya 2018"};
  template <class T>
  TINYMLP_HD T value(T x) const {
    return damped(x, logistic(x));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    const T s = logistic(x);
    return s + damped(x, s * (T(1) - s));
  }
};

/// y = x σ(beta x), y' = σ(beta x) (1 + beta x (1 - σ(beta x))): between x / 2 for beta = 0 and ReLU for a large one.
struct ScaledSiLU {
  static std::string name() { return "swish"; }
  static constexpr ActivationFacts facts{.value = "x σ(beta x)",
                                         .derivative = "σ(beta x) (1 + beta x (1 - σ(beta x)))",
                                         .range = {-0.2784645427610738, infinity, true, false},
                                         .zero_centred = false,
                                         .monotone = false,
                                         .lipschitz = 1.0998393201288,
                                         .initializer = "he-normal",
                                         .paper = "Ramachandran, Zoph, Le 2017"};
  static auto parameters() { return std::array{FunctionParameter<ScaledSiLU>{"beta", &ScaledSiLU::beta}}; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return damped(x, logistic(T(beta) * x));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    const T s = logistic(T(beta) * x);
    return s + damped(T(beta) * x, s * (T(1) - s));
  }
  Scalar beta = 1;
};

/// y = x tanh(softplus(x)) = x n / (n + 2) with e = eˣ, n = e (e + 2); y' = n / (n + 2) + 4 x e (1 + e) / (n + 2)²:
/// nothing cancels. Beyond x = 40 the gate is 1 to the last digit, and larger powers of e could not be held.
struct Mish {
  static std::string name() { return "mish"; }
  static constexpr ActivationFacts facts{.value = "x tanh(log(1 + exp(x)))",
                                         .derivative = "t + x σ(x) (1 - t²), t = tanh(log(1 + exp(x)))",
                                         .range = {-0.3088434130172443, infinity, true, false},
                                         .zero_centred = false,
                                         .monotone = false,
                                         .lipschitz = 1.0884981612517,
                                         .initializer = "he-normal",
                                         .paper = "Misra 2019"};
  template <class T>
  TINYMLP_HD static T bounded_exp(T x) {
    using std::exp;
    return exp(select(x > T(40), T(40), x));
  }
  template <class T>
  TINYMLP_HD T value(T x) const {
    const T e = bounded_exp(x), n = e * (e + T(2));
    return damped(x, n / (n + T(2)));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    const T e = bounded_exp(x), n = e * (e + T(2)), q = T(2) / (n + T(2));
    const T rise = select(x > T(40), T(0), (T(1) + e) * q * (e * q));
    return n / (n + T(2)) + damped(x, rise);
  }
};

/// y = x min(max(0, x + 3), 6) / 6, y' = 0, (2x + 3) / 6, or 1: SiLU of a hard sigmoid.
struct HardSwish {
  static std::string name() { return "hard-swish"; }
  static constexpr ActivationFacts facts{.value = "x min(max(0, x + 3), 6) / 6",
                                         .derivative = "0 for x < -3, 1 for x > 3, else (2 x + 3) / 6",
                                         .range = {-0.375, infinity, true, false},
                                         .zero_centred = false,
                                         .monotone = false,
                                         .lipschitz = 1.5,
                                         .initializer = "he-normal",
                                         .paper = "Howard et al. 2019"};
  static std::array<Scalar, 2> kinks() { return {-3, 3}; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return select(x < T(-3), T(0), select(x > T(3), x, x * (x + T(3)) / T(6)));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    return select(x < T(-3), T(0), select(x > T(3), T(1), (x + x + T(3)) / T(6)));
  }
};

TINYMLP_END
