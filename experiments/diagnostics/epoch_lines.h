// Lines of a CSV file that begin with their epoch: what is seen while a network learns, kept so that a run that was
// interrupted goes on with it.
#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tinymlp/matrix.h"

namespace tinymlp::program {

class EpochLines {
 public:
  EpochLines() = default;
  /// Takes the lines of the epochs that are to be kept from such a file; other lines, as headers, are left out.
  EpochLines(const std::string& file, const std::function<bool(Index)>& keeps);

  /// lines: each with its end, and beginning with the epoch and a comma.
  void add(Index epoch, std::string lines) { blocks_.emplace_back(epoch, std::move(lines)); }

  /// All of them, `between` one epoch and the next.
  std::string text(const std::string& between = "") const;
  std::vector<Index> epochs() const;
  bool has(Index epoch) const { return !blocks_.empty() && blocks_.back().first == epoch; }

 private:
  std::vector<std::pair<Index, std::string>> blocks_;  // epoch, lines
};

}  // namespace tinymlp::program
