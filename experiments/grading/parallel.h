// Runs independent pieces of work, such as the seeds of an experiment, on several cores at once.
#pragma once
#include <algorithm>
#include <atomic>
#include <exception>
#include <system_error>
#include <thread>
#include <type_traits>
#include <vector>

#include "tinymlp/matrix.h"

namespace tinymlp::program {

/// Joins them at its end, as jthread would, which libc++ lacks before version 20.
struct JoinedThreads {
  JoinedThreads() = default;
  ~JoinedThreads() {
    for (std::thread& thread : all) thread.join();
  }
  JoinedThreads(const JoinedThreads&) = delete;
  JoinedThreads& operator=(const JoinedThreads&) = delete;
  std::vector<std::thread> all;
};

/// task(0), …, task(count - 1), on at most `jobs` threads; the results in that order, whatever the number of threads.
/// Rethrows the exception of the first task, in that order, that threw.
template <class Task>
auto parallel_map(Index count, int jobs, const Task& task) -> std::vector<std::invoke_result_t<Task, Index>> {
  std::vector<std::invoke_result_t<Task, Index>> results(static_cast<std::size_t>(count));
  static_assert(!std::is_same_v<std::invoke_result_t<Task, Index>, bool>, "bits of a vector are not independent");
  std::vector<std::exception_ptr> failures(results.size());
  std::atomic<Index> next{0};
  const auto work = [&] {
    for (Index i = next++; i < count; i = next++) try {
        results[static_cast<std::size_t>(i)] = task(i);
      } catch (...) {
        failures[static_cast<std::size_t>(i)] = std::current_exception();
      }
  };
  {
    JoinedThreads others;
    for (Index i = 1; i < std::min<Index>(jobs, count); ++i) try {
        others.all.emplace_back(work);
      } catch (const std::system_error&) {
        break;  // the system has no more: those that there are do all of it
      }
    work();
  }
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
  return results;
}

}  // namespace tinymlp::program
