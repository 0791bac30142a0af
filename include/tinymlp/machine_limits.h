// What this machine can do at most, measured: what a program's speed is held against.
#pragma once
#include <cstddef>
#include <string>

namespace tinymlp {

/// The instructions that the limits are measured with, the widest that this processor has: "AVX-512", "AVX2", "plain".
std::string limit_instructions();

/// Floating-point operations a second in floats when `threads` threads, at least one, do nothing but multiply-adds in
/// registers, each of which counts as two. The best of many short trials over about `seconds`, but no fewer than three.
double multiply_add_rate(int threads, double seconds);

/// Bytes a second when each of the threads reads its share of `bytes` bytes in a row, over and over: from memory if
/// they are many times what the caches hold, else from the nearest cache that holds such a share. Trials as above.
/// Throws std::bad_alloc if there is no memory for them.
double read_rate(int threads, std::size_t bytes, double seconds);

/// Bytes a second, from and to memory.
struct MemoryRates {
  double read = 0;   // as read_rate
  double triad = 0;  // of a[i] = b[i] + s c[i], one number written and two read: that of McCalpin's STREAM (1995)
};
/// Both over the same `bytes` bytes, which should be many times what the caches hold.
MemoryRates memory_rates(int threads, std::size_t bytes, double seconds);

}  // namespace tinymlp
