#include "tinymlp/pass.h"

#include "tinymlp/error.h"

TINYMLP_BEGIN

Pass::Pass(const Network& network, Index max_batch) : network_(network) {
  Index width = network.inputs();
  for (const auto& layer : network.layers()) {
    width = layer->outputs(width);
    for (auto* views : {&y_, &dy_}) {
      memory_.push_back(make_buffer<Scalar>(network.device(), max_batch * width));
      views->emplace_back(memory_.back().get(), max_batch, width);
    }
  }
}

ConstMatrixView Pass::forward(ConstMatrixView x, const Step* step) {
  if (x.rows > y_.front().rows)
    throw ShapeError("a batch of " + std::to_string(x.rows) + " rows is more than the " +
                     std::to_string(y_.front().rows) + " that the pass was made for");
  x_ = x;
  step_ = step;
  const Context context{network_.device(), step};
  for (std::size_t i = 0; i < y_.size(); ++i) {
    const MatrixView y = y_[i].first(x.rows);
    network_.layers()[i]->forward(context, x, y);
    x = y;
  }
  return x;
}

MatrixView Pass::output_gradient() { return dy_.back().first(x_.rows); }

void Pass::backward(MatrixView dx) {
  const Index batch = x_.rows;
  const Context context{network_.device(), step_};
  for (std::size_t i = y_.size(); i-- > 0;) {
    const ConstMatrixView x = i == 0 ? x_ : ConstMatrixView(y_[i - 1].first(batch));
    network_.layers()[i]->backward(context, x, y_[i].first(batch), dy_[i].first(batch),
                                   i == 0 ? dx : dy_[i - 1].first(batch));
  }
}

TINYMLP_END
