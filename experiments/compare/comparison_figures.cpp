#include "compare/comparison_figures.h"

#include <algorithm>
#include <cmath>

#include "call_text.h"
#include "figures/gnuplot.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t most_curves = 8;  // as many colours as can be told apart
constexpr std::size_t most_epochs = 500;

/// What is not finite is left out of figures.
std::string number(double value) { return std::isfinite(value) ? number_text(value) : "?"; }

std::string head(const std::string& name, const Comparison& comparison, const std::string& title, std::size_t height) {
  return "# Draws " + name + ".svg from " + name + ".csv, which must lie beside it: gnuplot " + name + ".gp > " + name +
         ".svg\nset terminal svg size 760," + std::to_string(height) +
         " dynamic font 'Helvetica,15' background '#FFFFFF' rounded\n"
         "set datafile separator ','\nset datafile missing '?'\n"
         "set border 3 lw 1.2 lc rgb '#404040'\nset tics nomirror out scale 0.6\nset grid lw 1 lc rgb '#DDDDDD'\n"
         "set title " +
         gnuplot_quoted(comparison.data + ": " + title) + " noenhanced\n";
}

/// An accuracy's axis ends at 1, whatever the tics would like.
std::string bounded(const std::string& axis, const Comparison& comparison) {
  return comparison.judgement.higher_is_better ? "set " + axis + "range [*:*<1.02]\n" : "";
}

/// "set ytics ('relu' 1, ...)": one line a variant, the best on top.
std::string variant_tics(const Comparison& comparison, const Summary& summary) {
  const std::size_t count = summary.ranking.order.size();
  std::size_t longest = 0;
  std::string tics = "set ytics (";
  for (std::size_t rank = 0; rank < count; ++rank) {
    const std::string& label = comparison.variants[summary.ranking.order[rank]].label;
    longest = std::max(longest, label.size());
    tics += (rank > 0 ? ", " : "") + gnuplot_quoted(label) + " " + std::to_string(count - rank);
  }
  return tics + ") noenhanced\nset yrange [0.4:" + std::to_string(count) + ".6]\nset lmargin " +
         std::to_string(std::min<std::size_t>(longest + 3, 40)) + "\n";
}

std::size_t height_for(std::size_t variants) { return 160 + 44 * variants; }

/// A row for each variant, the best first: place, quartiles and extremes of its scores, the linear model's, then each.
std::string scores_csv(const Comparison& comparison, const Summary& summary) {
  const std::size_t count = summary.ranking.order.size();
  std::string text = "place,lowest,quartile1,median,quartile3,highest,linear_model,scores\n";
  for (std::size_t rank = 0; rank < count; ++rank) {
    const std::size_t i = summary.ranking.order[rank];
    std::vector<double> scores;
    for (const TrialResult& trial : comparison.trials[i]) scores.push_back(trial.score);
    text += std::to_string(count - rank);
    for (const double p : {0.0, 0.25, 0.5, 0.75, 1.0}) text += "," + number(quantile(scores, p));
    text += "," + number(comparison.linear[i]);
    for (const double score : scores) text += "," + number(score);
    text += "\n";
  }
  return text;
}

std::string scores_script(const Comparison& comparison, const Summary& summary) {
  const std::size_t count = summary.ranking.order.size();
  std::string text =
      head("scores", comparison, comparison.judgement.score + " of " + std::to_string(comparison.seeds) + " seeds",
           height_for(count) + 40);
  text +=
      variant_tics(comparison, summary) + bounded("x", comparison) + "set xlabel " +
      gnuplot_quoted(comparison.judgement.score) +
      "\nset key below Left reverse samplen 2 spacing 1.2\nset style fill solid 0.35 noborder\n"
      "set offsets graph 0.03, graph 0.03, 0, 0\nplot \\\n"
      "  'scores.csv' skip 1 using 4:1:2:6 with xerrorbars lw 1.5 pt -1 lc rgb '#404040' title 'lowest to highest', "
      "\\\n"
      "  '' skip 1 using 4:1:3:5:($1-0.28):($1+0.28) with boxxyerror lc rgb '#0072B2' title 'quartiles', \\\n"
      "  '' skip 1 using 4:1:(0):(0.28) with vectors nohead lw 4 lc rgb '#0072B2' title 'median', \\\n"
      "  '' skip 1 using 4:1:(0):(-0.28) with vectors nohead lw 4 lc rgb '#0072B2' notitle, \\\n"
      "  '' skip 1 using 7:($1-0.4):(0):(0.8) with vectors nohead lw 3 dt (4,2) lc rgb '#D55E00' title 'best "
      "linear model'";
  for (Index seed = 0; seed < comparison.seeds; ++seed) {  // points beside one another, in the order of the seeds
    const double shift = comparison.seeds < 2 ? 0 : 0.2 * (static_cast<double>(seed % 7) / 3 - 1);
    text += ", \\\n  '' skip 1 using " + std::to_string(8 + seed) + ":($1+" + number_text(shift) +
            ") with points pt 7 ps 0.35 lc rgb '#202020' " + (seed == 0 ? "title 'one run'" : "notitle");
  }
  return text + "\n";
}

