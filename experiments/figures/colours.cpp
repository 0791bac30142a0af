// Mixes colours.
#include "figures/colours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "call_text.h"
#include "figures/gnuplot.h"

namespace tinymlp::program {

namespace {

constexpr Colour white{255, 255, 255};

}  // namespace

Colour colour_of(const std::string& name) {
  const auto number = static_cast<int>(std::stoul(name.substr(1), nullptr, 16));
  return {number >> 16 & 255, number >> 8 & 255, number & 255};
}

std::string colour_name(const Colour& colour) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "#%02X%02X%02X", colour.red & 255, colour.green & 255, colour.blue & 255);
  return text.data();
}

Colour mixed(const Colour& a, const Colour& b, double share) {
  const auto part = [share](int from, int to) { return static_cast<int>(std::lround(from + (to - from) * share)); };
  return {part(a.red, b.red), part(a.green, b.green), part(a.blue, b.blue)};
}

Colour palette_colour(const Palette& palette, double share) {
  const double place = (std::isnan(share) ? 0 : std::clamp(share, 0.0, 1.0)) * static_cast<double>(palette.size() - 1);
  const std::size_t below = std::min(static_cast<std::size_t>(place), palette.size() - 2);
  return mixed(palette[below], palette[below + 1], place - static_cast<double>(below));
}

std::string gnuplot_palette(const Palette& palette) {
  std::string text;
  for (std::size_t i = 0; i < palette.size(); ++i)
    text += (text.empty() ? "(" : ", ") + number_text(static_cast<float>(i) / static_cast<float>(palette.size() - 1)) +
            " '" + colour_name(palette[i]) + "'";
  return text + ")";
}

const Palette& share_palette() {
  static const Palette palette{colour_of("#80B8D8"), white, colour_of("#EAAE80")};
  return palette;
}

const Palette& number_palette() {
  static const Palette palette{colour_of("#440154"), colour_of("#3B528B"), colour_of("#21908C"), colour_of("#5DC863"),
                               colour_of("#FDE725")};
  return palette;
}

Colour region_colour(const std::vector<double>& shares) {
  if (shares.size() == 2) return palette_colour(share_palette(), shares[1]);
  const auto best = std::ranges::max_element(shares);
  const double even = 1 / static_cast<double>(shares.size()), sure = std::clamp((*best - even) / (1 - even), 0.0, 1.0);
  return mixed(white, colour_of(class_colour(static_cast<std::size_t>(best - shares.begin()))), 0.12 + 0.43 * sure);
}

}  // namespace tinymlp::program
