// Formats numbers and tables.
#include "output/text_format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace tinymlp::program {

namespace {

template <class... Values>
std::string formatted(const char* format, Values... values) {
  std::array<char, 400> text;
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

}  // namespace

std::size_t length(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string fixed(double number, int decimals) { return formatted("%.*f", decimals, number); }

std::string six_digits(double number) { return formatted("%.6g", number); }

std::string two_digits(double number) { return formatted("%.2g", number); }

std::string with_prefix(double number) {
  if (number >= 1e6) return formatted("%.2f M", number / 1e6);
  if (number >= 1e3) return formatted("%.1f k", number / 1e3);
  return formatted("%.0f ", number);
}

std::string duration(double seconds) {
  if (std::isnan(seconds)) return "?:??";
  const double whole = std::clamp(std::round(seconds), 0.0, 1e9);
  const auto total = static_cast<long>(whole);
  if (total >= 3600) return formatted("%ld:%02ld:%02ld", total / 3600, total / 60 % 60, total % 60);
  return formatted("%ld:%02ld", total / 60, total % 60);
}

std::string timestamp() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text;
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

std::string named_values(const std::vector<std::pair<std::string, std::string>>& rows) {
  std::size_t width = 0;
  for (const auto& [name, value] : rows) width = std::max(width, length(name));
  std::string text;
  for (const auto& [name, value] : rows) text += name + std::string(width + 2 - length(name), ' ') + value + '\n';
  return text;
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], length(row[i]));
  }
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string gap(widths[i] - length(row[i]), ' ');
      text += i == 0 ? row[i] + gap : "  " + gap + row[i];
    }
    text += '\n';
  }
  return text;
}

}  // namespace tinymlp::program
