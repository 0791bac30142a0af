// What a bar, and what stands beside it, say at a moment: no clock, no terminal.
#pragma once
#include <optional>
#include <string>

#include "output/epoch_record.h"

namespace tinymlp::program {

/// How far a training is, in samples: a row seen in three epochs is three.
struct Pace {
  double done = 0;
  double before = 0;  // of these by an earlier process
  double all = 0;
  double seconds = 0;  // since this process began
};
double samples_a_second(const Pace& pace);
double seconds_left(const Pace& pace);

/// "epoch 3/10 loss 0.1234 … 1.2 Msamples/s 0:07 left"; `last`: what is known of the epoch before.
std::string progress_text(Index epoch, Index epochs, const std::optional<EpochRecord>& last, const Pace& pace);

/// "[####....] ", as wide as there is room, 27 characters at most; nothing where there is little.
std::string progress_bar(double share, std::size_t room);

/// Whether a line is due after the `done`-th of all, so that there are `most` in the end, or one for each of fewer.
bool is_line_due(Index done, Index all, Index most);

}  // namespace tinymlp::program
