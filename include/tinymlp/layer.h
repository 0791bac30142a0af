// A layer: y = f(x; parameters) and its derivatives. The base class checks shapes; a subclass does the mathematics.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tinymlp/context.h"
#include "tinymlp/random.h"

TINYMLP_BEGIN

/// One array of numbers that a layer learns.
struct Parameter {
  std::string name;          // as PyTorch calls it: "weight", "bias"
  std::vector<Index> shape;  // as files and initializers know it: (out, in) for weights, (out) for biases
  bool is_weight = true;     // weight decay applies to weights, not to biases

  /// Where the network keeps it and its gradient, on the device: (in, out) for weights, that is the transpose of the
  /// shape, so that y = x w reads it row by row; (1, out) for biases.
  MatrixView value, gradient;

  Index size() const;
};

class Layer {
 public:
  virtual ~Layer() = default;

  /// Computes y from x.  x: (batch, in), y: (batch, out). Throws ShapeError.
  void forward(const Context& context, ConstMatrixView x, MatrixView y) const;
  /// From dy = dLoss/dy overwrites the parameters' gradients and dx = dLoss/dx. x and y are as forward() left them; dx
  /// has x's shape, or no data where it is not wanted; dy has y's shape. Throws ShapeError.
  void backward(const Context& context, ConstMatrixView x, ConstMatrixView y, ConstMatrixView dy, MatrixView dx) const;

  virtual std::string describe() const = 0;  // "Dense(2, 16)", "leaky-relu(0.1)"
  virtual Index outputs(
      Index inputs) const = 0;  // how many for so many inputs; throws ShapeError if it cannot take them
  /// Fills the host array `values`, in the order of parameters()[which].shape, with initial values. Zeros if not
  /// overridden.
  virtual void initialize(std::size_t which, std::span<double> values, Random& random) const;

  /// The network that the layer becomes part of tells it, once, what the random numbers that it draws in training, as
  /// dropout's, depend on: the network's seed and the layer's place. Nothing happens if not overridden.
  virtual void join(std::uint64_t /*seed*/, std::size_t /*place*/) {}

  const std::vector<Parameter>& parameters() const { return parameters_; }
  /// The network, which owns all parameters and gradients, tells the layer where its own are.
  void place(std::size_t which, Scalar* value, Scalar* gradient);

 protected:
  Layer() = default;
  explicit Layer(std::vector<Parameter> parameters) : parameters_(std::move(parameters)) {}
  Layer(const Layer&) = default;  // only whole layers are copied or moved
  Layer& operator=(const Layer&) = default;

  virtual void forward_impl(const Context& context, ConstMatrixView x, MatrixView y) const = 0;
  virtual void backward_impl(const Context& context, ConstMatrixView x, ConstMatrixView y, ConstMatrixView dy,
                             MatrixView dx) const = 0;

  const Parameter& parameter(std::size_t which) const { return parameters_[which]; }

 private:
  std::vector<Parameter> parameters_;
};

TINYMLP_END
