// Tells of a training while it goes on, and of what --diagnostics sees.
#pragma once
#include <functional>

#include "diagnostics/diagnostics.h"
#include "output/console.h"
#include "output/epoch_record.h"

namespace tinymlp::program {

/// For after each epoch: looks into the network, unless `diagnostics` is null, and prints the events that --json wants.
/// Empty if there is nothing to do.
std::function<void(const EpochRecord&)> epoch_follower(const Verbosity& verbosity, Diagnostics* diagnostics);

/// The event of what was seen after that epoch, where events are wanted.
void tell_health(const Verbosity& verbosity, Index epoch, const Diagnostics& seen);
/// The layers and verdicts for people, behind the results of a training.
void report_health(const Verbosity& verbosity, const Diagnostics& seen);

}  // namespace tinymlp::program
