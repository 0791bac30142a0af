// Handles the two signals. The handler does only what POSIX allows in one, and starts no thread.
#include "training/interruption.h"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction is POSIX's
#include <unistd.h>

#include <array>
#include <atomic>

#include "tinymlp/io/file.h"

namespace tinymlp::program {

namespace {

constexpr std::array handled{SIGINT, SIGTERM};

std::atomic<int> signals = 0;  // that have come
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler changes it");
std::array<struct sigaction, handled.size()> former;

extern "C" void count_signal(int /*number*/) {
  if (signals.fetch_add(1) == 0) return;
  remove_unfinished_file();
  ::_exit(interrupted_status);
}

}  // namespace

Interruption::Interruption() {
  signals = 0;
  struct sigaction action{};
  action.sa_handler = count_signal;
  action.sa_flags = SA_RESTART;  // reading and writing go on
  ::sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < handled.size(); ++i) ::sigaction(handled[i], &action, &former[i]);
}

Interruption::~Interruption() {
  for (std::size_t i = 0; i < handled.size(); ++i) ::sigaction(handled[i], &former[i], nullptr);
}

bool Interruption::requested() const { return signals.load(std::memory_order_relaxed) > 0; }

}  // namespace tinymlp::program
