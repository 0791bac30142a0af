// Standard output and standard error: results go to the one, progress and remarks to the other.
#pragma once
#include <string>
#include <string_view>

#include "options/arguments.h"

namespace tinymlp::program {

/// What the user wants to see: --json, --quiet.
struct Verbosity {
  bool json = false, quiet = false;
};
OptionGroup output_option_group(bool writes_runs);
Verbosity read_verbosity(const Arguments& arguments);

/// Whether standard error is a terminal that can redraw a line.
bool can_redraw();
/// The columns of that terminal.
std::size_t terminal_width();
/// Whether standard error may have colours: on a terminal, unless NO_COLOR is set.
bool has_colours();

/// A remark on standard error, one line.
void remark(const Verbosity& verbosity, const std::string& line);
/// `tinymlp: error: MESSAGE` on standard error: one line, whatever the message holds.
void print_error(std::string_view message);

/// A result on standard output.
void print(std::string_view text);
/// Hands what was printed to whoever reads it. Throws Error if it cannot be written.
void flush_output();

}  // namespace tinymlp::program
