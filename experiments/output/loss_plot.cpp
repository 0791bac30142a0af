// Draws losses as characters.
#include "output/loss_plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <ranges>

#include "output/text_format.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t rows = 15, label_width = 9;  // of the picture, and of the numbers left of it
constexpr std::size_t narrowest = 20, widest = 100;
constexpr double wide_range = 30;  // between losses that only a logarithmic axis shows all

struct Curve {
  const char* name;
  char mark;
  std::vector<double> losses;  // one an epoch
};

std::vector<Curve> curves_of(const std::vector<EpochRecord>& epochs) {
  Curve training{"train", '*', {}}, validation{"validation", '+', {}}, test{"test", 'o', {}};
  for (const EpochRecord& record : epochs) {
    training.losses.push_back(record.training.loss);
    if (record.validation) validation.losses.push_back(record.validation->loss);
    if (record.test) test.losses.push_back(record.test->loss);
  }
  std::vector<Curve> curves;
  for (Curve* curve : {&test, &validation, &training})  // what is drawn later lies above
    if (curve->losses.size() == epochs.size()) curves.push_back(std::move(*curve));
  return curves;
}

/// The vertical axis.
class Axis {
 public:
  explicit Axis(const std::vector<Curve>& curves) {
    for (const Curve& curve : curves)
      for (const double loss : curve.losses) {
        if (!std::isfinite(loss)) continue;
        lowest_ = std::min(lowest_, loss);
        highest_ = std::max(highest_, loss);
      }
  }
  bool logarithmic() const { return lowest_ > 0 && highest_ > wide_range * lowest_; }
  /// The row of a loss, 0 at the top.
  std::size_t row_of(double loss) const {
    const double low = scaled(lowest_), high = scaled(highest_);
    const double share = high > low ? (high - scaled(loss)) / (high - low) : 0.5;
    return static_cast<std::size_t>(std::lround(share * (rows - 1)));
  }
  double loss_at(std::size_t row) const {
    const double low = scaled(lowest_), high = scaled(highest_);
    const double value = high - (high - low) * static_cast<double>(row) / (rows - 1);
    return logarithmic() ? std::exp(value) : value;
  }

 private:
  double scaled(double loss) const { return logarithmic() ? std::log(loss) : loss; }
  double lowest_ = std::numeric_limits<double>::infinity(), highest_ = -lowest_;
};

/// Marks every column with the loss of the epoch that it stands for.
void draw(std::vector<std::string>& picture, const Curve& curve, const Axis& axis) {
  const std::size_t columns = picture[0].size(), last = curve.losses.size() - 1;
  for (std::size_t column = 0; column < columns; ++column) {
    const double loss = curve.losses[columns > 1 ? column * last / (columns - 1) : last];
    if (std::isfinite(loss)) picture[axis.row_of(loss)][column] = curve.mark;
  }
}

std::string right(const std::string& text, std::size_t width) {
  return std::string(text.size() < width ? width - text.size() : 0, ' ') + text;
}

}  // namespace

std::string loss_plot(const std::vector<EpochRecord>& epochs, std::size_t width) {
  if (epochs.empty()) return "";
  const std::vector<Curve> curves = curves_of(epochs);
  const Axis axis(curves);
  const std::size_t columns = std::clamp(width, narrowest + label_width + 2, widest) - label_width - 2;
  std::vector<std::string> picture(rows, std::string(columns, ' '));
  for (const Curve& curve : curves) draw(picture, curve, axis);
  std::string text = right("loss", label_width);
  for (const Curve& curve : std::views::reverse(curves)) text += "  " + std::string(1, curve.mark) + " " + curve.name;
  if (axis.logarithmic()) text += "  (logarithmic)";
  text += "\n";
  for (std::size_t row = 0; row < rows; ++row) {
    const bool labelled = row % ((rows - 1) / 2) == 0;
    picture[row].erase(picture[row].find_last_not_of(' ') + 1);
    text += right(labelled ? six_digits(axis.loss_at(row)) : "", label_width) + " |" + picture[row] + "\n";
  }
  const std::string first = std::to_string(epochs.front().training.epoch),
                    last = std::to_string(epochs.back().training.epoch);
  text += std::string(label_width, ' ') + " +" + std::string(columns, '-') + "\n";
  return text + right("epoch", label_width) + "  " + first +
         right(last, columns > first.size() ? columns - first.size() : 0) + "\n";
}

void show_loss_plot(const Verbosity& verbosity, const std::vector<EpochRecord>& epochs) {
  const std::string plot = loss_plot(epochs, terminal_width());
  if (verbosity.json)
    std::fputs(plot.c_str(), stderr);
  else
    print(plot);
}

}  // namespace tinymlp::program
