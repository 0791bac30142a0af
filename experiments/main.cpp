// The program tinymlp: finds the command, runs it, and turns what goes wrong into one line and an exit status.
#include <cstdio>
#include <exception>
#include <new>

#include "commands.h"
#include "output/console.h"
#include "program_version.h"
#include "tinymlp/error.h"
#include "tinymlp/names.h"
#include "training/interruption.h"

namespace tinymlp::program {

namespace {

enum ExitStatus { done = 0, failed = 1, wrong_request = 2 };

std::vector<Command> all_commands() {
  return {train_command(),    evaluate_command(),   predict_command(),   inspect_command(),     compare_command(),
          collapse_command(), experiment_command(), gradcheck_command(), activations_command(), data_command(),
          devices_command(),  parity_command(),     bench_command()};
}

std::string overview() {
  std::string text =
      "tinymlp trains multilayer perceptrons, and shows why they need activations.\n\n"
      "Usage:\n  tinymlp COMMAND [options]\n\nCommands:\n";
  for (const Command& command : all_commands()) {
    const std::string& name = command.syntax.command;
    text += "  " + name + std::string(12 - name.size(), ' ') + command.syntax.summary + "\n";
  }
  return text +
         "\nOptions:\n"
         "  -h, --help  this page; behind a command, its page\n"
         "  --version   version and commit\n"
         "\nExamples:\n"
         "  tinymlp train --data spiral --hidden 32,32 --activation relu --epochs 500 --out spiral-run\n"
         "  tinymlp evaluate spiral-run --data spiral\n";
}

void run(const std::vector<std::string>& words) {
  const std::string first = words.empty() ? "" : words[0];
  if (first == "--help" || first == "-h") return print(overview());
  if (first == "--version") return print("tinymlp " + program_version() + " (commit " + program_commit() + ")\n");
  std::vector<std::string> names;
  const std::vector<std::string> rest(words.begin() + (words.empty() ? 0 : 1), words.end());
  for (const Command& command : all_commands()) {
    names.push_back(command.syntax.command);
    if (names.back() != first) continue;
    if (asks_for_help(rest)) return print(help_text(command.syntax));
    const Arguments arguments = parse_arguments(command.syntax, rest);
    try {
      return command.run(arguments);
    } catch (const InputError& error) {
      throw InputError(arguments.with_origins(error.what()));
    }
  }
  if (first.empty()) throw InputError("no command is given: see \"tinymlp --help\"");
  if (first.starts_with('-')) throw InputError(unknown_name("option", first, {"--help", "--version"}));
  throw InputError(unknown_name("command", first, names));
}

int guarded_run(const std::vector<std::string>& words) {
  try {
    run(words);
    flush_output();
    return done;
  } catch (const InterruptedError& error) {
    flush_output();
    std::fprintf(stderr, "tinymlp: %s\n", error.what());
    return interrupted_status;
  } catch (const InputError& error) {
    print_error(error.what());
    return wrong_request;
  } catch (const std::bad_alloc&) {
    print_error("there is not enough memory: use a smaller network or less data");
  } catch (const std::exception& error) {
    print_error(error.what());
  }
  return failed;
}

}  // namespace

}  // namespace tinymlp::program

int main(int argc, char** argv) { return tinymlp::program::guarded_run({argv + 1, argv + argc}); }
