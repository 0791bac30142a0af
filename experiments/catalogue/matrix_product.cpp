// Why deep networks need care: a product of random matrices grows or shrinks exponentially with their number. For 4×4
// matrices of N(0, 1) the logarithm of its size grows by (ln 2 + ψ(2)) / 2 a factor (Newman 1986), a digit for every
// four matrices.
#include <array>
#include <cmath>

#include "catalogue/registry.h"
#include "grading/statistics.h"
#include "tinymlp/random.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t size = 4, factors = 100, dropped = 20;
constexpr Index trials = 4000;
constexpr double euler = 0.57721566490153286;

using Matrix = std::array<double, size * size>;

double norm(const Matrix& m) {
  double sum = 0;
  for (const double value : m) sum += value * value;
  return std::sqrt(sum);
}

/// ln ‖product of the first k factors‖ for k = 1, 2, …
std::vector<double> logarithms(std::uint64_t seed) {
  Random random(seed, Purpose::check);
  Matrix product{};
  for (std::size_t i = 0; i < size; ++i) product[i * size + i] = 1;
  double logarithm = 0;  // of what was divided out
  std::vector<double> all;
  for (std::size_t k = 0; k < factors; ++k) {
    Matrix factor{}, next{};
    for (double& value : factor) value = random.normal();
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j < size; ++j)
        for (std::size_t l = 0; l < size; ++l) next[i * size + l] += factor[i * size + j] * product[j * size + l];
    const double length = norm(next);
    for (double& value : next) value /= length;
    product = next;
    logarithm += std::log(length);
    all.push_back(logarithm);
  }
  return all;
}

void run(Trial& trial) {
  const auto all = trial.for_each(trials, [](Index seed) { return logarithms(static_cast<std::uint64_t>(seed)); });
  std::vector<double> counts, means;
  for (std::size_t k = dropped; k < factors; ++k) {
    double sum = 0;
    for (const auto& one : all) sum += one[k];
    counts.push_back(static_cast<double>(k + 1));
    means.push_back(sum / static_cast<double>(trials));
  }
  const double expected = (std::log(2.0) + 1 - euler) / 2;  // ψ(2) = 1 - γ
  trial.claim("growth of the logarithm a factor, 4000 products of 100", near(expected, 0.003), theory("Newman 1986"),
              slope(counts, means));
  trial.note("A hundred factors make a product of about 10^" +
             std::to_string(static_cast<int>(std::lround(means.back() / std::log(10.0)))) + ".");
  std::vector<Curve> curves;
  for (std::size_t seed = 0; seed < 3; ++seed) {
    Curve curve{"product " + std::to_string(seed + 1), {}, {}};
    for (std::size_t k = 0; k < factors; ++k) {
      curve.x.push_back(static_cast<double>(k + 1));
      curve.y.push_back(all[seed][k] / std::log(10.0));
    }
    curves.push_back(std::move(curve));
  }
  Curve law{"(ln 2 + ψ(2)) / 2 a factor", {1, factors}, {}, Curve::Look::dashes, 7};
  for (const double k : law.x) law.y.push_back((means.back() - expected * (factors - k)) / std::log(10.0));
  curves.push_back(std::move(law));
  trial.figure(CurveFigure{.name = "growth",
                           .title = "Products of random 4 × 4 matrices explode",
                           .x_label = "factors",
                           .y_label = "log10 of the norm",
                           .curves = curves});
}

}  // namespace

Experiment matrix_product() {
  return {
      "matrix-product", "Products of random matrices explode",
      "The gradient of a deep network is a product of one matrix a layer. A product of 4×4 matrices of independent "
      "N(0, 1) numbers grows by the factor e^.558 with each: a hundred of them make some 10^24. With smaller numbers "
      "it vanishes as fast. Initial weights of the right size, and activations that keep it, are what stands between.",
      run};
}

}  // namespace tinymlp::program
