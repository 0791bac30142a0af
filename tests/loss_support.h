// What the tests of the losses share.
#pragma once
#include <string>

#include "support.h"
#include "tinymlp/losses.h"

TINYMLP_BEGIN

/// Targets that suit all losses: one class a row, or 0 and 1 in turn.
inline Matrix targets(Index rows, Index cols) {
  Matrix t(rows, cols);
  for (Index i = 0; i < rows; ++i)
    if (cols > 1 || i % 2 == 0) t.at(i, (i * 7 + 1) % cols) = 1;
  return t;
}

struct LossResult {
  Scalar value;
  Matrix gradient;
};
/// The loss of that name and its gradient, on the CPU.
inline LossResult evaluate(const std::string& name, const Matrix& p, const Matrix& t, int threads = 1) {
  const auto device = make_cpu_device(threads);
  LossResult result{Scalar(-1), Matrix(p.rows, p.cols)};
  make_loss(name)->evaluate(*device, p, t, &result.value, result.gradient.view());
  return result;
}

TINYMLP_END
