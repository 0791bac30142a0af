// Softmax regression by L-BFGS: the two-loop recursion (Nocedal and Wright, "Numerical Optimization", 7.2), steps by
// bisection until Wolfe's conditions hold (the same, 3.1).
#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <string>

#include "own_eigen.h"
#include "standard_features.h"
#include "tinymlp/error.h"
#include "tinymlp/linear_model.h"

namespace tinymlp {

namespace {

using Vector = Eigen::VectorXd;

/// The mean cross-entropy as a function of all weights: v holds w (inputs, outputs), then b (outputs).
class CrossEntropy {
 public:
  CrossEntropy(const RowMajor& x, std::span<const Index> classes, Index outputs)
      : x_(x), classes_(classes), outputs_(outputs), z_(x.rows(), outputs) {}

  Index size() const { return (x_.cols() + 1) * outputs_; }

  /// The loss at v, and its gradient. Says in `all_right` whether every row is in its class.
  double operator()(const Vector& v, Vector& gradient, bool& all_right) {
    const Index inputs = x_.cols();
    const Eigen::Map<const Eigen::MatrixXd> w(v.data(), inputs, outputs_);
    z_.noalias() = x_ * w;
    z_.rowwise() += v.tail(outputs_).transpose();
    double loss = 0;
    all_right = true;
    for (Index row = 0; row < z_.rows(); ++row)
      loss += outputs_ == 1 ? logistic(row, all_right) : softmax(row, all_right);
    const auto rows = static_cast<double>(z_.rows());
    gradient.resize(size());
    Eigen::Map<Eigen::MatrixXd>(gradient.data(), inputs, outputs_).noalias() = x_.transpose() * z_ / rows;
    gradient.tail(outputs_) = z_.colwise().sum().transpose() / rows;
    return loss / rows;
  }

 private:
  /// The row's loss; its logits become p - t.
  double softmax(Index row, bool& all_right) {
    const Index label = classes_[static_cast<std::size_t>(row)];
    auto z = z_.row(row);
    const double right = z[label], largest = z.maxCoeff();
    for (Index k = 0; k < outputs_; ++k) all_right = all_right && (k == label || z[k] < right);
    z = (z.array() - largest).exp();
    const double sum = z.sum();
    z /= sum;
    z[label] -= 1;
    return largest + std::log(sum) - right;
  }
  double logistic(Index row, bool& all_right) {
    const double sign = classes_[static_cast<std::size_t>(row)] == 1 ? 1 : -1, margin = sign * z_(row, 0);
    all_right = all_right && margin > 0;
    const double e = std::exp(-std::abs(margin));
    z_(row, 0) = -sign * (margin > 0 ? e : 1) / (1 + e);
    return std::max(0.0, -margin) + std::log1p(e);
  }

  const RowMajor& x_;  // (rows, inputs)
  std::span<const Index> classes_;
  Index outputs_;
  RowMajor z_;  // (rows, outputs): logits, then the loss's derivatives by them
};

/// The last steps, from which L-BFGS knows the curvature.
class Memory {
 public:
  Vector direction(const Vector& gradient) const {
    Vector q = -gradient;
    std::vector<double> alpha(pairs_.size());
    for (std::size_t i = pairs_.size(); i-- > 0;) {
      alpha[i] = pairs_[i].s.dot(q) / pairs_[i].product;
      q -= alpha[i] * pairs_[i].y;
    }
    if (!pairs_.empty()) q *= pairs_.back().product / pairs_.back().y.squaredNorm();
    for (std::size_t i = 0; i < pairs_.size(); ++i)
      q += (alpha[i] - pairs_[i].y.dot(q) / pairs_[i].product) * pairs_[i].s;
    return q;
  }
  void add(const Vector& s, const Vector& y) {
    const double product = s.dot(y);
    if (!(product > 1e-14 * s.norm() * y.norm())) return;
    pairs_.push_back({s, y, product});
    if (pairs_.size() > most_pairs) pairs_.pop_front();
  }

 private:
  static constexpr std::size_t most_pairs = 20;
  struct Pair {
    Vector s, y;     // how far the weights, and the gradient, moved
    double product;  // sᵀ y
  };
  std::deque<Pair> pairs_;
};

/// Where the search is.
struct Point {
  Vector v, gradient;
  double loss = 0;
  bool all_right = false;
};

/// Goes along `direction` to a point with a lower loss and a flatter slope; false if rounding leaves none.
bool step(CrossEntropy& loss, Point& point, const Vector& direction) {
  constexpr double enough_fall = 1e-4, flat_enough = 0.9;
  constexpr int most_trials = 60;
  const double slope = point.gradient.dot(direction);
  if (!(slope < 0)) return false;
  double low = 0, high = std::numeric_limits<double>::infinity(), length = 1;
  Point trial;
  for (int i = 0; i < most_trials; ++i) {
    trial.v = point.v + length * direction;
    trial.loss = loss(trial.v, trial.gradient, trial.all_right);
    if (!(trial.loss <= point.loss + enough_fall * length * slope))
      high = length;
    else if (trial.gradient.dot(direction) < flat_enough * slope)
      low = length;
    else
      break;
    length = std::isinf(high) ? 2 * low : (low + high) / 2;
  }
  if (!(trial.loss < point.loss || (trial.loss == point.loss && trial.gradient.norm() < point.gradient.norm())))
    return false;
  point = std::move(trial);
  return true;
}

void check_classes(std::span<const Index> classes, Index rows, Index outputs) {
  if (static_cast<Index>(classes.size()) != rows)
    throw ShapeError("there are " + std::to_string(classes.size()) + " classes for " + std::to_string(rows) + " rows");
  const Index count = outputs == 1 ? 2 : outputs;
  for (const Index label : classes)
    if (label < 0 || label >= count)
      throw InputError("a row is of class " + std::to_string(label) + ", but there are " + std::to_string(count));
}

}  // namespace

SoftmaxRegression softmax_regression(std::span<const double> x, std::span<const Index> classes, Index inputs,
                                     Index outputs, const SoftmaxOptions& options) {
  const Index rows = checked_rows(x, inputs);
  check_classes(classes, rows, outputs);
  const StandardFeatures features = standardize(x, rows, inputs);
  CrossEntropy loss(features.x, classes, outputs);
  Point point;
  point.v = Vector::Zero(loss.size());
  point.loss = loss(point.v, point.gradient, point.all_right);
  Memory memory;
  SoftmaxRegression result;
  bool moves = true;
  while (moves && !point.all_right && point.gradient.norm() > options.tolerance &&
         result.iterations < options.most_iterations) {
    const Vector v = point.v, gradient = point.gradient;
    moves = step(loss, point, memory.direction(gradient));
    if (!moves) break;
    memory.add(point.v - v, point.gradient - gradient);
    ++result.iterations;
  }
  result.loss = point.loss;
  result.gradient_norm = point.gradient.norm();
  result.converged = result.gradient_norm <= options.tolerance;
  result.separable = point.all_right;
  const Eigen::Map<const Eigen::MatrixXd> w(point.v.data(), inputs, outputs);
  result.map = unscaled(features, w, point.v.tail(outputs).transpose());
  return result;
}

}  // namespace tinymlp
