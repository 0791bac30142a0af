// Draws curves on a canvas.
#include "terminal/line_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <ranges>

#include "output/text_format.h"
#include "terminal/frame.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t rows = 15, narrowest = 20,
                      widest = 100;  // of the canvas, in characters; odd rows: one is in the middle
constexpr Colour grey{136, 136, 136};

/// What numbers an axis shows, and where.
class Axis {
 public:
  explicit Axis(bool logarithmic) : logarithmic_(logarithmic) {}
  void include(double number) {
    if (!std::isfinite(number)) return;
    low_ = std::min(low_, number);
    high_ = std::max(high_, number);
  }
  bool is_empty() const { return low_ > high_; }
  bool holds(double number) const { return number >= low_ && number <= high_; }
  double low() const { return low_; }
  double high() const { return high_; }
  /// 0 at the low end, 1 at the high end; a single number in the middle.
  double share(double number) const {
    const double low = scaled(low_), high = scaled(high_);
    return high > low ? std::clamp((scaled(number) - low) / (high - low), 0.0, 1.0) : 0.5;
  }
  double at(double share) const {
    const double value = scaled(low_) + (scaled(high_) - scaled(low_)) * share;
    return logarithmic_ ? std::exp(value) : value;
  }

 private:
  double scaled(double number) const { return logarithmic_ ? std::log(number) : number; }
  bool logarithmic_;
  double low_ = std::numeric_limits<double>::infinity(), high_ = -low_;
};

std::size_t place(double share, std::size_t count) {
  return static_cast<std::size_t>(std::lround(share * static_cast<double>(count - 1)));
}

class Drawing {
 public:
  Drawing(Canvas& canvas, const Axis& x, const Axis& y) : canvas_(canvas), x_(x), y_(y) {}

  void zeros() {
    const std::size_t every = canvas_.colours() == Colours::none ? 1 : 2;  // dots are thicker than characters
    if (y_.holds(0))
      for (std::size_t x = 0; x < canvas_.width(); x += every) canvas_.set(x, down(0), {'-', grey});
    if (!x_.holds(0)) return;
    for (std::size_t y = 0; y < canvas_.height(); y += every) canvas_.set(right(0), y, {'|', grey});
    if (y_.holds(0)) canvas_.set(right(0), down(0), {'+', grey});
  }
  void curve(const PlotCurve& curve) {
    for (std::size_t i = 0; i < curve.y.size(); ++i) {
      if (!std::isfinite(curve.y[i])) continue;
      const std::size_t from = i > 0 && std::isfinite(curve.y[i - 1]) ? i - 1 : i;
      canvas_.line(right(curve.x[from]), down(curve.y[from]), right(curve.x[i]), down(curve.y[i]), curve.dot);
    }
  }
  /// The row of characters that shows this number.
  std::size_t row_of(double y) const { return down(y) * canvas_.rows() / canvas_.height(); }

 private:
  std::size_t right(double x) const { return place(x_.share(x), canvas_.width()); }
  std::size_t down(double y) const { return place(1 - y_.share(y), canvas_.height()); }
  Canvas& canvas_;
  const Axis &x_, &y_;
};

/// The numbers left of the canvas: at its ends, in the middle or at 0.
std::vector<std::string> left_texts(const Axis& y, const Drawing& drawing, bool with_zero) {
  std::vector<std::string> texts(rows);
  texts.front() = six_digits(y.high());
  texts.back() = six_digits(y.low());
  if (with_zero)
    texts[drawing.row_of(0)] = "0";
  else
    texts[rows / 2] = six_digits(y.at(0.5));
  return texts;
}

}  // namespace

std::string line_plot(const LinePlot& plot, const Medium& medium) {
  Axis x(false), y(plot.logarithmic);
  if (plot.with_zero) y.include(0);
  for (const PlotCurve& curve : plot.curves)
    for (std::size_t i = 0; i < curve.x.size(); ++i)
      if (std::isfinite(curve.y[i])) {
        x.include(curve.x[i]);
        y.include(curve.y[i]);
      }
  if (x.is_empty()) return "";
  Canvas canvas(std::clamp(medium.columns, narrowest + frame_width, widest) - frame_width, rows, medium.colours);
  Drawing drawing(canvas, x, y);
  if (plot.with_zero) drawing.zeros();
  for (const PlotCurve& curve : std::views::reverse(plot.curves)) drawing.curve(curve);
  std::string text = label(plot.y_name);
  for (const PlotCurve& curve : plot.curves) text += " " + sample(curve.dot, medium.colours) + " " + curve.name + " ";
  if (plot.logarithmic) text += " (logarithmic)";
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n" +
         framed(canvas,
                {left_texts(y, drawing, plot.with_zero), plot.x_name, six_digits(x.low()), six_digits(x.high())});
}

}  // namespace tinymlp::program
