// The built-in activations, each written once for a number, a SIMD register and a CUDA thread.
#pragma once
#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tinymlp/activation.h"

TINYMLP_BEGIN

/// condition ? a : b, which SIMD registers bring along under the same name.
TINYMLP_HD inline Scalar select(bool condition, Scalar a, Scalar b) { return condition ? a : b; }

/// y = x, y' = 1. Range: all numbers. With it, a stack of layers is one layer.
struct Identity {
  static std::string name() { return "identity"; }
  static const char* advised_initializer() { return "xavier-normal"; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return x;
  }
  template <class T>
  TINYMLP_HD T derivative(T, T) const {
    return T(1);
  }
};

/// y = max(0, x), y' = 1 for x > 0, else 0. Range: [0, ∞). Nair and Hinton 2010. NaN stays NaN.
struct ReLU {
  static std::string name() { return "relu"; }
  static const char* advised_initializer() { return "he-normal"; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return select(x < T(0), T(0), x);
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    return select(x > T(0), T(1), T(0));
  }
};

/// y = x for x > 0, else slope x; y' = 1 or slope. Range: all numbers. Maas, Hannun, Ng 2013.
struct LeakyReLU {
  static std::string name() { return "leaky-relu"; }
  static const char* advised_initializer() { return "he-normal"; }
  static auto parameters() { return std::array{FunctionParameter<LeakyReLU>{"slope", &LeakyReLU::slope}}; }
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

/// y = 1 / (1 + e⁻ˣ), y' = y (1 - y). Range: (0, 1).
struct Sigmoid {
  static std::string name() { return "sigmoid"; }
  static const char* advised_initializer() { return "xavier-normal"; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::exp;
    return T(1) / (T(1) + exp(-x));
  }
  template <class T>
  TINYMLP_HD T derivative(T, T y) const {
    return y * (T(1) - y);
  }
};

/// y = (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ), y' = 1 - y². Range: (-1, 1).
struct Tanh {
  static std::string name() { return "tanh"; }
  static const char* advised_initializer() { return "xavier-normal"; }
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

/// y = x Φ(x), y' = Φ(x) + x φ(x), with Φ the normal distribution and φ its density, exactly, by erf. Range:
/// [-0.16997, ∞). Hendrycks and Gimpel 2016.
struct GELU {
  static std::string name() { return "gelu"; }
  static const char* advised_initializer() { return "he-normal"; }
  template <class T>
  TINYMLP_HD static T normal_distribution(T x) {
    using std::erf;
    return T(0.5) * (T(1) + erf(x * T(Scalar(0.70710678118654752))));
  }
  template <class T>
  TINYMLP_HD static T normal_density(T x) {
    using std::exp;
    return T(Scalar(0.39894228040143268)) * exp(T(-0.5) * x * x);
  }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return x * normal_distribution(x);
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    return normal_distribution(x) + x * normal_density(x);
  }
};

/// y = x σ(x), y' = σ(x) (1 + x (1 - σ(x))), with σ the sigmoid. Range: [-0.27846, ∞). Also called swish. Elfwing,
/// Uchibe, Doya 2018; Ramachandran, Zoph, Le 2017.
struct SiLU {
  static std::string name() { return "silu"; }
  static const char* advised_initializer() { return "he-normal"; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    return x * Sigmoid{}.value(x);
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    const T s = Sigmoid{}.value(x);
    return s * (T(1) + x * (T(1) - s));
  }
};

/// y = log(1 + eˣ) = max(x, 0) + log(1 + e^-|x|), which cannot overflow; y' = σ(x). Range: (0, ∞). Dugas et al. 2001.
struct Softplus {
  static std::string name() { return "softplus"; }
  static const char* advised_initializer() { return "he-normal"; }
  template <class T>
  TINYMLP_HD T value(T x) const {
    using std::abs, std::exp, std::log1p;
    return select(x < T(0), T(0), x) + log1p(exp(-abs(x)));
  }
  template <class T>
  TINYMLP_HD T derivative(T x, T) const {
    return Sigmoid{}.value(x);
  }
};

/// Calls visit.operator()<F>() for each built-in activation F: the one list of them.
template <class Visit>
void for_each_activation(Visit visit) {
  visit.template operator()<Identity>();
  visit.template operator()<ReLU>();
  visit.template operator()<LeakyReLU>();
  visit.template operator()<Sigmoid>();
  visit.template operator()<Tanh>();
  visit.template operator()<GELU>();
  visit.template operator()<SiLU>();
  visit.template operator()<Softplus>();
}

/// The layer that `text` names: "relu", "leaky-relu(0.1)", "leaky-relu(slope=0.1)". Throws InputError for an unknown
/// name or parameter.
std::unique_ptr<Layer> make_activation(std::string_view text);
std::vector<std::string> activation_names();

/// The initializer that keeps the size of signals about the same through layers with this activation: He's for those
/// that cut off one side, Glorot's ("Xavier") for the others and for what is no activation.
std::string advised_initializer(std::string_view activation);

TINYMLP_END
