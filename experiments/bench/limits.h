// What the machine could do at best, and how near to it a task comes.
#pragma once
#include <map>
#include <string>

#include "bench/tasks.h"

namespace tinymlp::program {

/// Of the CPU with so many threads.
struct Limits {
  int threads = 1;
  double multiply_add = 0;     // floating-point operations a second
  double read = 0, triad = 0;  // bytes a second, from and to memory
};
Limits measure_limits(int threads, double seconds);

/// The least time that a unit of a task can take.
struct LeastTime {
  double seconds = 0;
  std::string bound;  // what takes that long: "multiply-adds", "reading"
};
/// The longer of two times: its matrix products at the rate of multiply-adds, and reading its parameters and features
/// once, from whatever cache or memory holds so much, at the rate that reading just that is measured at.
LeastTime least_time(const BenchTask& task, const Limits& limits, double seconds);

}  // namespace tinymlp::program
