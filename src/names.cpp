// Finds the nearest name by edit distance.
#include "tinymlp/names.h"

#include <algorithm>
#include <cstddef>

#include "text.h"

namespace tinymlp {
namespace {

constexpr std::size_t longest_name = 256;  // bytes; the distance of longer ones would take long
constexpr std::size_t most_listed = 60;    // names in a message

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

/// The fewest edits that turn `a` into `b`. With d(i, j) that of the first i and the first j letters:
///   d(i, j) = min( d(i-1, j) + 1, d(i, j-1) + 1, d(i-1, j-1) + [a_i ≠ b_j],
///                  d(i-2, j-2) + 1 where a_i a_{i-1} = b_{j-1} b_j )
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);  // rows i-2, i-1 and i of d
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::string nearest_name(std::string_view wrong, const std::vector<std::string>& names) {
  const std::string typed = lower_case(wrong);
  std::string nearest;
  std::size_t fewest = longest_name;
  for (const std::string& name : names) {
    const auto [shorter, longer] = std::minmax({typed.size(), name.size()});
    const std::size_t allowed = longer < 2 ? 0 : std::max<std::size_t>(1, longer / 3);
    if (longer > longest_name || longer - shorter > allowed) continue;
    const std::size_t distance = edit_distance(typed, lower_case(name));
    if (distance > allowed || distance >= fewest) continue;
    fewest = distance;
    nearest = name;
  }
  return nearest;
}

std::string unknown_name(std::string_view kind, std::string_view wrong, const std::vector<std::string>& names,
                         std::string_view where) {
  std::string text = "unknown " + std::string(kind) + " " + in_quotes(wrong);
  if (!where.empty()) text += " (" + std::string(where) + ")";
  const std::string nearest = nearest_name(wrong, names);
  if (!nearest.empty()) return text + ": did you mean " + in_quotes(nearest) + "?";
  if (names.empty()) return text + ": there is none to choose from";
  text += ": give one of ";
  const std::size_t listed = std::min(names.size(), most_listed);
  for (std::size_t i = 0; i < listed; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (listed < names.size()) text += " and " + std::to_string(names.size() - listed) + " more";
  return text;
}

}  // namespace tinymlp
