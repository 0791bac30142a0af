// The layer y = f(x), element by element, for any struct f with a value and a derivative:
//   struct Swish {
//     static std::string name() { return "mine.swish"; }
//     template <class T> TINYMLP_HD T value(T x) const { using std::exp; return x / (T(1) + exp(-x)); }
//     template <class T> TINYMLP_HD T derivative(T x, T y) const {
//       using std::exp; return y + (T(1) - y) / (T(1) + exp(-x)); }
//   };
// Activation<Swish>() is its layer. derivative() receives x and y = value(x), whichever is the cheaper to compute from.
// The built-in ones are in activations.h.
#pragma once
#include <concepts>

#include "tinymlp/layer.h"
#include "tinymlp/map.h"

TINYMLP_BEGIN

template <class F>
concept ActivationFunction = std::is_trivially_copyable_v<F> && requires(const F& f, Scalar x) {
  { F::name() } -> std::convertible_to<std::string>;
  { f.value(x) } -> std::same_as<Scalar>;
  { f.derivative(x, x) } -> std::same_as<Scalar>;
};

template <class F>
struct ActivationForward {  // y = f(x)
  static std::string name() { return F::name() + ".forward"; }
  template <class T>
  TINYMLP_HD T operator()(T x) const {
    return f.value(x);
  }
  F f;
};

template <class F>
struct ActivationBackward {  // dx = dy f'(x)
  static std::string name() { return F::name() + ".backward"; }
  template <class T>
  TINYMLP_HD T operator()(T x, T y, T dy) const {
    return dy * f.derivative(x, y);
  }
  F f;
};

/// A number that a function depends on, as the slope of leaky ReLU: listed in the struct's `parameters`.
template <class F>
struct FunctionParameter {
  const char* name;
  Scalar F::* member;
};

/// "leaky-relu(0.1)": the name, with the numbers where the struct lists any.
std::string describe_function(std::string name, const std::vector<Scalar>& parameters);
template <class F>
std::string describe_function(const F& f) {
  if constexpr (requires { F::parameters(); }) {
    std::vector<Scalar> numbers;
    for (const auto& parameter : F::parameters()) numbers.push_back(f.*parameter.member);
    return describe_function(F::name(), numbers);
  } else {
    return F::name();
  }
}

template <ActivationFunction F>
class Activation final : public Layer {
 public:
  explicit Activation(F f = {}) : f_(f) {}

  std::string describe() const override { return describe_function(f_); }
  Index outputs(Index inputs) const override { return inputs; }

 private:
  void forward_impl(const Context& context, ConstMatrixView x, MatrixView y) const override {
    map(context.device, ActivationForward<F>{f_}, {y.data}, {x.data}, x.size());
  }
  void backward_impl(const Context& context, ConstMatrixView x, ConstMatrixView y, ConstMatrixView dy,
                     MatrixView dx) const override {
    if (dx.data) map(context.device, ActivationBackward<F>{f_}, {dx.data}, {x.data, y.data, dy.data}, x.size());
  }

  F f_;
};

TINYMLP_END
