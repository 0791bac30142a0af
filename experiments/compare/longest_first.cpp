#include "compare/longest_first.h"

#include <algorithm>
#include <limits>

namespace tinymlp::program {

LongestFirst::Piece LongestFirst::next() {
  const std::lock_guard lock(mutex_);
  const auto first = pieces_.begin() + static_cast<std::ptrdiff_t>(begin_++);
  const auto end = std::find_if(first, pieces_.end(), [&](const Piece& piece) { return piece.group != first->group; });
  const auto expected = [&](const Piece& piece) {
    const auto known = seconds_.find(piece.kind);
    return known == seconds_.end() ? std::numeric_limits<double>::infinity() : known->second;
  };
  const auto longest = std::max_element(
      first, end, [&](const Piece& one, const Piece& other) { return expected(one) < expected(other); });
  std::rotate(first, longest, longest + 1);
  return *first;
}

void LongestFirst::done(const void* kind, double seconds) {
  const std::lock_guard lock(mutex_);
  seconds_[kind] = seconds;
}

}  // namespace tinymlp::program
