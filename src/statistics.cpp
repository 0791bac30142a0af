// Quantiles, Student's distribution, intervals.
#include "tinymlp/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "tinymlp/error.h"

namespace tinymlp {

namespace {

void check_numbers(std::span<const double> values) {
  if (values.empty()) throw InputError("there are no numbers to take statistics of");
  if (std::ranges::any_of(values, [](double value) { return std::isnan(value); }))
    throw InputError("statistics of what is not a number (NaN)");
}

/// The continued fraction of the incomplete beta function, by Lentz's method (Press et al., "Numerical Recipes", 6.4).
double beta_fraction(double x, double a, double b) {
  constexpr double smallest = 1e-300;
  constexpr int most_terms = 10'000;
  const auto away_from_zero = [](double value) { return std::abs(value) < smallest ? smallest : value; };
  double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), fraction = d;
  for (int m = 1; m <= most_terms; ++m) {
    double factor = 1;
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    for (const double term : {even, odd}) {
      d = 1 / away_from_zero(1 + term * d);
      c = away_from_zero(1 + term / c);
      factor = c * d;
      fraction *= factor;
    }
    if (std::abs(factor - 1) <= std::numeric_limits<double>::epsilon()) break;
  }
  return fraction;
}

/// log Γ(x). std::lgamma writes to a global variable.
double log_gamma(double x) {
  int sign = 0;
  return ::lgamma_r(x, &sign);
}

/// I_x(a, b), the regularized incomplete beta function; `rest` is 1 - x, given for its digits.
double incomplete_beta(double x, double rest, double a, double b) {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  const double front = std::exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * std::log(x) + b * std::log(rest));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(x, a, b) / a;
  return 1 - front * beta_fraction(rest, b, a) / b;
}

/// P(T > t) for t >= 0, all digits of it.
double upper_tail(double t, double n) {
  const double square = t * t;
  if (std::isinf(square)) return 0;
  return incomplete_beta(n / (n + square), square / (n + square), n / 2, 0.5) / 2;
}

}  // namespace

double quantile(std::span<const double> values, double p) {
  check_numbers(values);
  if (!(p >= 0 && p <= 1)) throw InputError("a quantile of the share " + std::to_string(p) + ": give one from 0 to 1");
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const double share = place - static_cast<double>(below), low = sorted[below];
  if (share == 0 || sorted[below + 1] == low) return low;  // also where both are infinite
  return low + share * (sorted[below + 1] - low);
}

double median(std::span<const double> values) { return quantile(values, 0.5); }

double student_t_probability(double t, double degrees_of_freedom) {
  return t < 0 ? upper_tail(-t, degrees_of_freedom) : 1 - upper_tail(t, degrees_of_freedom);
}

double mean(std::span<const double> values) {
  check_numbers(values);
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double student_t_quantile(double p, double degrees_of_freedom) {
  if (!(p > 0 && p < 1)) throw InputError("a quantile of the share " + std::to_string(p) + ": give one within 0 and 1");
  const double tail = std::min(p, 1 - p);
  double low = 0, high = 1;  // bisection: the tail falls with t
  while (upper_tail(high, degrees_of_freedom) > tail && high < 1e300) high *= 2;
  for (double middle = high / 2; middle > low && middle < high; middle = low + (high - low) / 2)
    (upper_tail(middle, degrees_of_freedom) > tail ? low : high) = middle;
  return p < 0.5 ? -high : high;
}

MeanInterval mean_interval(std::span<const double> values, double confidence) {
  MeanInterval interval{mean(values), {}};
  if (!(confidence >= 0 && confidence < 1))
    throw InputError("an interval of confidence " + std::to_string(confidence) + ": give one from 0 to below 1");
  const auto n = static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values) squares += (value - interval.mean) * (value - interval.mean);
  if (values.size() > 1 && std::isfinite(squares))
    interval.half_width = student_t_quantile((1 + confidence) / 2, n - 1) * std::sqrt(squares / (n - 1) / n);
  return interval;
}

}  // namespace tinymlp
