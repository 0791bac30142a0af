// Which piece of work is next, so that no thread is left with a long one when the others have nothing more to do:
// longest processing time first (Graham 1969), as far as times are known.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace tinymlp::program {

/// Group after group, as they stand, the last two as one; of the pieces of a group the one first whose kind has taken
/// longest, or has not been seen yet. May be used by several threads at once.
class LongestFirst {
 public:
  struct Piece {
    std::size_t number;   // which one it is to the caller
    std::uint64_t group;  // those of one group stand side by side
    const void* kind;     // those of one kind take about the same time
  };
  explicit LongestFirst(std::vector<Piece> pieces);

  /// To be called once for each piece.
  Piece next();
  /// How long a piece of that kind has taken.
  void done(const void* kind, double seconds);

 private:
  std::mutex mutex_;
  std::vector<Piece> pieces_;
  std::size_t begin_ = 0;                  // of those that nobody has taken yet
  std::size_t last_groups_;                // where they begin
  std::map<const void*, double> seconds_;  // of the last one of a kind
};

}  // namespace tinymlp::program
