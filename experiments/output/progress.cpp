// Draws the bar, or prints the lines.
#include "output/progress.h"

#include <algorithm>
#include <cstdio>

#include "output/progress_text.h"

namespace tinymlp::program {

namespace {

using namespace std::chrono_literals;

constexpr Index most_lines = 20;
constexpr auto redraw_interval = 100ms;
constexpr auto patience = 20ms;  // between two looks at the clock

}  // namespace

Progress::Progress(const Verbosity& verbosity, Index epochs, Index rows, Index batch_size)
    : bar_(!verbosity.quiet && can_redraw()),
      lines_(!verbosity.quiet && !bar_),
      epochs_(epochs),
      rows_(rows),
      batch_size_(batch_size) {}

bool Progress::prints_line(Index epoch) const { return lines_ && is_line_due(epoch, epochs_, most_lines); }

bool Progress::is_time() {
  if (++calls_ % stride_ != 0) return false;
  const auto now = Clock::now();
  const auto since = now - drawn_;
  if (since < redraw_interval) {
    if (since < patience && stride_ < 1024) stride_ *= 2;  // many calls in no time: look less often
    return false;
  }
  if (since > redraw_interval + patience) stride_ = 1;
  drawn_ = now;
  return true;
}

double Progress::samples(Index epochs, Index steps) const {
  return static_cast<double>(epochs * rows_ + std::min(rows_, steps * batch_size_));
}

void Progress::begin_at(Index epochs, Index steps, const std::optional<EpochRecord>& last) {
  samples_before_ = samples(epochs, steps);
  last_ = last;
}

void Progress::step(Index epoch, Index steps) {
  if (is_time()) draw(samples(epoch - 1, steps), epoch);
}

void Progress::epoch_done(const EpochRecord& record) {
  if (bar_) last_ = record;
  if (prints_line(record.training.epoch)) std::fprintf(stderr, "%s\n", epoch_line(record, epochs_).c_str());
}

void Progress::draw(double samples_done, Index epoch) {
  const Pace pace{.done = samples_done,
                  .before = samples_before_,
                  .all = static_cast<double>(epochs_) * static_cast<double>(rows_),
                  .seconds = std::chrono::duration<double>(drawn_ - start_).count()};
  std::string text = progress_text(epoch, epochs_, last_, pace);
  const std::size_t room = terminal_width() - 1;
  text.resize(std::min(text.size(), room));
  const std::string bar = progress_bar(pace.done / pace.all, room - text.size());
  std::fprintf(stderr, has_colours() ? "\r\x1B[36m%s\x1B[0m%s\x1B[K" : "\r%s%s\x1B[K", bar.c_str(), text.c_str());
  visible_ = true;
}

void Progress::clear() {
  if (visible_) std::fprintf(stderr, "\r\x1B[K");
  visible_ = false;
}

}  // namespace tinymlp::program
