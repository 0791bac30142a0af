// Random numbers by counter: Philox 4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
// 2011). The n-th number depends on (seed, purpose, step, n) alone: the same on every platform, device and thread.
#pragma once
#include <array>
#include <cstdint>

namespace tinymlp {

/// What numbers are drawn for. Streams of different purposes are independent, so that changing how many numbers one
/// of them draws changes no other.
enum class Purpose : std::uint32_t {
  initial_weights = 1,
  shuffle = 2,
  data = 3,
  split = 4,
  dropout = 5,
  check = 6,
  validation = 7
};

class Random {
 public:
  /// `step` tells streams of one purpose apart: the layer for initial weights, the epoch for shuffles.
  Random(std::uint64_t seed, Purpose purpose, std::uint32_t step = 0)
      : seed_(seed), purpose_(static_cast<std::uint32_t>(purpose)), step_(step) {}

  /// 32 independent random bits.
  std::uint32_t bits() {
    if (lane_ == 4) next_block();
    return block_[lane_++];
  }
  /// Uniform in the open interval (0, 1), with 52 random bits: two calls of bits().
  double uniform();
  /// Uniform in (low, high).
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Normal with mean 0 and standard deviation 1 (Box and Muller 1958), drawn in pairs.
  double normal();
  /// Uniform over 0, 1, …, bound - 1, without bias (Lemire 2019). `bound` is at least 1.
  std::uint32_t below(std::uint32_t bound);

 private:
  void next_block();

  std::uint64_t seed_;
  std::uint32_t purpose_, step_;
  std::uint64_t index_ = 0;               // of the next block of four numbers
  std::array<std::uint32_t, 4> block_{};  // the current block
  std::uint32_t lane_ = 4;                // the next number in it
  bool has_normal_ = false;               // whether the second of a pair waits
  double normal_ = 0;
};

/// Shuffles `items` in place (Fisher and Yates), using one random number an item.
template <class Items>
void shuffle(Items& items, Random& random) {
  for (auto i = static_cast<std::uint32_t>(items.size()); i > 1; --i) {
    auto& last = items[i - 1];
    auto& other = items[random.below(i)];
    const auto swapped = last;
    last = other;
    other = swapped;
  }
}

}  // namespace tinymlp
