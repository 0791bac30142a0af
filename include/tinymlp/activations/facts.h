// What is known of an activation beside its formula. Each struct of this folder holds its own as `facts`, for the
// default values of its parameters: the catalogue shows them, and tests hold the numbers against the function.
#pragma once
#include <limits>
#include <string_view>

namespace tinymlp {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// All numbers between two bounds: [0, ∞) is {0, infinity, true, false}.
struct Interval {
  double low, high;
  bool with_low, with_high;  // whether the bound itself belongs to it
};
constexpr Interval all_numbers{-infinity, infinity, false, false};

struct ActivationFacts {
  std::string_view value, derivative;  // formulas, by the parameters' names: "x for x > 0, else slope x"
  Interval range;                      // the values that it takes
  bool zero_centred;                   // f(-x) = -f(x): inputs that are spread evenly around 0 give such outputs
  bool monotone;                       // a larger x never gives a smaller y
  double lipschitz;                    // the steepest slope there is; infinite where the value jumps
  std::string_view initializer;        // the advised one, of the weights before it
  std::string_view paper;              // where it comes from
};

}  // namespace tinymlp
