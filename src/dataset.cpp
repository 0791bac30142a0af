// Chooses rows of data sets: by number, and by lot for the parts that are not trained on.
#include "tinymlp/dataset.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "call_text.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/random.h"

namespace tinymlp {
namespace {

void check_shape(const DataSet& data) {
  const Index numbers = data.rows() * data.features();
  const auto fits = [&](std::size_t size) { return static_cast<Index>(size) == numbers; };
  if ((data.bytes.empty() && fits(data.inputs.size())) || (data.inputs.empty() && fits(data.bytes.size()))) return;
  throw ShapeError("data set " + in_quotes(data.name) + " of " + std::to_string(data.rows()) + " rows and " +
                   std::to_string(data.features()) + " features has " + std::to_string(data.inputs.size()) +
                   " numbers and " + std::to_string(data.bytes.size()) +
                   " bytes: expected rows * features of the one and none of the other");
}

template <class T>
void append_row(std::vector<T>& to, const std::vector<T>& from, Index row, Index features) {
  if (from.empty()) return;
  const auto begin = from.begin() + row * features;
  to.insert(to.end(), begin, begin + features);
}

/// The numbers of the rows of each class, in order; of all rows, as one group, where there are no classes.
std::vector<std::vector<Index>> rows_by_class(const DataSet& data) {
  const bool classes = data.task == Task::classification;
  std::vector<std::vector<Index>> groups(classes ? data.class_names.size() : 1);
  for (Index row = 0; row < data.rows(); ++row) {
    const double label = classes ? data.targets[static_cast<std::size_t>(row)] : 0;
    if (!(label >= 0 && label < static_cast<double>(groups.size())))
      throw InputError("row " + std::to_string(row) + " has class " + number_text(label) + " (data set " +
                       in_quotes(data.name) + "): expected 0 to " + std::to_string(data.classes() - 1));
    groups[static_cast<std::size_t>(label)].push_back(row);
  }
  return groups;
}

/// Shares `total` among groups of the given sizes, which sum to `rows`: group c's exact share is total · size_c / rows.
/// Each gets the whole part of it; what is left goes, one each, to those with the largest fractions, the first of
/// equals first (the method of largest remainders, Hamilton 1792). All in whole numbers.
std::vector<Index> shares(Index total, const std::vector<std::vector<Index>>& groups, Index rows) {
  std::vector<Index> share, remainder;
  Index left = total;
  for (const auto& group : groups) {
    const Index numerator = total * static_cast<Index>(group.size());
    share.push_back(numerator / rows);
    remainder.push_back(numerator % rows);
    left -= share.back();
  }
  std::vector<std::size_t> order(groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainder[a] > remainder[b]; });
  for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) ++share[order[i]];
  return share;
}

/// round(fraction · rows) rows that are drawn class by class, and those that are left, both in order.
struct DrawnRows {
  std::vector<Index> left, drawn;
};
DrawnRows draw_rows(const DataSet& data, double fraction, std::uint64_t seed, Purpose purpose) {
  check_shape(data);
  const std::string where = " (data set " + in_quotes(data.name) + ", " + std::to_string(data.rows()) + " rows)";
  if (!(fraction >= 0 && fraction < 1))
    throw InputError("fraction " + number_text(fraction) + where + ": give a number from 0 to below 1");
  const auto count = static_cast<Index>(std::llround(fraction * static_cast<double>(data.rows())));
  if (count >= data.rows())
    throw InputError("fraction " + number_text(fraction) + " leaves no row to train on" + where +
                     ": give a smaller fraction or more rows");
  auto groups = rows_by_class(data);
  const std::vector<Index> share = shares(count, groups, data.rows());
  std::vector<bool> is_drawn(data.targets.size());
  for (std::size_t group = 0; group < groups.size(); ++group) {
    Random random(seed, purpose, static_cast<std::uint32_t>(group));
    shuffle(groups[group], random);
    for (std::size_t i = 0; i < static_cast<std::size_t>(share[group]); ++i)
      is_drawn[static_cast<std::size_t>(groups[group][i])] = true;
  }
  DrawnRows rows;
  for (Index row = 0; row < data.rows(); ++row)
    (is_drawn[static_cast<std::size_t>(row)] ? rows.drawn : rows.left).push_back(row);
  return rows;
}

}  // namespace

DataSet select_rows(const DataSet& data, const std::vector<Index>& rows) {
  check_shape(data);
  DataSet part{data.name, data.task, data.feature_names, data.target_name, data.class_names, {}, {}, {}, data.scaling};
  const std::size_t numbers = rows.size() * data.feature_names.size();
  part.inputs.reserve(data.inputs.empty() ? 0 : numbers);
  part.bytes.reserve(data.bytes.empty() ? 0 : numbers);
  part.targets.reserve(rows.size());
  for (const Index row : rows) {
    if (row < 0 || row >= data.rows())
      throw InputError("row " + std::to_string(row) + " does not exist (data set " + in_quotes(data.name) +
                       "): it has rows 0 to " + std::to_string(data.rows() - 1));
    append_row(part.inputs, data.inputs, row, data.features());
    append_row(part.bytes, data.bytes, row, data.features());
    part.targets.push_back(data.targets[static_cast<std::size_t>(row)]);
  }
  return part;
}

DataParts split(const DataSet& data, double fraction, std::uint64_t seed) {
  const DrawnRows rows = draw_rows(data, fraction, seed, Purpose::split);
  return {select_rows(data, rows.left), select_rows(data, rows.drawn)};
}

void split_validation(DataParts& parts, double fraction, std::uint64_t seed) {
  const DrawnRows rows = draw_rows(parts.training, fraction, seed, Purpose::validation);
  parts.validation = select_rows(parts.training, rows.drawn);
  parts.training = select_rows(parts.training, rows.left);
}

}  // namespace tinymlp
