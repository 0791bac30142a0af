// A loss: one number that says how far predictions are from their targets, and its gradient.
#pragma once
#include <concepts>
#include <string>

#include "tinymlp/map.h"

TINYMLP_BEGIN

class Loss {
 public:
  virtual ~Loss() = default;
  virtual std::string describe() const = 0;  // "mse"

  /// Overwrites *value (on the device) and gradient = dLoss/dprediction. All three views are (batch, out), and
  /// predictions are what the last layer gives: logits for bce and cross-entropy. Throws ShapeError.
  void evaluate(Device& device, ConstMatrixView prediction, ConstMatrixView target, Scalar* value,
                MatrixView gradient) const;

 private:
  virtual void evaluate_impl(Device& device, ConstMatrixView prediction, ConstMatrixView target, Scalar* value,
                             MatrixView gradient) const = 0;
};

/// What a loss is for one prediction and its target, before the mean is taken.
template <class T>
struct LossTerm {
  T value, derivative;  // derivative: by the prediction
};

template <class F>
concept LossFunction = std::is_trivially_copyable_v<F> && requires(const F& f, Scalar x) {
  { F::name() } -> std::convertible_to<std::string>;
  { f.term(x, x) } -> std::same_as<LossTerm<Scalar>>;
};

template <class F>
struct MeanOverElements {  // the gradient, and the part of the mean, of one element
  static std::string name() { return F::name() + ".mean"; }
  template <class T>
  TINYMLP_HD Summed<T> operator()(T prediction, T target) const {
    const LossTerm<T> term = f.term(prediction, target);
    return {T(scale) * term.derivative, T(scale) * term.value};
  }
  F f;
  Scalar scale;  // 1 / (batch · out)
};

/// The mean of term(prediction, target) over all elements, for any struct F that has it:
///   struct Squared {
///     static std::string name() { return "mine.squared"; }
///     template <class T> TINYMLP_HD LossTerm<T> term(T p, T t) const { return {(p - t) * (p - t), T(2) * (p - t)}; }
///   };
template <LossFunction F>
class ElementwiseLoss final : public Loss {
 public:
  explicit ElementwiseLoss(F f = {}) : f_(f) {}
  std::string describe() const override { return F::name(); }

 private:
  void evaluate_impl(Device& device, ConstMatrixView prediction, ConstMatrixView target, Scalar* value,
                     MatrixView gradient) const override {
    map(device, MeanOverElements<F>{f_, Scalar(1) / static_cast<Scalar>(prediction.size())}, {gradient.data},
        {prediction.data, target.data}, prediction.size(), value);
  }
  F f_;
};

TINYMLP_END
