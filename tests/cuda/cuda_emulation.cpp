#include "cuda_emulation.h"

#include <ucontext.h>

#include <algorithm>
#include <csetjmp>
#include <exception>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif

namespace tinymlp::emulation {

Place place;

namespace {

constexpr std::size_t stack_bytes = std::size_t{64} << 10;
constexpr std::size_t most_shared_bytes = std::size_t{48} << 10;
constexpr int warp_size = 32;

enum class State { idle, running, at_barrier, at_shuffle };

/// A stack on which threads run: one after another, until one of them has to wait and keeps it.
struct Fibre {
  ucontext_t begin{};    // until it runs for the first time
  std::jmp_buf place{};  // where it goes on
  bool has_begun = false;
  std::unique_ptr<std::byte[]> stack = std::make_unique_for_overwrite<std::byte[]>(stack_bytes);
  State state = State::idle;
  int thread = 0;
  std::source_location line{};  // where it waits
  std::uint32_t given = 0, received = 0;
  int lane_mask = 0;
};

struct Shared {
  const void* declaration;
  std::size_t bytes;
  std::unique_ptr<std::byte[]> memory;
  bool in_use;  // by the running block
};

/// The running block, and what is kept from block to block.
struct Block {
  std::vector<std::unique_ptr<Fibre>> fibres;
  std::vector<Fibre*> idle;
  Fibre* current = nullptr;
  std::jmp_buf scheduler{};
  std::vector<Fibre*> waiting;  // (threads): where the thread waits, or null
  std::vector<int> order;       // (threads)
  std::size_t started = 0;      // threads, in this order
  const std::function<void()>* thread = nullptr;
  std::exception_ptr error;
  std::vector<Shared> shared;
#if defined(__SANITIZE_ADDRESS__)
  const void* scheduler_stack = nullptr;
  std::size_t scheduler_stack_bytes = 0;
#endif
};
Block block;
Order chosen_order = Order::forward;

// Only a fibre's first steps need a context of their own: swapcontext() asks the system for the signals' mask every
// time, which takes longer than most kernels. AddressSanitizer must know on which stack the program is.
[[gnu::noinline]] void enter(Fibre& fibre) {
#if defined(__SANITIZE_ADDRESS__)
  void* fake_stack = nullptr;
  __sanitizer_start_switch_fiber(&fake_stack, fibre.stack.get(), stack_bytes);
#endif
  block.current = &fibre;
  if (_setjmp(block.scheduler) == 0) {
    if (fibre.has_begun) std::longjmp(fibre.place, 1);
    fibre.has_begun = true;
    setcontext(&fibre.begin);
  }
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_finish_switch_fiber(fake_stack, nullptr, nullptr);
#endif
}
void arrived_on_fibre([[maybe_unused]] void* fake_stack) {
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_finish_switch_fiber(fake_stack, &block.scheduler_stack, &block.scheduler_stack_bytes);
#endif
}
[[gnu::noinline]] void leave(Fibre& fibre) {
  void* fake_stack = nullptr;
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_start_switch_fiber(&fake_stack, block.scheduler_stack, block.scheduler_stack_bytes);
#endif
  if (_setjmp(fibre.place) == 0) std::longjmp(block.scheduler, 1);
  arrived_on_fibre(fake_stack);
}

dim3 position(int number, dim3 size) {
  const auto n = static_cast<unsigned>(number);
  return {n % size.x, n / size.x % size.y, n / (size.x * size.y)};
}

/// What a fibre does: it takes the next thread that has not begun; when there is none, it is idle.
void run_threads() {
  arrived_on_fibre(nullptr);
  Fibre& fibre = *block.current;
  for (;;) {
    while (block.started < block.order.size()) {
      fibre.thread = block.order[block.started++];
      fibre.state = State::running;
      place.thread = position(fibre.thread, place.block_size);
      try {
        (*block.thread)();
      } catch (...) {
        block.error = std::current_exception();
      }
    }
    fibre.state = State::idle;
    block.idle.push_back(&fibre);
    leave(fibre);
  }
}

[[gnu::noinline]] void prepare(Fibre& fibre) {
  getcontext(&fibre.begin);
  fibre.begin.uc_stack.ss_sp = fibre.stack.get();
  fibre.begin.uc_stack.ss_size = stack_bytes;
  fibre.begin.uc_link = nullptr;
  makecontext(&fibre.begin, run_threads, 0);
}

Fibre& idle_fibre() {
  if (!block.idle.empty()) {
    Fibre& fibre = *block.idle.back();
    block.idle.pop_back();
    return fibre;
  }
  block.fibres.push_back(std::make_unique<Fibre>());
  prepare(*block.fibres.back());
  return *block.fibres.back();
}

void resume(Fibre& fibre) {
  enter(fibre);
  if (block.error) std::rethrow_exception(std::exchange(block.error, nullptr));
}

/// The running thread waits, in this state, until the scheduler lets it go on.
void wait(State state, std::source_location line) {
  Fibre& fibre = *block.current;
  fibre.state = state;
  fibre.line = line;
  block.waiting[static_cast<std::size_t>(fibre.thread)] = &fibre;
  leave(fibre);
  place.thread = position(fibre.thread, place.block_size);
}

std::string text(std::source_location line) {
  return std::string(line.file_name()) + ":" + std::to_string(line.line());
}

std::vector<Fibre*> all_waiting(State state, std::size_t begin, std::size_t end) {
  std::vector<Fibre*> found;
  for (std::size_t i = begin; i < end; ++i)
    if (block.waiting[i] && block.waiting[i]->state == state) found.push_back(block.waiting[i]);
  return found;
}

void check_together(const std::vector<Fibre*>& arrived, std::size_t expected, const std::string& what) {
  const std::string where = what + " at " + text(arrived[0]->line) + ": ";
  if (arrived.size() != expected)
    throw Fault(where + std::to_string(arrived.size()) + " of " + std::to_string(expected) + " threads arrived");
  for (const Fibre* fibre : arrived)
    if (fibre->line.line() != arrived[0]->line.line()) throw Fault(where + "others wait at " + text(fibre->line));
}

/// Lets go on those threads that have met the others they wait for. Shuffles first: they need only a warp.
std::vector<bool> let_go() {
  const std::size_t threads = block.waiting.size();
  std::vector<bool> free(threads, false);
  bool any = false;
  for (std::size_t first = 0; first < threads; first += warp_size) {
    const auto lanes = all_waiting(State::at_shuffle, first, std::min(threads, first + warp_size));
    if (lanes.empty()) continue;
    check_together(lanes, warp_size, "shuffle");
    for (int lane = 0; lane < warp_size; ++lane) {
      Fibre& fibre = *lanes[static_cast<std::size_t>(lane)];
      fibre.received = lanes[static_cast<std::size_t>(lane ^ fibre.lane_mask)]->given;
      free[first + static_cast<std::size_t>(lane)] = any = true;
    }
  }
  if (any) return free;
  check_together(all_waiting(State::at_barrier, 0, threads), threads, "barrier");
  free.assign(threads, true);
  return free;
}

void run_block() {
  for (Shared& shared : block.shared) shared.in_use = false;
  std::ranges::fill(block.waiting, nullptr);
  block.started = 0;
  while (block.started < block.order.size()) resume(idle_fibre());
  while (std::ranges::any_of(block.waiting, [](const Fibre* fibre) { return fibre != nullptr; })) {
    const std::vector<bool> free = let_go();
    for (const int thread : block.order) {
      const auto i = static_cast<std::size_t>(thread);
      if (free[i]) resume(*std::exchange(block.waiting[i], nullptr));
    }
  }
}

std::vector<int> ordered(std::size_t count) {
  std::vector<int> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0);
  if (chosen_order == Order::reversed) std::ranges::reverse(numbers);
  if (chosen_order == Order::shuffled) std::ranges::shuffle(numbers, std::minstd_rand(5));
  return numbers;
}

std::size_t volume(dim3 size) { return std::size_t{size.x} * size.y * size.z; }

}  // namespace

