#include "tinymlp/losses.h"

#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/names.h"

TINYMLP_BEGIN

void Loss::evaluate(Device& device, ConstMatrixView prediction, ConstMatrixView target, Scalar* value,
                    MatrixView gradient) const {
  const auto same = [&](ConstMatrixView other) {
    return other.rows == prediction.rows && other.cols == prediction.cols;
  };
  if (!same(target) || !same(gradient)) {
    const auto shape = [](ConstMatrixView v) { return shape_text({v.rows, v.cols}); };
    throw ShapeError("loss " + describe() + ": prediction is " + shape(prediction) + ", target " + shape(target) +
                     ", gradient " + shape(gradient) + "; all three must be the same");
  }
  evaluate_impl(device, prediction, target, value, gradient);
}

void SoftmaxCrossEntropy::evaluate_impl(Device& device, ConstMatrixView prediction, ConstMatrixView target,
                                        Scalar* value, MatrixView gradient) const {
  device.softmax_cross_entropy(prediction, target, value, gradient);
}

std::unique_ptr<Loss> make_loss(std::string_view name) {
  std::unique_ptr<Loss> loss;
  for_each_elementwise_loss([&]<class F>() {
    if (F::name() == name) loss = std::make_unique<ElementwiseLoss<F>>();
  });
  if (name == SoftmaxCrossEntropy{}.describe()) loss = std::make_unique<SoftmaxCrossEntropy>();
  if (!loss) throw InputError(unknown_name("loss", name, loss_names()));
  return loss;
}

std::vector<std::string> loss_names() {
  std::vector<std::string> names;
  for_each_elementwise_loss([&]<class F>() { names.push_back(F::name()); });
  names.push_back(SoftmaxCrossEntropy{}.describe());
  return names;
}

TINYMLP_END
