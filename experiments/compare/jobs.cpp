#include "compare/jobs.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "output/progress_text.h"
#include "output/text_format.h"

namespace tinymlp::program {

namespace {

constexpr Index most_lines = 10;

/// Counts what is done, and shows it. Its caller holds a lock.
class Tally {
 public:
  Tally(Index count, std::string what, const Verbosity& verbosity)
      : count_(count),
        what_(std::move(what)),
        bar_(!verbosity.quiet && can_redraw()),
        lines_(!verbosity.quiet && !bar_) {}
  ~Tally() {
    if (bar_) std::fprintf(stderr, "\r\x1B[K");
  }
  Tally(const Tally&) = delete;
  Tally& operator=(const Tally&) = delete;

  void add() {
    ++done_;
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    const double share = static_cast<double>(done_) / static_cast<double>(count_);
    const std::string text = std::to_string(done_) + "/" + std::to_string(count_) + " " + what_ + ", " +
                             duration(seconds / share - seconds) + " left";
    if (bar_ && (seconds - drawn_ > 0.1 || done_ == count_)) {
      drawn_ = seconds;
      const std::size_t room = terminal_width() - 1;
      const std::string said = text.substr(0, room);
      std::fprintf(stderr, "\r%s%s\x1B[K", progress_bar(share, room - said.size()).c_str(), said.c_str());
    }
    if (lines_ && is_line_due(done_, count_, most_lines)) std::fprintf(stderr, "%s\n", text.c_str());
  }

 private:
  using Clock = std::chrono::steady_clock;
  Index count_, done_ = 0;
  std::string what_;
  bool bar_, lines_;
  Clock::time_point start_ = Clock::now();
  double drawn_ = -1;
};

}  // namespace

bool run_jobs(Index count, Index jobs, const std::function<void(Index)>& work, const std::function<bool()>& stop,
              const std::string& what, const Verbosity& verbosity) {
  if (count == 0) return true;
  Tally tally(count, what, verbosity);
  std::atomic<Index> next = 0, done = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto serve = [&] {
    for (;;) {
      if (stop && stop()) return;
      const Index i = next++;
      if (i >= count) return;
      try {
        work(i);
        ++done;
        const std::lock_guard lock(mutex);
        tally.add();
      } catch (...) {
        next = count;  // no more
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
      }
    }
  };
  std::vector<std::thread> others;
  for (Index i = 1; i < std::min(jobs, count); ++i) others.emplace_back(serve);
  serve();
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
  return done == count;
}

}  // namespace tinymlp::program
