// Prints what there is to tell.
#include "diagnostics/follower.h"

#include "output/health_report.h"
#include "output/run_record.h"

namespace tinymlp::program {

namespace {

bool tells_events(const Verbosity& verbosity) { return verbosity.json && !verbosity.quiet; }

}  // namespace

std::function<void(const EpochRecord&)> epoch_follower(const Verbosity& verbosity, Diagnostics* diagnostics) {
  if (!tells_events(verbosity) && !diagnostics) return {};
  return [verbosity, diagnostics, seconds = 0.0](const EpochRecord& epoch) mutable {
    if (diagnostics) diagnostics->look(epoch.training.epoch, epoch.training.learning_rate);
    if (!tells_events(verbosity)) return;
    print(epoch_event(epoch));
    if (diagnostics) tell_health(verbosity, epoch.training.epoch, *diagnostics);
    seconds += epoch.training.seconds;
    if (seconds < 0.1) return;
    flush_output();  // for who waits for it; at every epoch it would be slow
    seconds = 0;
  };
}

void tell_health(const Verbosity& verbosity, Index epoch, const Diagnostics& seen) {
  if (tells_events(verbosity)) print(health_event(epoch, seen.layers(), seen.learning_rate(), seen.verdicts()));
}

void report_health(const Verbosity& verbosity, const Diagnostics& seen) {
  if (verbosity.json || seen.layers().empty()) return;
  print("\n" + health_text(seen.layers(), seen.learning_rate()) + "\n" + verdicts_text(seen.verdicts()));
}

}  // namespace tinymlp::program