void set_order(Order order) { chosen_order = order; }

bool is_launchable(dim3 blocks, dim3 threads) {
  constexpr unsigned most_threads = 1024, most_deep = 64, most_blocks = 65535;
  return volume(threads) > 0 && volume(threads) <= most_threads && threads.z <= most_deep && volume(blocks) > 0 &&
         blocks.x <= 0x7fffffffU && blocks.y <= most_blocks && blocks.z <= most_blocks;
}

void run_kernel(dim3 blocks, dim3 threads, const std::function<void()>& thread) {
  place.grid_size = blocks;
  place.block_size = threads;
  block.thread = &thread;
  block.order = ordered(volume(threads));
  block.waiting.assign(volume(threads), nullptr);
  try {
    for (const int number : ordered(volume(blocks))) {
      place.block = position(number, blocks);
      run_block();
    }
  } catch (...) {
    block.idle.clear();  // threads that still wait are given up
    block.fibres.clear();
    throw;
  }
}

void* shared_memory(const void* declaration, std::size_t bytes) {
  const auto same = [&](const Shared& shared) { return shared.declaration == declaration; };
  auto found = std::ranges::find_if(block.shared, same);
  if (found == block.shared.end()) {
    block.shared.push_back({declaration, bytes, std::make_unique<std::byte[]>(bytes), false});
    found = block.shared.end() - 1;
  }
  if (!found->in_use) {
    std::memset(found->memory.get(), 0xff, bytes);
    found->in_use = true;
    std::size_t all = 0;
    for (const Shared& shared : block.shared) all += shared.in_use ? shared.bytes : 0;
    if (all > most_shared_bytes)
      throw Fault("a block uses " + std::to_string(all) + " bytes of shared memory: there are 49152");
  }
  return found->memory.get();
}

void wait_for_block(std::source_location line) { wait(State::at_barrier, line); }

std::uint32_t exchange(std::uint32_t mask, std::uint32_t value, int lane_mask, std::source_location line) {
  if (mask != 0xffffffffU) throw Fault("shuffle at " + text(line) + ": not all lanes are in its mask");
  Fibre& fibre = *block.current;
  fibre.given = value;
  fibre.lane_mask = lane_mask;
  wait(State::at_shuffle, line);
  return fibre.received;
}

}  // namespace tinymlp::emulation
