// Dots as characters and as half-blocks.
#include "terminal/canvas.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace tinymlp::program {
namespace {

constexpr Colour red{255, 0, 0}, blue{0, 0, 255};

TEST(Canvas, IsCharactersWithoutColours) {
  Canvas canvas(5, 2, Colours::none);
  EXPECT_EQ(canvas.width(), 5U);
  EXPECT_EQ(canvas.height(), 2U);
  canvas.set(1, 0, {'*', red});
  canvas.set(3, 0, {'o', blue});
  EXPECT_EQ(canvas.row(0), " * o");
  EXPECT_EQ(canvas.row(1), "");
}

TEST(Canvas, HasTwoDotsInACharacterOfColours) {
  Canvas canvas(6, 1, Colours::all);
  EXPECT_EQ(canvas.height(), 2U);
  canvas.set(0, 0, {'*', red});   // above alone
  canvas.set(1, 1, {'*', red});   // below alone: the same colour, no command
  canvas.set(2, 0, {'*', red});   // one above the other
  canvas.set(2, 1, {'*', blue});  //
  canvas.set(3, 0, {'*', blue});  // both alike
  canvas.set(3, 1, {'*', blue});
  EXPECT_EQ(canvas.row(0),
            "\x1B[38;2;255;0;0m▀▄"
            "\x1B[48;2;0;0;255m▀"
            "\x1B[0m\x1B[38;2;0;0;255m█\x1B[0m");
}

TEST(Canvas, TakesTheNearestOfATable) {
  const auto command = [](const Colour& colour) { return coloured("", colour, Colours::table); };
  EXPECT_EQ(command({0, 95, 175}), "\x1B[38;5;25m\x1B[0m");
  EXPECT_EQ(command({255, 255, 255}), "\x1B[38;5;231m\x1B[0m");
  EXPECT_EQ(command({0, 0, 0}), "\x1B[38;5;16m\x1B[0m");
  EXPECT_EQ(command({120, 117, 119}), "\x1B[38;5;243m\x1B[0m") << "a grey, 118";
  EXPECT_EQ(command({250, 100, 5}), "\x1B[38;5;202m\x1B[0m") << "255, 95, 0";
  EXPECT_EQ(coloured("a", red, Colours::none), "a");
}

TEST(Canvas, LinesHoldBothEndsAndHaveNoGaps) {
  for (const auto& [x, y] : {std::pair<std::size_t, std::size_t>{6, 2}, {6, 0}, {0, 4}, {2, 4}, {6, 4}, {0, 0}}) {
    for (const bool back : {false, true}) {
      Canvas canvas(7, 5, Colours::none);
      canvas.line(back ? x : 0, back ? y : 0, back ? 0 : x, back ? 0 : y, {'*', red});
      std::size_t dots = 0;
      for (std::size_t row = 0; row < 5; ++row)
        dots += static_cast<std::size_t>(std::ranges::count(canvas.row(row), '*'));
      EXPECT_EQ(dots, std::max(x, y) + 1) << x << " " << y;
      EXPECT_EQ(canvas.row(0)[0], '*');
      EXPECT_EQ(canvas.row(y)[x], '*');
    }
  }
}

TEST(Colours, AreReadNamedAndMixed) {
  EXPECT_EQ(colour_of("#0072B2"), (Colour{0, 114, 178}));
  EXPECT_EQ(colour_name({0, 114, 178}), "#0072B2");
  EXPECT_EQ(mixed({0, 100, 200}, {100, 0, 200}, 0.25), (Colour{25, 75, 200}));
  EXPECT_EQ(gnuplot_palette({red, {255, 255, 255}, blue}), "(0 '#FF0000', 0.5 '#FFFFFF', 1 '#0000FF')");
  EXPECT_EQ(palette_colour({red, blue}, 2), blue);
  EXPECT_EQ(palette_colour({red, blue}, 0.2), (Colour{204, 0, 51}));
  EXPECT_EQ(region_colour({0.5, 0.5}), (Colour{255, 255, 255}));
  EXPECT_EQ(region_colour({0, 1}), share_palette()[2]);
  EXPECT_EQ(region_colour({0, 0, 1}), mixed({255, 255, 255}, colour_of("#009E73"), 0.55));
}

}  // namespace
}  // namespace tinymlp::program
