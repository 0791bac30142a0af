// Asks the system and the environment.
#include "terminal/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string>
#include <string_view>

namespace tinymlp::program {

namespace {

constexpr std::size_t usual_columns = 80;

/// Empty where it is not set.
std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

/// By its name, as "de_DE.UTF-8": it counts even where the system has no data for it.
bool is_locale_utf8() {
  std::string_view locale;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (locale.empty()) locale = variable(name);
  std::string code(locale.substr(std::min(locale.find('.'), locale.size())));
  std::ranges::transform(code, code.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
  return code.starts_with(".utf-8") || code.starts_with(".utf8");
}

}  // namespace

bool is_terminal(int descriptor) {
  const std::string_view kind = variable("TERM");
  return isatty(descriptor) && !kind.empty() && kind != "dumb";
}

bool may_have_colours(int descriptor) { return is_terminal(descriptor) && variable("NO_COLOR").empty(); }

std::size_t columns_of(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const std::string_view text = variable("COLUMNS");
  std::size_t columns = 0;
  std::from_chars(text.data(), text.data() + text.size(), columns);
  return columns > 0 ? columns : usual_columns;
}

Medium medium_of(int descriptor) {
  Medium medium{.columns = columns_of(descriptor)};
  if (!may_have_colours(descriptor) || !is_locale_utf8()) return medium;
  const std::string_view depth = variable("COLORTERM");
  medium.colours = depth == "truecolor" || depth == "24bit" ? Colours::all : Colours::table;
  return medium;
}

}  // namespace tinymlp::program
