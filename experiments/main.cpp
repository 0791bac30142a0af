// The program tinymlp: finds the command, runs it, and turns what goes wrong into one line and an exit status.
#include <array>
#include <cstdio>
#include <exception>
#include <new>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "commands.h"
#include "output/console.h"
#include "program_version.h"
#include "tinymlp/error.h"
#include "tinymlp/names.h"
#include "training/interruption.h"

namespace tinymlp::program {

namespace {

enum ExitStatus { done = 0, failed = 1, wrong_request = 2 };

struct NamedCommand {
  const char* name;
  Command (*make)();
};
constexpr std::array all_commands{NamedCommand{"train", train_command},
                                  NamedCommand{"evaluate", evaluate_command},
                                  NamedCommand{"predict", predict_command},
                                  NamedCommand{"inspect", inspect_command},
                                  NamedCommand{"compare", compare_command},
                                  NamedCommand{"collapse", collapse_command},
                                  NamedCommand{"experiment", experiment_command},
                                  NamedCommand{"gradcheck", gradcheck_command},
                                  NamedCommand{"activations", activations_command},
                                  NamedCommand{"data", data_command},
                                  NamedCommand{"devices", devices_command},
                                  NamedCommand{"parity", parity_command},
                                  NamedCommand{"bench", bench_command}};

std::string overview() {
  std::string text =
      "tinymlp trains multilayer perceptrons, and shows why they need activations.\n\n"
      "Usage:\n  tinymlp COMMAND [options]\n\nCommands:\n";
  for (const NamedCommand& command : all_commands) {
    const std::string name = command.name;
    text += "  " + name + std::string(12 - name.size(), ' ') + command.make().syntax.summary + "\n";
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
  for (const NamedCommand& named : all_commands) {
    names.emplace_back(named.name);
    if (first != named.name) continue;
    const Command command = named.make();
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

/// Memory that is given back, as between the runs of a comparison, stays with the process: whenever some goes to the
/// system, all its cores must stop to forget where it was.
void keep_memory() {
#ifdef __GLIBC__
  constexpr int much = 1 << 30, usual = 1 << 20;
  mallopt(M_TRIM_THRESHOLD, much);
  mallopt(M_MMAP_THRESHOLD, 32 * usual);
  mallopt(M_TOP_PAD, usual);
#endif
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

int main(int argc, char** argv) {
  tinymlp::program::keep_memory();
  return tinymlp::program::guarded_run({argv + 1, argv + argc});
}
