// A picture of characters: dots that are half-blocks in colour, two in each character, or characters where there is no
// colour.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "figures/colours.h"
#include "terminal/terminal.h"

namespace tinymlp::program {

struct Dot {
  char mark = ' ';  // what it is without colours
  Colour colour;
};

/// A text in a colour, where there are any; else the text alone.
std::string coloured(const std::string& text, const Colour& colour, Colours colours);
/// How a legend shows dots like this one.
std::string sample(const Dot& dot, Colours colours);

class Canvas {
 public:
  /// Of so many characters, without dots yet.
  Canvas(std::size_t columns, std::size_t rows, Colours colours);
  /// Of the whole, in dots.
  std::size_t width() const { return width_; }
  std::size_t height() const { return height_; }
  std::size_t rows() const { return rows_; }
  Colours colours() const { return colours_; }

  /// x from the left, y from the top, both within the canvas.
  void set(std::size_t x, std::size_t y, const Dot& dot) { dots_[y * width_ + x] = dot; }
  /// All dots on the way from one to the other.
  void line(std::size_t x0, std::size_t y0, std::size_t x1, std::size_t y1, const Dot& dot);

  /// A line of text: a row of characters, without blanks at its end.
  std::string row(std::size_t row) const;

 private:
  const std::optional<Dot>& at(std::size_t x, std::size_t y) const { return dots_[y * width_ + x]; }
  std::string coloured_row(std::size_t row) const;
  std::size_t width_, rows_, height_;
  Colours colours_;
  std::vector<std::optional<Dot>> dots_;  // (height, width)
};

}  // namespace tinymlp::program
