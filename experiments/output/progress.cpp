// Draws the bar, or prints the lines.
#include "output/progress.h"

#include <algorithm>
#include <cstdio>

#include "output/text_format.h"

namespace tinymlp::program {

namespace {

using namespace std::chrono_literals;

constexpr auto redraw_interval = 100ms;
constexpr auto patience = 20ms;  // between two looks at the clock
constexpr Index most_lines = 20;
constexpr std::size_t widest_bar = 24, narrowest_bar = 4;

/// "[####....] ", as wide as there is room; nothing where there is little.
std::string bar_text(double share, std::size_t room) {
  constexpr std::size_t frame = 3;
  if (room < narrowest_bar + frame) return "";
  const std::size_t width = std::min(room - frame, widest_bar);
  const auto full = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(width));
  return "[" + std::string(full, '#') + std::string(width - full, '.') + "] ";
}

}  // namespace

Progress::Progress(const Verbosity& verbosity, Index epochs, Index rows, Index batch_size)
    : bar_(!verbosity.quiet && can_redraw()),
      lines_(!verbosity.quiet && !bar_),
      epochs_(epochs),
      rows_(rows),
      batch_size_(batch_size) {}

bool Progress::prints_line(Index epoch) const {
  const Index lines = std::min(epochs_, most_lines);
  return lines_ && epoch * lines / epochs_ > (epoch - 1) * lines / epochs_;
}

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
  const double seconds = std::chrono::duration<double>(drawn_ - start_).count();
  const double all = static_cast<double>(epochs_) * static_cast<double>(rows_),
               speed = (samples_done - samples_before_) / seconds;
  std::string text = "epoch " + std::to_string(epoch) + "/" + std::to_string(epochs_);
  if (last_) text += " loss " + fixed(last_->training.loss, 4);
  if (last_ && last_->training.accuracy) text += " accuracy " + fixed(*last_->training.accuracy, 3);
  if (last_ && last_->validation) text += " validation loss " + fixed(last_->validation->loss, 4);
  text += " " + with_prefix(speed) + "samples/s " + duration((all - samples_done) / speed) + " left";
  const std::size_t room = terminal_width() - 1;
  text.resize(std::min(text.size(), room));
  const std::string bar = bar_text(samples_done / all, room - text.size());
  std::fprintf(stderr, has_colours() ? "\r\x1B[36m%s\x1B[0m%s\x1B[K" : "\r%s%s\x1B[K", bar.c_str(), text.c_str());
  visible_ = true;
}

void Progress::clear() {
  if (visible_) std::fprintf(stderr, "\r\x1B[K");
  visible_ = false;
}

}  // namespace tinymlp::program
