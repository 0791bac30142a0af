// Writes the script of health.svg.
#include "figures/health_figure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "figures/gnuplot.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t most_titles = 9;  // of a legend

/// From dark blue by green to orange, the deeper the layer; in print from dark to light.
std::string colour(std::size_t i, std::size_t count) {
  static constexpr std::array<std::array<double, 3>, 4> stops{
      {{68, 1, 84}, {49, 104, 142}, {53, 183, 121}, {230, 159, 0}}};
  const double place = count < 2 ? 0 : 3 * static_cast<double>(i) / static_cast<double>(count - 1);
  const std::size_t below = std::min<std::size_t>(2, static_cast<std::size_t>(place));
  const double share = place - static_cast<double>(below);
  std::array<char, 8> text{};
  unsigned long number = 0;
  for (std::size_t k = 0; k < 3; ++k)
    number = number << 8 |
             static_cast<unsigned long>(std::lround(stops[below][k] + share * (stops[below + 1][k] - stops[below][k])));
  std::snprintf(text.data(), text.size(), "#%06lX", number);
  return text.data();
}

struct Curve {
  std::size_t layer;
  int column;  // of health.csv
  std::string title;
};

/// Titles only for some where there are many, the first and the last among them.
std::string plot(const std::vector<Curve>& curves, std::size_t layers) {
  static constexpr std::array strokes{"1", "(9,3)", "(3,3)", "(12,3,3,3)"};
  const std::size_t every = (curves.size() + most_titles - 1) / most_titles;
  std::string text = "plot ";
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const auto& [layer, column, title] = curves[i];
    const bool named = i % every == 0 || i + 1 == curves.size();
    text += (i > 0 ? ", \\\n     " : "") + std::string("'health.csv' skip 1 every ") + std::to_string(layers) +
            "::" + std::to_string(layer) + " using 1:" + std::to_string(column) + " with lines lw 2.5 dt " +
            strokes[i % strokes.size()] + " lc rgb '" + colour(i, curves.size()) + "'" +
            (named ? " title " + gnuplot_quoted(title) + " noenhanced" : " notitle");
  }
  return text + "\n";
}

}  // namespace

std::string health_script(const std::vector<LayerHealth>& layers, const std::string& title) {
  std::vector<Curve> gradients, shares;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::string name = "layer " + std::to_string(i) + ", " + layers[i].layer;
    if (layers[i].gradient_norm) gradients.push_back({i, 9, name});
    if (layers[i].is_linear) continue;
    if (layers[i].saturated)
      shares.push_back({i, 7, name + ": saturated"});
    else if (layers[i].dead)
      shares.push_back({i, 6, name + ": dead"});
  }
  const int panels = shares.empty() ? 1 : 2;
  std::string text =
      "# Draws health.svg from health.csv, which must lie beside it: gnuplot health.gp > health.svg\n"
      "set terminal svg size 900," +
      std::to_string(60 + 330 * panels) +
      " dynamic font 'Helvetica,14' background '#FFFFFF' rounded\n"
      "set datafile separator ','\n"
      "set datafile missing ''\n"
      "set border 3 lw 1.2 lc rgb '#404040'\n"
      "set tics nomirror out scale 0.6\n"
      "set grid lw 1 lc rgb '#DDDDDD'\n"
      "set key outside right top vertical Left reverse samplen 3 spacing 1.2\n"
      "set lmargin 11\nset rmargin 34\nset xlabel 'epoch' offset 0,0.5\n"
      "set multiplot layout " +
      std::to_string(panels) + ",1 title " + gnuplot_quoted(title) + " noenhanced\n";
  text +=
      "set title 'norm of the loss''s gradient by the weights'\nset ylabel 'norm'\nset logscale y\n"
      "set format y '10^{%L}'\n" +
      plot(gradients, layers.size());
  if (!shares.empty())
    text +=
        "unset logscale y\nset format y '%g'\nset yrange [-0.03:1.03]\n"
        "set title 'saturated: share of outputs where the curve is flat; dead: share of units flat in every row'\n"
        "set ylabel 'share'\n" +
        plot(shares, layers.size());
  return text + "unset multiplot\n";
}

}  // namespace tinymlp::program
