// What an experiment claims: a measured number, what it must be by which authority, and whether it is.
#pragma once
#include <string>

namespace tinymlp::program {

/// Where a reference comes from: a theorem, a publication's numbers, or our own measurements over many seeds.
enum class Basis { theory, published, measured };
std::string basis_name(Basis basis);  // "theory"

struct Origin {
  Basis basis;
  std::string work;  // "Baldi and Hornik 1989", "20 seeds"
};
Origin theory(std::string work);
Origin published(std::string work);
Origin measured(std::string how);

/// The numbers that a claim allows: low to high, both included.
struct Expectation {
  enum class Kind { near, at_least, at_most, between } kind;
  double low, high;
  double reference, tolerance;  // as they are shown; of `between` only low and high are
};
/// reference ± tolerance.
Expectation near(double reference, double tolerance);
/// reference ± share · |reference|.
Expectation near_relative(double reference, double share);
/// At least reference - tolerance, at most reference + tolerance.
Expectation at_least(double reference, double tolerance = 0);
Expectation at_most(double reference, double tolerance = 0);
Expectation between(double low, double high);

struct Claim {
  std::string what;  // "relu, 2 hidden units: share of seeds that succeed"
  Expectation expected;
  Origin origin;
  double value = 0;  // what was measured

  /// A value that is not a number never holds.
  bool holds() const { return value >= expected.low && value <= expected.high; }
};

/// The columns of a claim's row: "0.5", ">= 0.98", "0.12 to 0.38"; "0.03", "none".
std::string reference_text(const Expectation& expected);
std::string tolerance_text(const Expectation& expected);

}  // namespace tinymlp::program
