// Writes to the two standard streams, and asks what they are.
#include "output/console.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "terminal/terminal.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

void check_output() {
  if (std::ferror(stdout))
    throw Error("the results cannot be written (standard output): " + std::generic_category().message(errno));
}

}  // namespace

OptionGroup output_option_group(bool writes_runs) {
  OptionGroup group{"Output", {}};
  if (writes_runs)
    group.options = {{"out", "DIR", "write a run directory: run.json, metrics.csv, model.safetensors, figures"},
                     {"force", "", "replace the run in that directory"}};
  group.options.push_back({"json", "", "results as JSON, one object a line"});
  group.options.push_back({"quiet", "", "nothing but results and errors"});
  return group;
}

Verbosity read_verbosity(const Arguments& arguments) { return {arguments.flag("json"), arguments.flag("quiet")}; }

bool can_redraw() { return is_terminal(STDERR_FILENO); }

std::size_t terminal_width() { return columns_of(STDERR_FILENO); }

bool has_colours() { return may_have_colours(STDERR_FILENO); }

void remark(const Verbosity& verbosity, const std::string& line) {
  if (!verbosity.quiet) std::fprintf(stderr, "%s\n", line.c_str());
}

void print_error(std::string_view message) {
  std::string line(message);
  for (char& c : line)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7F') c = ' ';
  std::fflush(stdout);  // what was printed before comes before
  std::fprintf(stderr, has_colours() ? "tinymlp: \x1B[1;31merror:\x1B[0m %s\n" : "tinymlp: error: %s\n", line.c_str());
}

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  check_output();
}

void flush_output() {
  std::fflush(stdout);
  check_output();
}

}  // namespace tinymlp::program
