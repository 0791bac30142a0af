// The commands, one a file. Each takes the words behind its name and throws what goes wrong.
#pragma once
#include <string>
#include <vector>

#include "options/arguments.h"

namespace tinymlp::program {

struct Command {
  Syntax syntax;
  void (*run)(const Arguments& arguments);
};

Command train_command();
Command evaluate_command();
Command predict_command();
Command activations_command();
Command collapse_command();
Command compare_command();
Command experiment_command();
Command data_command();
Command inspect_command();
Command devices_command();
Command parity_command();
Command gradcheck_command();
Command bench_command();

}  // namespace tinymlp::program