double epoch_score(const Comparison& comparison, const TrialEpoch& epoch) {
  return comparison.judgement.higher_is_better ? epoch.test_accuracy.value_or(0) : epoch.test_loss;
}

/// The scores of all of a variant's runs after an epoch: a run that ended earlier keeps its last, one that diverged
/// has the worst.
std::vector<double> scores_after(const Comparison& comparison, std::size_t variant, std::size_t epoch) {
  std::vector<double> scores;
  for (const TrialResult& trial : comparison.trials[variant]) {
    if (epoch < trial.epochs.size())
      scores.push_back(epoch_score(comparison, trial.epochs[epoch]));
    else if (trial.divergence.empty() && !trial.epochs.empty())
      scores.push_back(epoch_score(comparison, trial.epochs.back()));
    else
      scores.push_back(comparison.judgement.worst());
  }
  return scores;
}

std::size_t epoch_count(const Comparison& comparison) {
  std::size_t count = 0;
  for (const auto& trials : comparison.trials)
    for (const TrialResult& trial : trials) count = std::max(count, trial.epochs.size());
  return count;
}

std::size_t curve_count(const Summary& summary) { return std::min(summary.ranking.order.size(), most_curves); }

/// The epochs that curves show, from 0, the last one among them.
std::vector<std::size_t> shown_epochs(const Comparison& comparison) {
  const std::size_t epochs = epoch_count(comparison), every = std::max<std::size_t>(1, epochs / most_epochs);
  std::vector<std::size_t> shown;
  for (std::size_t epoch = (epochs - 1) % every; epoch < epochs; epoch += every) shown.push_back(epoch);
  return shown;
}

std::string curves_csv(const Comparison& comparison, const Summary& summary) {
  std::string text = "epoch";
  for (std::size_t rank = 0; rank < curve_count(summary); ++rank)
    for (const char* what : {"quartile1", "median", "quartile3"})
      text += "," + std::string(what) + "_" + std::to_string(rank + 1);
  text += "\n";
  for (const std::size_t epoch : shown_epochs(comparison)) {
    text += std::to_string(epoch + 1);
    for (std::size_t rank = 0; rank < curve_count(summary); ++rank) {
      const std::vector<double> scores = scores_after(comparison, summary.ranking.order[rank], epoch);
      for (const double p : {0.25, 0.5, 0.75}) text += "," + number(quantile(scores, p));
    }
    text += "\n";
  }
  return text;
}

std::string curves_script(const Comparison& comparison, const Summary& summary) {
  const bool all = summary.ranking.order.size() <= most_curves;
  std::string text =
      head("curves", comparison, all ? "medians and quartiles" : "medians and quartiles of the best eight", 520);
  text += "set xlabel 'epoch'\nset ylabel " + gnuplot_quoted(comparison.judgement.score) +
          "\nset key below Left reverse samplen 2.5 spacing 1.2\nset style fill transparent solid 0.15 noborder\n"
          "set lmargin 11\n" +
          bounded("y", comparison);
  if (epoch_count(comparison) <= 10) text += "set xtics 1\n";  // there are no halves
  if (!comparison.judgement.higher_is_better) text += "set logscale y\nset format y '%g'\n";
  text += "plot ";
  for (std::size_t rank = 0; rank < curve_count(summary); ++rank) {
    const std::string first = std::to_string(2 + 3 * rank), middle = std::to_string(3 + 3 * rank),
                      last = std::to_string(4 + 3 * rank), colour = " lc rgb '" + class_colour(rank) + "' ";
    text += (rank > 0 ? ", \\\n     " : "") + std::string("'curves.csv' skip 1 using 1:") + first + ":" + last +
            " with filledcurves" + colour + "notitle, \\\n     '' skip 1 using 1:" + middle + " with lines lw 2.5" +
            (rank % 2 == 0 ? "" : " dt (8,3)") + colour + "title " +
            gnuplot_quoted(comparison.variants[summary.ranking.order[rank]].label) + " noenhanced";
  }
  return text + "\n";
}

