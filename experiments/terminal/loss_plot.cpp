// Takes the losses from the epochs.
#include "terminal/loss_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "figures/gnuplot.h"
#include "terminal/line_plot.h"

namespace tinymlp::program {

namespace {

/// The curves have the colours that loss.svg gives them.
std::vector<PlotCurve> curves_of(const std::vector<EpochRecord>& epochs) {
  PlotCurve training{"train", {'*', colour_of(class_colour(0))}, {}, {}},
      validation{"validation", {'+', colour_of(class_colour(2))}, {}, {}},
      test{"test", {'o', colour_of(class_colour(1))}, {}, {}};
  const auto add = [](PlotCurve& curve, const EpochRecord& record, double loss) {
    curve.x.push_back(static_cast<double>(record.training.epoch));
    curve.y.push_back(loss);
  };
  for (const EpochRecord& record : epochs) {
    add(training, record, record.training.loss);
    if (record.validation) add(validation, record, record.validation->loss);
    if (record.test) add(test, record, record.test->loss);
  }
  std::vector<PlotCurve> curves;
  for (PlotCurve* curve : {&training, &validation, &test})
    if (curve->x.size() == epochs.size()) curves.push_back(std::move(*curve));
  return curves;
}

/// Whether the losses differ so much that only a logarithmic axis shows them all.
bool needs_logarithm(const std::vector<PlotCurve>& curves) {
  constexpr double wide_range = 30;
  double lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
  for (const PlotCurve& curve : curves)
    for (const double loss : curve.y) {
      if (!std::isfinite(loss)) continue;
      lowest = std::min(lowest, loss);
      highest = std::max(highest, loss);
    }
  return lowest > 0 && highest > wide_range * lowest;
}

}  // namespace

std::string loss_plot(const std::vector<EpochRecord>& epochs, const Medium& medium) {
  LinePlot plot{.y_name = "loss", .x_name = "epoch", .curves = curves_of(epochs)};
  plot.logarithmic = needs_logarithm(plot.curves);
  return line_plot(plot, medium);
}

}  // namespace tinymlp::program
