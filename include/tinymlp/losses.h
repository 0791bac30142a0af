// The built-in losses.
#pragma once
#include <cmath>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tinymlp/activations.h"
#include "tinymlp/loss.h"

TINYMLP_BEGIN

/// (p - t)², derivative 2 (p - t).
struct SquaredError {
  static std::string name() { return "mse"; }
  template <class T>
  TINYMLP_HD LossTerm<T> term(T p, T t) const {
    const T error = p - t;
    return {error * error, T(2) * error};
  }
};

/// (p - t)² / 2, derivative p - t.
struct HalfSquaredError {
  static std::string name() { return "half-mse"; }
  template <class T>
  TINYMLP_HD LossTerm<T> term(T p, T t) const {
    const T error = p - t;
    return {T(0.5) * error * error, error};
  }
};

/// -t log σ(z) - (1 - t) log(1 - σ(z)) = max(z, 0) - z t + log(1 + e^-|z|), which cannot overflow; derivative σ(z) - t.
/// z is the logit; t is 0 or 1.
struct LogisticError {
  static std::string name() { return "bce"; }
  template <class T>
  TINYMLP_HD LossTerm<T> term(T z, T t) const {
    using std::abs, std::exp, std::log1p;
    const T small = exp(-abs(z));
    return term_of(z, t, small, log1p(small));
  }
  /// The same from small = e^-|z| and log1p(small), however these were computed.
  template <class T>
  TINYMLP_HD static LossTerm<T> term_of(T z, T t, T small, T log1p_of_small) {
    const T inverse = T(1) / (T(1) + small);  // σ(|z|)
    const T sigmoid = select(z < T(0), small * inverse, inverse);
    return {select(z < T(0), T(0), z) - z * t + log1p_of_small, sigmoid - t};
  }
};

/// |p - t|, derivative sign(p - t), 0 where both are equal.
struct AbsoluteError {
  static std::string name() { return "mae"; }
  template <class T>
  TINYMLP_HD LossTerm<T> term(T p, T t) const {
    using std::abs;
    const T error = p - t;
    return {abs(error), select(error > T(0), T(1), select(error < T(0), T(-1), error))};  // NaN stays NaN
  }
};

/// e² / 2 for |e| ≤ 1, else |e| - 1/2, where e = p - t; derivative: e, cut off at ±1. Huber 1964, with δ = 1.
struct HuberError {
  static std::string name() { return "huber"; }
  template <class T>
  TINYMLP_HD LossTerm<T> term(T p, T t) const {
    using std::abs;
    const T error = p - t, size = abs(error);
    return {select(size < T(1), T(0.5) * error * error, size - T(0.5)),
            select(error > T(1), T(1), select(error < T(-1), T(-1), error))};
  }
};

/// max(0, 1 - t p), derivative -t where that is positive, else 0. t is -1 or 1: p is to have its sign, and a margin.
/// Cortes and Vapnik 1995.
struct HingeError {
  static std::string name() { return "hinge"; }
  template <class T>
  TINYMLP_HD LossTerm<T> term(T p, T t) const {
    const T missing = T(1) - t * p;
    return {select(missing <= T(0), T(0), missing),
            select(missing <= T(0), T(0), select(missing > T(0), -t, missing))};  // NaN stays NaN
  }
};

using MeanSquaredError = ElementwiseLoss<SquaredError>;
using HalfMeanSquaredError = ElementwiseLoss<HalfSquaredError>;
using MeanAbsoluteError = ElementwiseLoss<AbsoluteError>;
using Huber = ElementwiseLoss<HuberError>;
using Hinge = ElementwiseLoss<HingeError>;
using BinaryCrossEntropy = ElementwiseLoss<LogisticError>;

/// -Σ t log softmax(z), the mean over the batch; gradient (softmax(z) - t) / batch. z: logits, t: one-hot targets.
class SoftmaxCrossEntropy final : public Loss {
 public:
  std::string describe() const override { return "cross-entropy"; }

 private:
  void evaluate_impl(Device& device, ConstMatrixView prediction, ConstMatrixView target, Scalar* value,
                     MatrixView gradient) const override;
};

/// Calls visit.operator()<F>() for each built-in elementwise loss F: the one list of them.
template <class Visit>
void for_each_elementwise_loss(Visit visit) {
  visit.template operator()<SquaredError>();
  visit.template operator()<HalfSquaredError>();
  visit.template operator()<AbsoluteError>();
  visit.template operator()<HuberError>();
  visit.template operator()<HingeError>();
  visit.template operator()<LogisticError>();
}

/// "mse", "half-mse", "mae", "huber", "hinge", "bce", "cross-entropy". Throws InputError for another name.
std::unique_ptr<Loss> make_loss(std::string_view name);
std::vector<std::string> loss_names();

TINYMLP_END
