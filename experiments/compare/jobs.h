// Work that is done by several threads at once, with its progress on standard error.
#pragma once
#include <functional>
#include <string>

#include "output/console.h"
#include "tinymlp/matrix.h"

namespace tinymlp::program {

/// Calls work(i) for i = 0 … count - 1, each once, on `jobs` threads; which of them does what leaves no trace in
/// results that depend on i alone. Shows a bar with the time that is left on a terminal, else some lines; `what` names
/// the items: "tuning runs". `stop`, asked before each item, ends it early. Throws the first error of any item, when
/// all threads have ended. Returns whether all was done.
bool run_jobs(Index count, Index jobs, const std::function<void(Index)>& work, const std::function<bool()>& stop,
              const std::string& what, const Verbosity& verbosity);

}  // namespace tinymlp::program
