// Axes around a canvas, with numbers left of it and below it.
#pragma once
#include <string>
#include <vector>

#include "terminal/canvas.h"

namespace tinymlp::program {

/// How many characters stand left of the canvas.
constexpr std::size_t frame_width = 12;

struct FrameTexts {
  std::vector<std::string> left;  // one for each row of the canvas; empty where there is none
  std::string below;              // left of the numbers below the canvas
  std::string low, high;          // these numbers, of its first and last column
};

/// The text right of that of the labels: "      loss ".
std::string label(const std::string& text);
/// Lines of text, each with its end.
std::string framed(const Canvas& canvas, const FrameTexts& texts);

}  // namespace tinymlp::program
