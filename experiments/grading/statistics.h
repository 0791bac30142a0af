// What is said of many seeds, beside the library's quantiles: means, shares, and the slope of a line through points.
#pragma once
#include <functional>
#include <vector>

#include "tinymlp/statistics.h"

namespace tinymlp::program {

double mean(const std::vector<double>& values);
/// The share of the values for which `is` holds.
double share(const std::vector<double>& values, const std::function<bool(double)>& is);
/// The slope of the least-squares line through (x, y).
double slope(const std::vector<double>& x, const std::vector<double>& y);

}  // namespace tinymlp::program
