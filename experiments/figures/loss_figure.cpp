// Writes the script of loss.svg.
#include "figures/loss_figure.h"

#include <algorithm>
#include <cmath>

#include "figures/gnuplot.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t most_points = 1000;  // of a curve: more cannot be seen, and make a large file
constexpr std::size_t few_points = 20;     // of which each is marked

/// Whether the losses differ so much that only a logarithmic axis shows them all.
bool needs_logarithm(const std::vector<EpochRecord>& records) {
  double lowest = records[0].training.loss, highest = lowest;
  for (const auto& [training, validation, test] : records)
    for (const double loss :
         {training.loss, validation ? validation->loss : training.loss, test ? test->loss : training.loss}) {
      lowest = std::min(lowest, loss);
      highest = std::max(highest, loss);
    }
  return lowest > 0 && highest > 30 * lowest;
}

/// The columns of metrics.csv that hold one figure of the parts, as gnuplot counts them.
struct Columns {
  const char *training, *validation, *test;
};

/// One curve for each part that there is.
std::string curves(const std::vector<EpochRecord>& records, const Columns& columns) {
  const std::string every = std::to_string((records.size() + most_points - 1) / most_points);
  const bool marked = records.size() <= few_points;
  const auto curve = [&](const char* column, const char* title, const std::string& look) {
    return "'metrics.csv' skip 1 every " + every + " using 1:" + column + " with " +
           (marked ? "linespoints pt 7 ps 0.6 " : "lines ") + look + " title '" + title + "'";
  };
  std::string text = "plot " + curve(columns.training, "training", "lw 2.5 lc rgb '#0072B2'");
  if (records[0].validation) text += ", \\\n     " + curve(columns.validation, "validation", "lw 2.5 lc rgb '#009E73'");
  if (records[0].test) text += ", \\\n     " + curve(columns.test, "test", "lw 2.5 dt (8,4) lc rgb '#D55E00'");
  return text + "\n";
}

}  // namespace

std::string loss_script(const std::vector<EpochRecord>& records, const std::string& title) {
  const bool accuracy = records[0].training.accuracy.has_value();
  std::string text = "# Draws loss.svg from metrics.csv, which must lie beside it: gnuplot loss.gp > loss.svg\n";
  text += "set terminal svg size 720," + std::string(accuracy ? "720" : "440") +
          " dynamic font 'Helvetica,15' background '#FFFFFF' rounded\n";
  text +=
      "set datafile separator ','\n"
      "set border 3 lw 1.2 lc rgb '#404040'\n"
      "set tics nomirror out scale 0.6\n"
      "set grid lw 1 lc rgb '#DDDDDD'\n"
      "set key above center horizontal Left reverse samplen 2.5\n"
      "set lmargin 11\nset rmargin 3\n";
  if (accuracy) text += "set multiplot layout 2,1\n";
  text += "set title " + gnuplot_quoted(title) + " noenhanced\nset ylabel 'loss'\n";
  if (!accuracy) text += "set xlabel 'epoch'\n";
  if (needs_logarithm(records)) text += "set logscale y\nset format y '%g'\n";
  text += curves(records, {"2", "4", "6"});
  if (accuracy)
    text +=
        "unset logscale y\nset format y '%g'\nunset title\nset xlabel 'epoch'\nset ylabel 'accuracy'\n"
        "set yrange [*:1]\nunset key\n" +
        curves(records, {"3", "5", "7"}) + "unset multiplot\n";
  return text;
}

}  // namespace tinymlp::program
