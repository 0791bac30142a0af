// Computes them.
#include "grading/statistics.h"

#include <algorithm>
#include <numeric>

namespace tinymlp::program {

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double share(const std::vector<double>& values, const std::function<bool(double)>& is) {
  return static_cast<double>(std::ranges::count_if(values, is)) / static_cast<double>(values.size());
}

double slope(const std::vector<double>& x, const std::vector<double>& y) {
  const double x_mean = mean(x), y_mean = mean(y);
  double products = 0, squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    products += (x[i] - x_mean) * (y[i] - y_mean);
    squares += (x[i] - x_mean) * (x[i] - x_mean);
  }
  return products / squares;
}

}  // namespace tinymlp::program
