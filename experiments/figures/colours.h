// Colours of figures and of pictures in the terminal, which people who see colours differently can tell apart.
#pragma once
#include <string>
#include <vector>

namespace tinymlp::program {

/// Each part from 0 to 255.
struct Colour {
  int red = 0, green = 0, blue = 0;
  friend bool operator==(const Colour&, const Colour&) = default;
};

/// Of a name such as "#0072B2".
Colour colour_of(const std::string& name);
std::string colour_name(const Colour& colour);
/// `share` of b, the rest of a.
Colour mixed(const Colour& a, const Colour& b, double share);

/// Colours for 0 to 1, spread evenly, what lies between mixed from its neighbours.
using Palette = std::vector<Colour>;
Colour palette_colour(const Palette& palette, double share);
/// As gnuplot's `set palette defined` takes it: "(0 '#80B8D8', 0.5 '#FFFFFF', 1 '#EAAE80')".
std::string gnuplot_palette(const Palette& palette);

/// For the share of the second of two classes: both classes' colours, lightened, with white between.
const Palette& share_palette();
/// For numbers: viridis, which grows lighter all the way.
const Palette& number_palette();
/// Where a network says how likely each class is. Of two classes: of share_palette(). Of more: white where none is
/// likelier than another, the class's colour, lightened, where one is certain.
Colour region_colour(const std::vector<double>& shares);

}  // namespace tinymlp::program
