// Shows on standard error how training goes: a bar on a terminal, else some twenty lines over the whole of it.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "output/console.h"
#include "output/epoch_record.h"

namespace tinymlp::program {

class Progress {
 public:
  /// `rows`: to train on.
  Progress(const Verbosity& verbosity, Index epochs, Index rows, Index batch_size);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Whether it draws a bar, and wants to hear of steps.
  bool has_bar() const { return bar_; }
  /// Whether it will print a line after this epoch, for which the test figures are welcome.
  bool prints_line(Index epoch) const;

  /// What an earlier process has done: this many epochs, and steps of the next.
  void begin_at(Index epochs, Index steps, const std::optional<EpochRecord>& last);
  void step(Index epoch, Index steps);
  void epoch_done(const EpochRecord& record);
  /// Removes the bar.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool is_time();
  void draw(double samples_done, Index epoch);

  bool bar_, lines_;
  double samples(Index epochs, Index steps) const;

  Index epochs_, rows_, batch_size_;
  double samples_before_ = 0;  // by an earlier process
  Clock::time_point start_ = Clock::now(), drawn_ = start_;
  Index calls_ = 0, stride_ = 1;  // the clock is asked every stride_ calls: as often as needed for smooth motion
  std::optional<EpochRecord> last_;
  bool visible_ = false;
};

}  // namespace tinymlp::program
