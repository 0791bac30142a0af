// Finds and applies what standardizes features.
#include "tinymlp/scaling.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "call_text.h"
#include "text.h"
#include "tinymlp/error.h"

namespace tinymlp {
namespace {

struct Moments {
  double mean, deviation;
};

/// Of every `width`-th number from `first` on. Numbers are divided by a power of two near the largest, which changes no
/// digit of them, and differences from the mean by the largest of these: no square leaves the range of a double.
Moments moments(const std::vector<double>& values, std::size_t first, std::size_t width) {
  double low = values[first], high = low;
  for (std::size_t i = first; i < values.size(); i += width) {
    low = std::min(low, values[i]);
    high = std::max(high, values[i]);
  }
  if (low == high) return {low, 1};  // the mean as a sum could miss it, and leave a deviation of rounding errors
  const int exponent = std::ilogb(std::max(std::abs(low), std::abs(high)));
  const auto small = [&](double x) { return std::scalbn(x, -exponent); };
  const double n = static_cast<double>(values.size()) / static_cast<double>(width);
  double sum = 0;
  for (std::size_t i = first; i < values.size(); i += width) sum += small(values[i]);
  const double mean = sum / n, largest = std::max(small(high) - mean, mean - small(low));
  double squares = 0;
  for (std::size_t i = first; i < values.size(); i += width) {
    const double difference = (small(values[i]) - mean) / largest;
    squares += difference * difference;
  }
  const double deviation = std::scalbn(largest * std::sqrt(squares / n), exponent);
  return {std::scalbn(mean, exponent), deviation > 0 ? deviation : 1};
}

/// (x - mean) / deviation, also where x - mean alone is beyond the range.
double scaled(double x, double mean, double deviation) {
  const double difference = x - mean;
  if (std::isfinite(difference)) return difference / deviation;
  return 2 * ((x / 2 - mean / 2) / deviation);
}

bool same(const InputScaling& a, const InputScaling& b) { return a.mean == b.mean && a.deviation == b.deviation; }

/// NaN fits no more than infinity.
bool fits_float(double number) { return std::abs(number) <= static_cast<double>(std::numeric_limits<float>::max()); }

}  // namespace

InputScaling standardization(const DataSet& data) {
  const std::string where = " (data set " + in_quotes(data.name) + "): ";
  if (!data.bytes.empty()) throw InputError("bytes are not standardized" + where + "they are divided by 255");
  if (data.rows() == 0) throw InputError("no rows" + where + "give some to find the features' means from");
  InputScaling scaling;
  const std::size_t width = data.feature_names.size();
  for (std::size_t feature = 0; feature < width; ++feature) {
    const auto [mean, deviation] = moments(data.inputs, feature, width);
    scaling.mean.push_back(mean);
    scaling.deviation.push_back(deviation);
  }
  return scaling;
}

void scale_inputs(DataSet& data, const InputScaling& scaling) {
  if (!data.bytes.empty()) {
    if (same(scaling, byte_scaling())) return;
    data.inputs.assign(data.bytes.begin(), data.bytes.end());
    data.bytes.clear();
  }
  if (scaling.mean.empty()) return;
  const std::size_t width = data.feature_names.size(), numbers = scaling.mean.size();
  if ((numbers != 1 && numbers != width) || scaling.deviation.size() != numbers)
    throw ShapeError("the scaling is for " + std::to_string(numbers) + " features, not for " + std::to_string(width) +
                     " (data set " + in_quotes(data.name) + ")");
  if (!data.scaling.mean.empty()) throw InputError("scaled already (data set " + in_quotes(data.name) + ")");
  for (std::size_t i = 0; i < data.inputs.size(); ++i) {
    const std::size_t feature = numbers == 1 ? 0 : i % width;
    data.inputs[i] = scaled(data.inputs[i], scaling.mean[feature], scaling.deviation[feature]);
  }
  data.scaling = scaling;
}

InputScaling byte_scaling() { return {.mean = {0}, .deviation = {255}}; }

void check_float_range(const DataSet& data, std::string_view part) {
  const std::size_t width = data.feature_names.size();
  const char* const mend = data.scaling.mean.empty() ? "standardize the features, or give smaller numbers"
                                                     : "give a number nearer to those trained on";
  const auto fail = [&](double number, std::size_t row, const std::string& column, const char* how) {
    throw InputError(number_text(number) + " is beyond the range of a float (" + data.name + ", row " +
                     std::to_string(row + 1) + (part.empty() ? "" : " of ") + std::string(part) + ", column " +
                     in_quotes(column) + "): " + how);
  };
  for (std::size_t i = 0; i < data.inputs.size(); ++i)
    if (!fits_float(data.inputs[i])) fail(data.inputs[i], i / width, data.feature_names[i % width], mend);
  for (std::size_t row = 0; row < data.targets.size(); ++row)
    if (!fits_float(data.targets[row])) fail(data.targets[row], row, data.target_name, "give smaller numbers");
}

}  // namespace tinymlp
