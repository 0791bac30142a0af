// Makes expectations and words them.
#include "grading/claim.h"

#include <cmath>
#include <limits>

#include "output/text_format.h"

namespace tinymlp::program {

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
}

std::string basis_name(Basis basis) {
  return basis == Basis::theory ? "theory" : basis == Basis::published ? "published" : "measured";
}

Origin theory(std::string work) { return {Basis::theory, std::move(work)}; }
Origin published(std::string work) { return {Basis::published, std::move(work)}; }
Origin measured(std::string how) { return {Basis::measured, std::move(how)}; }

Expectation near(double reference, double tolerance) {
  return {Expectation::Kind::near, reference - tolerance, reference + tolerance, reference, tolerance};
}
Expectation near_relative(double reference, double share) { return near(reference, share * std::abs(reference)); }
Expectation at_least(double reference, double tolerance) {
  return {Expectation::Kind::at_least, reference - tolerance, infinity, reference, tolerance};
}
Expectation at_most(double reference, double tolerance) {
  return {Expectation::Kind::at_most, -infinity, reference + tolerance, reference, tolerance};
}
Expectation between(double low, double high) {
  return {Expectation::Kind::between, low, high, (low + high) / 2, (high - low) / 2};
}

std::string reference_text(const Expectation& expected) {
  switch (expected.kind) {
    case Expectation::Kind::at_least:
      return ">= " + six_digits(expected.reference);
    case Expectation::Kind::at_most:
      return "<= " + six_digits(expected.reference);
    case Expectation::Kind::between:
      return six_digits(expected.low) + " to " + six_digits(expected.high);
    case Expectation::Kind::near:
      break;
  }
  return six_digits(expected.reference);
}

std::string tolerance_text(const Expectation& expected) {
  if (expected.kind == Expectation::Kind::between || expected.tolerance == 0) return "none";
  return six_digits(expected.tolerance);
}

}  // namespace tinymlp::program
