#include "tinymlp/initializer.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "call_text.h"
#include "tinymlp/error.h"
#include "tinymlp/names.h"

namespace tinymlp {

namespace {

using Fill = std::function<void(std::span<double>, Index, Index, Random&)>;

void fill_normal(std::span<double> values, double deviation, Random& random) {
  for (double& value : values) value = deviation * random.normal();
}

void fill_uniform(std::span<double> values, double bound, Random& random) {
  for (double& value : values) value = random.uniform(-bound, bound);
}

/// Random numbers whose variance depends on how many inputs and outputs there are.
template <class Variance>
Fill normal_by(Variance variance) {
  return [variance](std::span<double> weights, Index out, Index in, Random& random) {
    fill_normal(weights, std::sqrt(variance(static_cast<double>(in), static_cast<double>(out))), random);
  };
}
template <class Variance>
Fill uniform_by(Variance variance) {  // the variance of a uniform number in ±a is a² / 3
  return [variance](std::span<double> weights, Index out, Index in, Random& random) {
    fill_uniform(weights, std::sqrt(3 * variance(static_cast<double>(in), static_cast<double>(out))), random);
  };
}

/// Orthonormal rows if there are at most as many outputs as inputs, else orthonormal columns: modified Gram and
/// Schmidt, twice, on normal numbers, which gives each such matrix the same chance.
void fill_orthogonal(std::span<double> weights, Index out, Index in, Random& random) {
  const Index count = std::min(out, in), length = std::max(out, in);
  const auto size = static_cast<std::size_t>(length);
  std::vector<std::vector<double>> vectors;
  const auto dot = [](const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
  };
  for (Index k = 0; k < count; ++k) {
    std::vector<double> next(size);
    fill_normal(next, 1, random);
    for (int round = 0; round < 2; ++round)
      for (const auto& earlier : vectors) {
        const double part = dot(earlier, next);
        for (std::size_t i = 0; i < size; ++i) next[i] -= part * earlier[i];
      }
    const double norm = std::sqrt(dot(next, next));
    for (double& value : next) value /= norm;
    vectors.push_back(std::move(next));
  }
  for (Index o = 0; o < out; ++o)
    for (Index i = 0; i < in; ++i)
      weights[static_cast<std::size_t>(o * in + i)] =
          out <= in ? vectors[static_cast<std::size_t>(o)][static_cast<std::size_t>(i)]
                    : vectors[static_cast<std::size_t>(i)][static_cast<std::size_t>(o)];
}

const std::map<std::string, Fill>& plain_initializers() {
  static const std::map<std::string, Fill> all{
      {"he-normal", normal_by([](double in, double) { return 2 / in; })},
      {"he-uniform", uniform_by([](double in, double) { return 2 / in; })},
      {"xavier-normal", normal_by([](double in, double out) { return 2 / (in + out); })},
      {"xavier-uniform", uniform_by([](double in, double out) { return 2 / (in + out); })},
      {"lecun-normal", normal_by([](double in, double) { return 1 / in; })},
      {"orthogonal", fill_orthogonal},
      {"pytorch", uniform_by([](double in, double) { return 1 / (3 * in); })},
      {"zeros", [](std::span<double> weights, Index, Index, Random&) { std::ranges::fill(weights, 0.0); }},
  };
  return all;
}

/// "normal" where initializer_names() says "normal(STD)": what a misspelt name is compared with.
std::vector<std::string> names_without_numbers() {
  std::vector<std::string> names = initializer_names();
  for (std::string& name : names) name.resize(std::min(name.size(), name.find('(')));
  return names;
}

}  // namespace

Initializer make_initializer(std::string_view text) {
  const CallText call = parse_call("initializer", text);
  Initializer initializer{std::string(text), {}, {}};
  if (call.name == "normal" || call.name == "uniform") {
    if (call.arguments.size() != 1 || !(call.arguments[0].value >= 0))
      throw InputError("initializer \"" + std::string(text) + "\" needs one number of at least 0: \"" + call.name +
                       "(0.01)\"");
    const double spread = call.arguments[0].value;
    initializer.weights = [spread, normal = call.name == "normal"](std::span<double> weights, Index, Index,
                                                                   Random& random) {
      normal ? fill_normal(weights, spread, random) : fill_uniform(weights, spread, random);
    };
    return initializer;
  }
  const auto found = plain_initializers().find(call.name);
  if (found == plain_initializers().end())
    throw InputError(unknown_name("initializer", call.name, names_without_numbers()));
  if (!call.arguments.empty())
    throw InputError("initializer \"" + std::string(text) + "\": " + call.name + " takes no number");
  initializer.weights = found->second;
  if (call.name == "pytorch")
    initializer.biases = [](std::span<double> biases, Index in, Random& random) {
      fill_uniform(biases, 1 / std::sqrt(static_cast<double>(in)), random);
    };
  return initializer;
}

std::vector<std::string> initializer_names() {
  std::vector<std::string> names;
  for (const auto& [name, fill] : plain_initializers()) names.push_back(name);
  names.insert(names.end(), {"normal(STD)", "uniform(A)"});
  return names;
}

}  // namespace tinymlp