std::string success_csv(const Comparison& comparison, const Summary& summary) {
  const std::size_t count = summary.ranking.order.size();
  std::string text = "place,percent\n";
  for (std::size_t rank = 0; rank < count; ++rank)
    text += std::to_string(count - rank) + "," +
            number_text(100 * static_cast<double>(summary.variants[summary.ranking.order[rank]].successes) /
                        static_cast<double>(comparison.seeds)) +
            "\n";
  return text;
}

std::string success_script(const Comparison& comparison, const Summary& summary) {
  return head("success", comparison,
              "runs with a " + comparison.judgement.score +
                  (comparison.judgement.higher_is_better ? " of at least " : " of at most ") +
                  number_text(comparison.judgement.target),
              height_for(summary.ranking.order.size())) +
         variant_tics(comparison, summary) +
         "set xlabel 'successful runs in percent'\nset xrange [0:108]\nset xtics 0,20,100\nunset key\n"
         "set style fill solid 0.7 noborder\n"
         "plot 'success.csv' skip 1 using (0):1:(0):2:($1-0.3):($1+0.3) with boxxyerror lc rgb '#0072B2', \\\n"
         "     '' skip 1 using ($2+1):1:(sprintf('%.0f%%', $2)) with labels left\n";
}

/// What is to be said if it cannot be drawn.
std::string draw(const ComparisonDirectory& directory, const std::string& name) {
  const std::string mend = ": its script and data are in " + directory.path().string();
  std::error_code none;
  std::filesystem::remove(directory.path() / (name + ".svg"), none);  // an old one shows other data
  try {
    const auto figure = run_gnuplot(directory.path(), name + ".gp");
    if (!figure) return name + ".svg is not drawn, for gnuplot is not installed" + mend;
    directory.write(name + ".svg", *figure);
    return "";
  } catch (const Error& error) {
    return name + ".svg is not drawn, " + error.what();
  }
}

}  // namespace

MedianCurves median_curves(const Comparison& comparison, const Summary& summary) {
  MedianCurves result;
  if (epoch_count(comparison) < 2) return result;
  const std::vector<std::size_t> shown = shown_epochs(comparison);
  for (const std::size_t epoch : shown) result.epochs.push_back(static_cast<double>(epoch + 1));
  for (std::size_t rank = 0; rank < curve_count(summary); ++rank) {
    const std::size_t variant = summary.ranking.order[rank];
    MedianCurves::Curve curve{comparison.variants[variant].label, {}};
    for (const std::size_t epoch : shown)
      curve.medians.push_back(quantile(scores_after(comparison, variant, epoch), 0.5));
    result.curves.push_back(std::move(curve));
  }
  return result;
}

std::string draw_comparison(const ComparisonDirectory& directory, const Comparison& comparison,
                            const Summary& summary) {
  directory.write("scores.csv", scores_csv(comparison, summary));
  directory.write("scores.gp", scores_script(comparison, summary));
  directory.write("success.csv", success_csv(comparison, summary));
  directory.write("success.gp", success_script(comparison, summary));
  std::vector<std::string> names{"scores", "success"};
  if (epoch_count(comparison) > 1) {
    directory.write("curves.csv", curves_csv(comparison, summary));
    directory.write("curves.gp", curves_script(comparison, summary));
    names.emplace_back("curves");
  }
  for (const std::string& name : names)
    if (const std::string note = draw(directory, name); !note.empty()) return note;
  return "";
}

}  // namespace tinymlp::program
