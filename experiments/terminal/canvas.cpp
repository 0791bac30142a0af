// Turns dots into characters and the terminal's commands for colours (ECMA-48, "select graphic rendition").
#include "terminal/canvas.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace tinymlp::program {

namespace {

constexpr const char *upper_half = "▀", *lower_half = "▄", *full_block = "█", *no_colours = "\x1B[0m";

int square_distance(const Colour& a, const Colour& b) {
  const int red = a.red - b.red, green = a.green - b.green, blue = a.blue - b.blue;
  return red * red + green * green + blue * blue;
}

/// Which of xterm's 256 colours is the nearest: 16 to 231 are a cube of 6 levels, 232 to 255 greys.
int nearest_in_table(const Colour& colour) {
  static constexpr std::array levels{0, 95, 135, 175, 215, 255};
  const auto nearest = [](int part) {
    return static_cast<std::size_t>(
        std::ranges::min_element(levels, {}, [part](int level) { return std::abs(level - part); }) - levels.begin());
  };
  const std::size_t red = nearest(colour.red), green = nearest(colour.green), blue = nearest(colour.blue);
  const int grey = std::clamp(((colour.red + colour.green + colour.blue) / 3 - 3) / 10, 0, 23), light = 8 + 10 * grey;
  if (square_distance(colour, {light, light, light}) <
      square_distance(colour, {levels[red], levels[green], levels[blue]}))
    return 232 + grey;
  return static_cast<int>(16 + 36 * red + 6 * green + blue);
}

/// Sets the colour of what follows, or of the ground below it.
std::string command(const Colour& colour, Colours colours, bool ground) {
  const std::string begin = ground ? "\x1B[48;" : "\x1B[38;";
  if (colours == Colours::table) return begin + "5;" + std::to_string(nearest_in_table(colour)) + "m";
  return begin + "2;" + std::to_string(colour.red) + ";" + std::to_string(colour.green) + ";" +
         std::to_string(colour.blue) + "m";
}

/// A row's text, with commands only where a colour changes.
class ColouredText {
 public:
  explicit ColouredText(Colours colours) : colours_(colours) {}
  void add(const char* text, const std::optional<Colour>& colour, const std::optional<Colour>& ground) {
    if (ground != ground_ && !ground) {
      text_ += no_colours;
      colour_.reset();
    } else if (ground && ground != ground_) {
      text_ += command(*ground, colours_, true);
    }
    ground_ = ground;
    if (colour && colour != colour_) {
      text_ += command(*colour, colours_, false);
      colour_ = colour;
    }
    text_ += text;
  }
  std::string end() { return text_ + (colour_ || ground_ ? no_colours : ""); }

 private:
  Colours colours_;
  std::string text_;
  std::optional<Colour> colour_, ground_;
};

std::optional<Colour> colour_at(const std::optional<Dot>& dot) {
  return dot ? std::optional(dot->colour) : std::nullopt;
}

}  // namespace

std::string coloured(const std::string& text, const Colour& colour, Colours colours) {
  return colours == Colours::none ? text : command(colour, colours, false) + text + no_colours;
}

std::string sample(const Dot& dot, Colours colours) {
  return colours == Colours::none ? std::string(1, dot.mark) : coloured(full_block, dot.colour, colours);
}

Canvas::Canvas(std::size_t columns, std::size_t rows, Colours colours)
    : width_(columns),
      rows_(rows),
      height_(colours == Colours::none ? rows : 2 * rows),
      colours_(colours),
      dots_(width_ * height_) {}

// Bresenham's line: in each step the direction in which it lags behind, or both.
void Canvas::line(std::size_t x0, std::size_t y0, std::size_t x1, std::size_t y1, const Dot& dot) {
  auto x = static_cast<long>(x0), y = static_cast<long>(y0);
  const auto end_x = static_cast<long>(x1), end_y = static_cast<long>(y1);
  const long width = std::abs(end_x - x), height = std::abs(end_y - y);
  const long right = end_x > x ? 1 : -1, down = end_y > y ? 1 : -1;
  for (long ahead = width - height;;) {
    set(static_cast<std::size_t>(x), static_cast<std::size_t>(y), dot);
    if (x == end_x && y == end_y) return;
    const long twice = 2 * ahead;
    if (twice > -height) {
      ahead -= height;
      x += right;
    }
    if (twice < width) {
      ahead += width;
      y += down;
    }
  }
}

std::string Canvas::coloured_row(std::size_t row) const {
  std::size_t end = width_;
  while (end > 0 && !at(end - 1, 2 * row) && !at(end - 1, 2 * row + 1)) --end;
  ColouredText text(colours_);
  for (std::size_t x = 0; x < end; ++x) {
    const std::optional<Colour> upper = colour_at(at(x, 2 * row)), lower = colour_at(at(x, 2 * row + 1));
    if (upper == lower)
      text.add(upper ? full_block : " ", upper, {});
    else if (!upper)
      text.add(lower_half, lower, {});
    else
      text.add(upper_half, upper, lower);
  }
  return text.end();
}

std::string Canvas::row(std::size_t row) const {
  if (colours_ != Colours::none) return coloured_row(row);
  std::string text;
  for (std::size_t x = 0; x < width_; ++x) text += at(x, row).value_or(Dot{}).mark;
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace tinymlp::program
