// Keeps lines by their epoch.
#include "diagnostics/epoch_lines.h"

#include <charconv>
#include <sstream>

namespace tinymlp::program {

EpochLines::EpochLines(const std::string& file, const std::function<bool(Index)>& keeps) {
  std::istringstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    Index epoch = 0;
    const char* const end = line.data() + line.size();
    const auto [rest, failure] = std::from_chars(line.data(), end, epoch);
    if (failure != std::errc() || rest == end || *rest != ',' || !keeps(epoch)) continue;
    if (!has(epoch)) add(epoch, "");
    blocks_.back().second += line + '\n';
  }
}

std::string EpochLines::text(const std::string& between) const {
  std::string text;
  for (std::size_t i = 0; i < blocks_.size(); ++i) text += (i > 0 ? between : "") + blocks_[i].second;
  return text;
}

std::vector<Index> EpochLines::epochs() const {
  std::vector<Index> all;
  for (const auto& [epoch, lines] : blocks_) all.push_back(epoch);
  return all;
}

}  // namespace tinymlp::program
