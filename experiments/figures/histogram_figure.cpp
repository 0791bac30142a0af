// Counts numbers in bins.
#include "figures/histogram_figure.h"

#include <algorithm>
#include <array>

#include "call_text.h"
#include "figures/gnuplot.h"
#include "output/text_format.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t bins = 40;
constexpr std::size_t columns = 2;  // of panels
constexpr std::size_t most_layers = 12;

struct Histogram {
  double low = 0, high = 0;
  std::array<double, bins> counts{};
  double zeros = 0;  // share of all numbers
};

Histogram histogram_of(const std::vector<Scalar>& values) {
  const auto [least, most] = std::ranges::minmax(values);
  Histogram histogram;
  histogram.low = least;
  histogram.high = most > least ? most : least + 1;
  const double width = (histogram.high - histogram.low) / bins;
  for (const Scalar value : values) {
    if (value == 0) {
      ++histogram.zeros;
      continue;
    }
    const double place = (static_cast<double>(value) - histogram.low) / width;
    ++histogram.counts[std::min(bins - 1, static_cast<std::size_t>(place))];
  }
  for (double& count : histogram.counts) count /= static_cast<double>(values.size());
  histogram.zeros /= static_cast<double>(values.size());
  return histogram;
}

/// The layers that are drawn, spread evenly over all.
std::vector<std::size_t> chosen(std::size_t layers) {
  std::vector<std::size_t> some;
  const std::size_t count = std::min(layers, most_layers);
  for (std::size_t i = 0; i < count; ++i) some.push_back(count < 2 ? i : i * (layers - 1) / (count - 1));
  return some;
}

/// The curve that a layer's lines in the file make: steps from bin to bin. `block`: so many layers are before it.
std::string curve(std::size_t block, const std::string& look, const std::string& title) {
  return "'histograms.csv' skip 1 every ::" + std::to_string(block * bins) +
         "::" + std::to_string(block * bins + bins - 1) + " using (($3 + $4) / 2):5 with " + look + " title '" + title +
         "'";
}

}  // namespace

std::string histogram_lines(const std::vector<HiddenOutputs>& layers, Index epoch) {
  std::string text;
  for (const HiddenOutputs& layer : layers) {
    const Histogram histogram = histogram_of(layer.values);
    const double width = (histogram.high - histogram.low) / bins;
    for (std::size_t i = 0; i < bins; ++i) {
      const double low = histogram.low + static_cast<double>(i) * width;
      text += std::to_string(epoch) + ",\"" + layer.name + "\"," + number_text(static_cast<float>(low)) + "," +
              number_text(static_cast<float>(low + width)) + "," +
              number_text(static_cast<float>(histogram.counts[i] / width)) + "," +
              number_text(static_cast<float>(histogram.zeros)) + "\n";
    }
  }
  return text;
}

std::string histogram_script(const std::vector<HiddenOutputs>& layers, Index last, bool has_start,
                             const std::string& title) {
  const std::vector<std::size_t> shown = chosen(layers.size());
  const std::size_t rows = (shown.size() + columns - 1) / columns, across = std::min(shown.size(), columns);
  std::string text =
      "# Draws histograms.svg from histograms.csv, which must lie beside it: gnuplot histograms.gp > histograms.svg\n"
      "set terminal svg size " +
      std::to_string(across == 1 ? 620 : 960) + "," + std::to_string(80 + 260 * rows) +
      " dynamic font 'Helvetica,14' background '#FFFFFF' rounded\n"
      "set datafile separator ','\n"
      "set border 3 lw 1.2 lc rgb '#404040'\n"
      "set tics nomirror out scale 0.6\n"
      "set grid lw 1 lc rgb '#DDDDDD'\n"
      "set style fill solid 0.35 noborder\n"
      "set yrange [0:*]\nset offsets 0, 0, graph 0.05, 0\n"
      "set xlabel 'activation' offset 0,0.5\nset ylabel 'density without zeros'\n"
      "set multiplot layout " +
      std::to_string(rows) + "," + std::to_string(across) + " title " + gnuplot_quoted(title) + " noenhanced\n";
  for (std::size_t k = 0; k < shown.size(); ++k) {
    const HiddenOutputs& layer = layers[shown[k]];
    const double zeros = histogram_of(layer.values).zeros;
    text += "set title " +
            gnuplot_quoted(layer.name + (zeros > 0 ? ", " + fixed(100 * zeros, 1) + " % exactly 0" : "")) +
            " noenhanced\n";
    text += k == 0 ? "set key top right Left reverse samplen 2 opaque\n" : "unset key\n";
    const std::size_t after = shown[k] + (has_start ? layers.size() : 0);
    text += "plot " + curve(after, "fillsteps lc rgb '#0072B2'", "epoch " + std::to_string(last));
    if (has_start) text += ", \\\n     " + curve(shown[k], "steps lw 2.5 lc rgb '#D55E00'", "before training");
    text += "\n";
  }
  return text + "unset multiplot\n";
}

}  // namespace tinymlp::program
