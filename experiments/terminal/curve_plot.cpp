// Takes the numbers of an activation.
#include "terminal/curve_plot.h"

#include "figures/gnuplot.h"
#include "terminal/line_plot.h"

namespace tinymlp::program {

std::string curve_plot(const ActivationCurve& curve, const std::vector<Scalar>& x, const Medium& medium) {
  const std::vector<double> places(x.begin(), x.end());
  const auto line = [&](const char* name, char mark, std::size_t colour, const std::vector<Scalar>& numbers) {
    return PlotCurve{name, {mark, colour_of(class_colour(colour))}, places, {numbers.begin(), numbers.end()}};
  };
  LinePlot plot{.y_name = curve.name, .x_name = "x", .curves = {}, .with_zero = true};
  plot.curves = {line("value", '*', 0, curve.value), line("derivative", 'o', 1, curve.derivative)};
  return line_plot(plot, medium);
}

}  // namespace tinymlp::program
