// Tests of experiments/data/fingerprint.h: generated data are the same on every machine, so that a run that began on
// one goes on on another. What a processor's or a mathematical library's last digit would change, changes these.
#include "data/fingerprint.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tinymlp/generators.h"

namespace tinymlp::program {
namespace {

std::string fingerprint_of(const std::string& name, const GeneratorOptions& options) {
  DataParts parts;
  parts.training = generate(name, options);
  return fingerprint(parts);
}

/// By set: its defaults, then 257 rows with half of the default noise (.25 where that is none) and seed 7, where it has
/// such options.
const std::map<std::string, std::pair<std::string, std::string>> expected{
    {"circle", {"fnv1a-64:bd392090a13481c8", "fnv1a-64:6a89536c34b5a3ab"}},
    {"xor", {"fnv1a-64:c6b256781365ac48", "fnv1a-64:5d580ba747db9278"}},
    {"gauss", {"fnv1a-64:0a53fc5a5b8b1d6c", "fnv1a-64:85decc4d94a751ef"}},
    {"spiral", {"fnv1a-64:d6e6325f68b8dba3", "fnv1a-64:c56da4c72ecbc9e5"}},
    {"plane", {"fnv1a-64:97ad1775cab6165b", "fnv1a-64:afc1e873ac98faac"}},
    {"hills", {"fnv1a-64:49ff6e1eb26033f0", "fnv1a-64:1087aa78dec7858d"}},
    {"xor4", {"fnv1a-64:96ddeb8a96097111", "fnv1a-64:96ddeb8a96097111"}},
    {"parity", {"fnv1a-64:8e5c3e55f5cb9e3c", "fnv1a-64:8e5c3e55f5cb9e3c"}},
    {"moons", {"fnv1a-64:944e48bc5ce6beef", "fnv1a-64:d1aa5d1f1a4b656c"}},
    {"two-spirals", {"fnv1a-64:dd1ea9d5c50a90d0", "fnv1a-64:dd1ea9d5c50a90d0"}},
    {"checkerboard", {"fnv1a-64:e0c1b6c8b6fd6603", "fnv1a-64:727e407362f2711c"}},
    {"sine", {"fnv1a-64:5ada864af4a3ff23", "fnv1a-64:ddb36b1bfba97040"}},
    {"polynomial", {"fnv1a-64:16718e2a4f8858cb", "fnv1a-64:a9efcc992bbccbe0"}},
    {"mnist1d", {"fnv1a-64:94e80e889c5b0bf4", "fnv1a-64:4392e88830305480"}},
};

TEST(Fingerprint, OfEveryGeneratedSetIsTheSameOnEveryMachine) {
#ifdef __x86_64__
  if (!__builtin_cpu_supports("fma"))
    GTEST_SKIP()
        << "the C library's sin, cos and log differ in double's last digit where there is no fused multiply-add";
#endif
  for (const Generator& generator : generators()) {
    GeneratorOptions others{
        .samples = 257, .noise = generator.default_noise > 0 ? generator.default_noise / 2 : 0.25, .seed = 7};
    if (generator.fixed) others = {.samples = {}, .noise = {}, .seed = 7};
    const std::string by_default = fingerprint_of(generator.name, {}),
                      with_others = fingerprint_of(generator.name, others);
    const auto known = expected.find(generator.name);
    if (known == expected.end()) {
      ADD_FAILURE() << "{\"" << generator.name << "\", {\"" << by_default << "\", \"" << with_others << "\"}},";
      continue;
    }
    EXPECT_EQ(by_default, known->second.first) << generator.name;
    EXPECT_EQ(with_others, known->second.second) << generator.name;
  }
}

TEST(Fingerprint, ChangesWithEachNumberAndName) {
  DataParts parts;
  parts.training = generate("xor", {.samples = 5});
  const std::string before = fingerprint(parts);
  const auto changes = [&](auto& where, const auto& to) {
    const auto kept = where;
    where = to;
    EXPECT_NE(fingerprint(parts), before);
    where = kept;
    EXPECT_EQ(fingerprint(parts), before);
  };
  DataSet& data = parts.training;
  changes(data.inputs[0], data.inputs[0] * (1 + 1e-15));
  changes(data.inputs.back(), 0.0);
  changes(data.targets[2], data.targets[2] + 1);
  changes(data.feature_names[1], std::string("another"));
  changes(data.class_names[0], std::string("another"));
}

}  // namespace
}  // namespace tinymlp::program
