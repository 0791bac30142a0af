// One table of the generated data sets, and what is common to generating them.
#include "tinymlp/generators.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "call_text.h"
#include "generators/families.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/names.h"

namespace tinymlp {
namespace {

constexpr Index most_samples = 10'000'000;
constexpr std::uint32_t draws_step = 0, order_step = 1;  // streams of their own: the order does not depend on the draws

std::string_view base_name(std::string_view name) { return name.substr(0, name.find('(')); }

std::vector<Generator> table() {
  std::vector<Generator> all = playground_sets();
  for (Generator& generator : classic_sets()) all.push_back(std::move(generator));
  all.push_back(mnist1d_set());
  return all;
}

/// Gives the set the number of features that its name asks for in brackets.
void resize(Generator& generator, std::string_view name) {
  const CallText call = parse_call("data set", name);
  const auto& sizes = generator.sizes;
  const std::string where = " (data set " + in_quotes(name) + "): ";
  if (!sizes.names)
    throw InputError("a number of features" + where + "this set has " + std::to_string(generator.feature_names.size()) +
                     ", so leave the brackets out");
  const double size = call.arguments.size() == 1 && call.arguments[0].key.empty() ? call.arguments[0].value : 0;
  if (!(size >= static_cast<double>(sizes.lowest) && size <= static_cast<double>(sizes.highest)) ||
      size != std::floor(size))
    throw InputError("no number of features that this set can have" + where + "give one whole number from " +
                     std::to_string(sizes.lowest) + " to " + std::to_string(sizes.highest));
  generator.name = generator.name + "(" + number_text(size) + ")";
  generator.feature_names = sizes.names(static_cast<Index>(size));
  if (sizes.samples) generator.default_samples = sizes.samples(static_cast<Index>(size));
}

void check(const Generator& generator, Index samples, double noise) {
  const std::string where = " (data set \"" + generator.name + "\"): ";
  if (generator.fixed && (samples != generator.default_samples || noise != generator.default_noise))
    throw InputError(
        (samples != generator.default_samples ? "samples " + std::to_string(samples) : "noise " + number_text(noise)) +
        where + "it always has " + std::to_string(generator.default_samples) + " samples and noise " +
        number_text(generator.default_noise) + ", so leave both out");
  if (samples < 1 || samples > most_samples)
    throw InputError("samples " + std::to_string(samples) + where + "give a whole number from 1 to " +
                     std::to_string(most_samples));
  if (!(noise >= 0 && noise <= generator.largest_noise && std::isfinite(noise)))
    throw InputError("noise " + number_text(noise) + where + "give " +
                     (std::isfinite(generator.largest_noise)
                          ? "a number from 0 to " + number_text(generator.largest_noise)
                          : "a finite number, 0 or more"));
}

}  // namespace

std::vector<std::string> numbered_features(Index count) {
  std::vector<std::string> names;
  for (Index i = 1; i <= count; ++i) names.push_back("x" + std::to_string(i));
  return names;
}

const std::vector<Generator>& generators() {
  static const std::vector<Generator> all = table();
  return all;
}

bool is_generated(std::string_view name) {
  return std::ranges::find(generators(), base_name(name), &Generator::name) != generators().end();
}

Generator find_generator(std::string_view name) {
  std::vector<std::string> names;
  for (const Generator& candidate : generators()) {
    names.push_back(candidate.name);
    if (candidate.name != base_name(name)) continue;
    Generator generator = candidate;
    if (name != candidate.name) resize(generator, name);
    return generator;
  }
  throw InputError(unknown_name("data set", base_name(name), names));
}

DataSet generate(std::string_view name, const GeneratorOptions& options) {
  const Generator generator = find_generator(name);
  const Index samples = options.samples.value_or(generator.default_samples);
  const double noise = options.noise.value_or(generator.default_noise);
  check(generator, samples, noise);
  DataSet data{generator.name,
               generator.task,
               generator.feature_names,
               generator.target_name,
               generator.class_names,
               {},
               {},
               {}};
  data.inputs.reserve(static_cast<std::size_t>(samples) * data.feature_names.size());
  data.targets.reserve(static_cast<std::size_t>(samples));
  Random random(options.seed, Purpose::data, draws_step);
  generator.append(data, samples, noise, random);
  if (generator.fixed) return data;
  std::vector<Index> order(data.targets.size());
  std::iota(order.begin(), order.end(), Index{0});
  Random order_random(options.seed, Purpose::data, order_step);
  shuffle(order, order_random);
  return select_rows(data, order);
}

}  // namespace tinymlp
