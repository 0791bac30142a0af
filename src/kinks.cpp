#include "kinks.h"

#include <cmath>

namespace tinymlp {

std::vector<double> find_kinks(const std::function<double(double)>& f, double low, double high) {
  constexpr double h = 1e-7, narrowest = 1e-6, smallest_jump = 1e-3;
  const auto slope = [&](double x) { return (f(x + h) - f(x - h)) / (2 * h); };
  std::vector<double> kinks;
  // Kinks like round numbers: the intervals' ends are none, so that a kink lies inside of one.
  constexpr double width = 0.0973;
  for (double begin = low; begin < high; begin += width) {
    double left = begin, right = begin + width, left_slope = slope(left), right_slope = slope(right);
    while (right - left > narrowest) {  // goes where the slope changes more
      const double middle = (left + right) / 2, middle_slope = slope(middle);
      if (std::abs(middle_slope - left_slope) > std::abs(right_slope - middle_slope)) {
        right = middle;
        right_slope = middle_slope;
      } else {
        left = middle;
        left_slope = middle_slope;
      }
    }
    if (std::abs(right_slope - left_slope) > smallest_jump) kinks.push_back((left + right) / 2);
  }
  return kinks;
}

}  // namespace tinymlp
