// Fills the page of experiments.
#include "report/experiment_report.h"

#include <algorithm>
#include <map>

#include "output/text_format.h"
#include "program_version.h"
#include "report/page.h"
#include "tinymlp/io/file.h"

namespace tinymlp::program {

namespace {

void add_introduction(Page& page) {
  page.paragraph(
      "A layer of a network multiplies its inputs by a matrix and adds a vector: y = W x + b. Two such layers in "
      "a row give W2 (W1 x + b1) + b2 = (W2 W1) x + (W2 b1 + b2): a matrix and a vector again. However many are "
      "stacked, the network is one layer, and can do no more than draw a straight border or fit a straight line.");
  page.paragraph(
      "That is too little even for the exclusive or of two bits, which is 1 where they differ: 0 for (0, 0) and "
      "(1, 1), 1 for (0, 1) and (1, 0). A straight map gives the middle of two points the mean of what it gives "
      "the two. The point (1/2, 1/2) lies in the middle of the first pair and of the second: it would have to be "
      "0 and 1 at once.");
  page.paragraph(
      "An activation bends every number between two layers: ReLU, max(0, x), cuts off what is below 0; sigmoid "
      "and tanh press all numbers into a range. Two ReLU units are enough for the exclusive or: h1 = max(0, x1 + "
      "x2) and h2 = max(0, x1 + x2 - 1) make h1 - 2 h2, which is 0 and 0, 1 and 1 at these points. The layers no "
      "longer merge into one, borders can be curves, and more units make finer ones.");
  page.paragraph(
      "The catalogue measures this in four parts, of which this page shows what was run. linear-collapse to "
      "linear-ceiling: what stacks without activations can do, and where it ends. xor4 to fashion-mnist: the same "
      "tasks with a bend in between. activation-curves to symmetry: why some activations learn more easily than "
      "others. linear-regression to symmetric-input: what else the book's chapter tells, on the way from lines to "
      "networks.");
  page.paragraph(
      "Each claim's measured number stands beside what it must be, and within which tolerance: by theory, by what "
      "others published, or by earlier measurements. Training begins with random weights, and another start, "
      "another seed, may end elsewhere; so where chance plays a part, many seeds are run, and the claim is about "
      "their median (half of them did better) or about the share that succeeded.");
}

void add_overview(Page& page, const std::vector<ExperimentRecord>& records) {
  PageTable table{{"experiment", "what it shows", "claims", "hold", "seconds"}, {}, true};
  for (const ExperimentRecord& record : records) {
    const std::size_t all = record.claims.size();
    table.rows.push_back({record.experiment->id, record.experiment->title, std::to_string(all),
                          std::to_string(all - record.failed_claims()), fixed(record.seconds, 1)});
  }
  page.table(table);
}

bool is_rising(const std::vector<double>& x) {
  return std::ranges::adjacent_find(x, std::greater_equal<>()) == x.end();
}

/// The curves over all their x together; nothing unless each is a function of x.
std::optional<Chart> chart_of(const CurveFigure& figure) {
  Chart chart{figure.title, figure.x_label, figure.y_label, {}, {}, figure.log_y, figure.log_x};
  std::map<double, std::size_t> places;
  for (const Curve& curve : figure.curves) {
    if (!is_rising(curve.x)) return std::nullopt;
    for (const double x : curve.x)
      if (x > 0 || !figure.log_x) places[x] = 0;
  }
  for (auto& [x, place] : places) {
    place = chart.x.size();
    chart.x.push_back(x);
  }
  for (const Curve& curve : figure.curves) {
    ChartSeries series{curve.title, std::vector<std::optional<double>>(chart.x.size()),
                       curve.look == Curve::Look::points};
    for (std::size_t i = 0; i < curve.x.size(); ++i)
      if (const auto found = places.find(curve.x[i]); found != places.end()) series.values[found->second] = curve.y[i];
    chart.series.push_back(std::move(series));
  }
  return chart;
}

void add_figure(Page& page, const Figure& figure, const std::filesystem::path& folder) {
  if (figure.curves)
    if (const auto chart = chart_of(*figure.curves)) return page.chart(*chart);
  const std::filesystem::path drawn = folder / (figure.name + ".svg");
  std::error_code unknown;
  if (std::filesystem::exists(drawn, unknown)) page.picture(read_file(drawn), figure.title);
}

void add_experiment(Page& page, const ExperimentRecord& record, const std::filesystem::path& folder) {
  page.heading(record.experiment->id + ": " + record.experiment->title, record.experiment->id);
  page.paragraph(record.experiment->shows);
  for (const Figure& figure : record.figures) add_figure(page, figure, folder);
  PageTable table{{"claim", "reference", "tolerance", "measured", "result", "source"}, {}};
  for (const Claim& claim : record.claims)
    table.rows.push_back({claim.what, reference_text(claim.expected), tolerance_text(claim.expected),
                          six_digits(claim.value), result_text(claim), origin_text(claim.origin)});
  page.table(table);
  for (const std::string& note : record.notes) page.paragraph(note);
  page.verdict(record.passed(), record.passed() ? "PASS" : "FAIL",
               record.failure.empty() ? std::to_string(record.claims.size() - record.failed_claims()) + " of " +
                                            std::to_string(record.claims.size()) + " claims hold"
                                      : "it stopped: " + record.failure);
  page.commands({"tinymlp experiment " + record.experiment->id});
}

}  // namespace

std::string experiment_report(const std::vector<ExperimentRecord>& records, const std::filesystem::path& directory) {
  const auto [claims, failed, seconds] = totals(records);
  Page page("Why networks need activations",
            std::to_string(records.size()) + (records.size() == 1 ? " experiment, " : " experiments, ") +
                std::to_string(claims - failed) + " of " + std::to_string(claims) + " claims hold; " +
                fixed(seconds, 1) + " s, tinymlp " + program_version() + ", commit " + program_commit() + ".");
  add_introduction(page);
  add_overview(page, records);
  for (const ExperimentRecord& record : records) add_experiment(page, record, directory / record.experiment->id);
  return page.html();
}

}  // namespace tinymlp::program
