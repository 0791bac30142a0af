// Numbers as users write them, checked against a range.
#pragma once
#include <cstdint>
#include <limits>
#include <string>

#include "tinymlp/matrix.h"

namespace tinymlp::program {

/// What a number may be: from `lowest` to `highest`, or to below it.
struct NumberRange {
  double lowest = 0, highest = std::numeric_limits<double>::infinity();
  bool below = false;
};

/// The number that all of `text` says. `where` names its place in messages: "--noise". Throw InputError unless it is
/// one, finite, and in the range.
double parse_number(const std::string& text, const std::string& where, const NumberRange& range);
Index parse_whole(const std::string& text, const std::string& where, Index lowest, Index highest);
/// Any number of 64 bits.
std::uint64_t parse_seed(const std::string& text, const std::string& where);

}  // namespace tinymlp::program
