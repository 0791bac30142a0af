// What a stream leads to: whether it is a terminal, how wide, and what a picture of characters may use there.
#pragma once
#include <cstddef>

namespace tinymlp::program {

/// Whether the file descriptor is a terminal that understands more than plain text.
bool is_terminal(int descriptor);
/// Whether it may have colours: on a terminal, unless NO_COLOR is set.
bool may_have_colours(int descriptor);
/// The columns of the terminal; of what is none, $COLUMNS; else 80.
std::size_t columns_of(int descriptor);

/// Colours of a picture's dots: none, those of a table of 256, any.
enum class Colours { none, table, all };

/// What a picture is drawn on.
struct Medium {
  std::size_t columns = 80;
  Colours colours = Colours::none;  // with colours it takes half-blocks, too; without, nothing but ASCII
};

/// With colours where the stream may have them and the locale's characters are UTF-8, for half-blocks are not ASCII;
/// with all where COLORTERM says so.
Medium medium_of(int descriptor);

}  // namespace tinymlp::program
