// Ctrl-C: asks a training for an end, instead of making one.
#pragma once
#include "tinymlp/error.h"

namespace tinymlp::program {

/// While one lives, the first SIGINT (Ctrl-C) or SIGTERM is remembered, so that the work can end in good order; the
/// second ends the process at once, with the same exit status and no partial file. That holds also where a shell has
/// set SIGINT to be ignored, as for jobs in a script's background: who sends it means it. One at a time.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  /// As cheap as reading a number.
  bool requested() const;
};

/// The work was interrupted, and has ended in good order. What is to be said of it.
struct InterruptedError : Error {
  using Error::Error;
};

/// The exit status after an interruption.
constexpr int interrupted_status = 130;

}  // namespace tinymlp::program
