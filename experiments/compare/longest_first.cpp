#include "compare/longest_first.h"

#include <algorithm>
#include <limits>

namespace tinymlp::program {

LongestFirst::LongestFirst(std::vector<Piece> pieces) : pieces_(std::move(pieces)), last_groups_(pieces_.size()) {
  for (int groups = 0; groups < 2 && last_groups_ > 0; ++groups) {
    const std::uint64_t group = pieces_[last_groups_ - 1].group;
    while (last_groups_ > 0 && pieces_[last_groups_ - 1].group == group) --last_groups_;
  }
}

LongestFirst::Piece LongestFirst::next() {
  const std::lock_guard lock(mutex_);
  const bool at_the_end = begin_ >= last_groups_;
  const auto first = pieces_.begin() + static_cast<std::ptrdiff_t>(begin_++);
  const auto end = std::find_if(first, pieces_.end(),
                                [&](const Piece& piece) { return !at_the_end && piece.group != first->group; });
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
