// Draws curves on a canvas of characters.
#include "output/curve_plot.h"

#include <algorithm>
#include <cmath>

#include "output/text_format.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t label_width = 10, height = 15;

/// What of a curve can be drawn.
struct Bounds {
  double low = 0, high = 0;  // 0 is always to be seen
};

Bounds bounds_of(const ActivationCurve& curve) {
  Bounds bounds;
  for (const std::vector<Scalar>* numbers : {&curve.value, &curve.derivative})
    for (const Scalar number : *numbers)
      if (std::isfinite(number)) {
        bounds.low = std::min(bounds.low, static_cast<double>(number));
        bounds.high = std::max(bounds.high, static_cast<double>(number));
      }
  if (bounds.low == bounds.high) bounds.high = bounds.low + 1;
  return bounds;
}

class Canvas {
 public:
  Canvas(std::size_t columns, Bounds y, double x_low, double x_high)
      : rows_(height, std::string(columns, ' ')), y_(y), x_low_(x_low), x_high_(x_high) {
    rows_[row(0)] = std::string(columns, '-');
    if (x_low <= 0 && x_high >= 0)
      for (std::string& line : rows_) line[column(0)] = &line == &rows_[row(0)] ? '+' : '|';
  }
  void draw(const std::vector<Scalar>& x, const std::vector<Scalar>& y, char mark) {
    for (std::size_t i = 0; i < x.size(); ++i)
      if (std::isfinite(y[i])) rows_[row(static_cast<double>(y[i]))][column(static_cast<double>(x[i]))] = mark;
  }
  std::size_t row(double y) const { return place((y_.high - y) / (y_.high - y_.low), height); }
  const std::string& line(std::size_t row) const { return rows_[row]; }

 private:
  std::size_t column(double x) const {
    return place(x_high_ > x_low_ ? (x - x_low_) / (x_high_ - x_low_) : 0, rows_[0].size());
  }
  static std::size_t place(double share, std::size_t count) {
    return static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(count - 1)));
  }
  std::vector<std::string> rows_;
  Bounds y_;
  double x_low_, x_high_;
};

/// "     -0.17 "
std::string label(const std::string& text) {
  return std::string(label_width - std::min(label_width, text.size()), ' ') + text + " ";
}

}  // namespace

std::string curve_plot(const ActivationCurve& curve, const std::vector<Scalar>& x, std::size_t width) {
  const std::size_t columns = std::max<std::size_t>(width, 40) - label_width - 1;
  const Bounds y = bounds_of(curve);
  const auto x_low = static_cast<double>(x.front()), x_high = static_cast<double>(x.back());
  Canvas canvas(columns, y, x_low, x_high);
  canvas.draw(x, curve.derivative, 'o');
  canvas.draw(x, curve.value, '*');
  std::string text = curve.name + "   * value   o derivative\n";
  for (std::size_t row = 0; row < height; ++row) {
    const bool zero = row == canvas.row(0), top = row == 0, bottom = row == height - 1;
    const std::string number = zero ? "0" : top ? six_digits(y.high) : bottom ? six_digits(y.low) : "";
    text += label(number) + canvas.line(row) + "\n";
  }
  const std::string left = six_digits(x_low), right = six_digits(x_high);
  const std::size_t gap = columns - std::min(columns, left.size() + right.size());
  return text + label("x") + left + std::string(gap, ' ') + right + "\n";
}

}  // namespace tinymlp::program
