// Joins the rows of a canvas and what stands beside them.
#include "terminal/frame.h"

#include "output/text_format.h"

namespace tinymlp::program {

std::string label(const std::string& text) {
  constexpr std::size_t width = frame_width - 2;
  const std::size_t taken = length(text);
  return std::string(taken < width ? width - taken : 0, ' ') + text + " ";
}

std::string framed(const Canvas& canvas, const FrameTexts& texts) {
  const bool plain = canvas.colours() == Colours::none;
  const std::string side = plain ? "|" : "│", corner = plain ? "+" : "└", bottom = plain ? "-" : "─";
  std::string text;
  for (std::size_t row = 0; row < canvas.rows(); ++row) text += label(texts.left[row]) + side + canvas.row(row) + "\n";
  text += label("") + corner;
  for (std::size_t column = 0; column < canvas.width(); ++column) text += bottom;
  const std::size_t taken = length(texts.low) + length(texts.high);
  return text + "\n" + label(texts.below) + " " + texts.low +
         std::string(canvas.width() > taken ? canvas.width() - taken : 1, ' ') + texts.high + "\n";
}

}  // namespace tinymlp::program
